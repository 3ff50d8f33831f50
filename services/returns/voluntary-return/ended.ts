import type { VoluntaryReturnEnded } from '@vilkar/contracts/returns-voluntary.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { RequestedReturn } from './state.ts'

/** Why nothing can be done with goods of a return any more that is over. */
export const whyOver = ({ status }: RequestedReturn) =>
  status === 'ended'
    ? { code: 'return-over', detail: 'The return is over: its units are the customer’s. Have them ask again.' }
    : undefined

/** It ends without money. */
export const endedBy = (
  { returnId, at }: { returnId: string; at: string },
  { requested: { orderId } }: RequestedReturn,
  outcome: VoluntaryReturnEnded['data']['outcome'],
  reasons: Reason[],
): VoluntaryReturnEnded => ({
  type: 'VoluntaryReturnEnded',
  data: { returnId, orderId, outcome, endedAt: at, reasons },
})
