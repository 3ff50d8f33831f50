import { osloDay } from '../calendar.ts'
import type { Terms } from '../editions/terms.ts'
import type { Agreed, AgreedChanges, AgreementFacts } from '../ruling/agreed.ts'

/** What holds of what was agreed, change by change, each with the clause and the agreement that it rests on. */
export type AgreedFor = { [Change in keyof AgreedChanges]?: Agreed<NonNullable<AgreedChanges[Change]>> }

/** A change in words, as rulings cite it. */
export const changeInWords: {
  [Change in keyof AgreedChanges]-?: (value: NonNullable<AgreedChanges[Change]>) => string
} = {
  withdrawalDays: (days) => `The customer may withdraw for ${days} days.`,
  voluntaryReturnDays: (days) => `The customer may ask to send goods back for ${days} days.`,
  returnCost: (bearer) => `The ${bearer} pays for the way back.`,
  complaintYears: (years) => `The customer may complain of defects for ${years} years.`,
  lowerPrices: (lines) => `The price of ${lines.reduce((sum, { quantity }) => sum + quantity, 0)} units is lower.`,
  lowerDelivery: () => 'The delivery is cheaper.',
  deliverBy: (day) => `The goods are delivered by ${day}.`,
}

const inOrder = (one: AgreementFacts, other: AgreementFacts) =>
  Temporal.Instant.compare(one.agreedAt, other.agreedAt) || (one.agreementId < other.agreementId ? -1 : 1)

/** Those of an order that hold, oldest first: none that a later one ended. */
export function standing(agreements: readonly AgreementFacts[]): AgreementFacts[] {
  const ended = new Set(agreements.flatMap(({ ends = [] }) => ends))
  return agreements.filter(({ agreementId }) => !ended.has(agreementId)).toSorted(inOrder)
}

/** What was agreed in writing for an order and holds: of each change the latest. */
export function agreedFor({ agreements = [] }: { agreements?: AgreementFacts[] }, terms: Terms): AgreedFor {
  const agreed: Record<string, unknown> = {}
  for (const { agreementId, agreedAt, changes } of standing(agreements))
    for (const [change, value] of Object.entries(changes)) {
      const text = changeInWords[change as keyof AgreedChanges](value as never)
      const agreedOn = osloDay(Temporal.Instant.from(agreedAt)).toString()
      const [reason] = terms.agreedInWriting({ agreementId, agreedOn, text }).reasons
      agreed[change] = { value, reason }
    }
  return agreed
}
