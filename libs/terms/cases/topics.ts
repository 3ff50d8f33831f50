import type { Answer, Topic } from './runner.ts'
import { complaintTopics } from './topics/complaints.ts'
import { deliveryTopics } from './topics/delivery.ts'
import { formationTopics } from './topics/formation.ts'
import { liabilityTopics } from './topics/liability.ts'
import { paymentTopics } from './topics/payment.ts'
import { pricesTopics } from './topics/prices.ts'
import { privacyTopics } from './topics/privacy.ts'
import { refundTopics } from './topics/refund.ts'
import { returnsTopics } from './topics/returns.ts'
import { termsVersionTopics } from './topics/terms-version.ts'
import { withdrawalTopics } from './topics/withdrawal.ts'

/** In most topics a fact that is null is one that nobody knows, as if it were left out. */
const knownOnly = (topic: Topic): Topic => {
  const asked = topic as (facts: object) => Answer
  return (facts: object) => asked(Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null)))
}

const withNulls = {
  ...termsVersionTopics,
  ...returnsTopics,
  ...privacyTopics,
  ...refundTopics,
  ...complaintTopics,
  ...liabilityTopics,
  ...deliveryTopics,
  ...formationTopics,
  ...paymentTopics,
  ...pricesTopics,
}

/** Every topic of the bank of cases and the function that answers it. A statement that is null says that none was made. */
export const topics: Readonly<Record<string, Topic>> = {
  ...Object.fromEntries(Object.entries(withNulls).map(([name, topic]) => [name, knownOnly(topic)])),
  ...withdrawalTopics,
}
