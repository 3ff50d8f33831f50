import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { AgreementRecorded } from '@vilkar/contracts/returns-agreement.ts'
import type { PlacedFacts } from '../order-facts/projection.ts'

/** The facts of a written agreement: all that was recorded, and nothing else ever. */
export type RecordedAgreement = { status: 'recorded' } & Omit<AgreementRecorded['data'], 'personal'> & {
    /** What is paid back since a price or the delivery is cheaper, in minor units. */
    refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn'>
  }
export type Agreement = { status: 'new' } | RecordedAgreement

/** `facts` are what is known of the order; who agreed, in what words, and who records it are kept apart. */
export type AgreementCommand = {
  type: 'RecordAgreement'
  data: { at: string; facts: PlacedFacts } & Omit<AgreementRecorded['data'], 'orderId' | 'recordedAt' | 'reasons'>
}
