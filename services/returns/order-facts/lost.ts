import { createHash } from 'node:crypto'
import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { ReturnFacts, Units } from '@vilkar/terms/order/facts.ts'
import { askedBack } from './lowered.ts'
import { mergeLines } from './merge-lines.ts'
import type { OrderSoFar } from './projection.ts'
import { promiseTaken, replacementPromised, withoutLost } from './replaced.ts'

type Facts = OrderSoFar['facts']

/**
 * The id of the case in which a reported loss is paid back. It is made of the report's, which whoever reports chooses: as it is, it
 * might be the id of another case. The same report always gives the same, a UUID of version 8.
 */
export function returnIdOfLoss(reportId: string): string {
  const hex = createHash('sha256').update(`loss ${reportId}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/**
 * Units that were lost and are to be paid back are in no other right, and no parcel that the customer waits for has them. Where others are sent
 * instead the customer waits for those, from when they chose so.
 */
export function lossSettled(facts: Facts, data: DataOf<'LossSettled'>): Partial<Facts> {
  const { reportId, shipmentId, choice, lines: lost, settledAt, replacementId = reportId } = data
  if (choice === 'replacement') return replacementPromised(facts, { shipmentId, replacementId, lines: lost })
  const returnId = returnIdOfLoss(reportId)
  if (facts.returns.some((each) => each.returnId === returnId)) return {}
  const lines = mergeLines(lost)
  const settled: ReturnFacts = { returnId, right: 'loss', lines, noticeReceivedAt: settledAt, outcome: 'open' }
  const taken = data.insteadOf === undefined ? {} : promiseTaken(facts, { shipmentId, lines })
  return { ...taken, ...withoutLost({ ...facts, ...taken }, { shipmentId, lines }), ...askedBack(facts, settled) }
}

/** Of what was lost no more is gone by that than is paid back for it: the rest went back by another right. */
export const goneByLoss = ({ returns }: Facts, returnId: string, lines: Units[]): Partial<ReturnFacts> =>
  returns.some((each) => each.returnId === returnId && each.right === 'loss') ? { lines } : {}

/** Whether units were lost for which nobody has decided yet what is paid back. */
export const isUndecidedLoss = ({ right, outcome, decided }: ReturnFacts) =>
  right === 'loss' && outcome === 'open' && decided === undefined
