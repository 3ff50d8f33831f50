import type { Topic } from './runner.ts'
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

/** Every topic of the bank of cases and the function that answers it. */
export const topics: Readonly<Record<string, Topic>> = {
  ...termsVersionTopics,
  ...withdrawalTopics,
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
