import type { Reason } from './ruling.ts'

/** What was agreed in writing instead of what the terms say, with the reason that cites clause and agreement. */
export type Agreed<Value> = { value: Value; reason: Reason }

/** A written agreement; `ends` are earlier ones that hold no more from it on. Of several that change the same, the latest holds. */
export type AgreementFacts = { agreementId: string; agreedAt: string; changes: AgreedChanges; ends?: string[] }

/** What an agreement changes of what the rules know. Days and years count as those of the terms do; `deliverBy` is ISO 8601. */
export type AgreedChanges = {
  withdrawalDays?: number
  voluntaryReturnDays?: number
  returnCost?: 'seller' | 'customer'
  complaintYears?: number
  /** Units that are cheaper and by how much in all, and by how much the delivery is, in minor units: it is paid back. */
  lowerPrices?: { lineId: string; quantity: number; amount: number }[]
  lowerDelivery?: number
  deliverBy?: string
}
