import type { OrderDataErased } from '@vilkar/contracts/orders-erasure.ts'
import type { ErasureDue } from '@vilkar/contracts/privacy.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

export type Cause = ErasureDue['data']['cause']
export type Counts = OrderDataErased['data']['counts']
export type Postponed = { record: string; why: string }

/** What is noted of an erasure that is asked for, whether or not an event tells of it. Moments are RFC 3339. */
type Noted = Omit<ErasureDue['data'], 'erasureId' | 'orderIds'> & {
  id: string
  system: string
  records: readonly string[]
  reasons: Reason[]
  at: string
  askedBy?: string
  why?: string
}

/** The row of an erasure: as long as nobody answered, it is as it was asked for. */
export const rowAfter = {
  ErasureDue: ({ id, controller, system, records, keeps, cause, reasons, at, answerBy, askedBy, why }: Noted) => ({
    ...{ id, controller, system, records: [...records], keeps, cause, reasons: JSON.stringify(reasons) },
    ...{ asked_at: at, answer_by: answerBy, settled_at: null, asked_by: askedBy ?? null, why: why ?? null },
  }),
}
