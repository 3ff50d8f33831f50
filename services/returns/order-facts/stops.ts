import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { StopFacts, Units } from '@vilkar/terms/order/facts.ts'
import type { OrderSoFar } from './projection.ts'

type Facts = OrderSoFar['facts']

/** Units were asked to be stopped: until it is concluded nobody knows which of them had left. */
export const stopRequested = (
  { stops }: Facts,
  { requestId, returnId, lines, requestedAt }: DataOf<'StopRequested'>,
): Pick<Facts, 'stops'> =>
  withStop(stops, requestId, { ...(returnId && { returnId }), lines: unitsOf(lines), requestedAt })

/** Which of them never leave, and which had left. */
export function stopConcluded({ stops }: Facts, data: DataOf<'StopConcluded'>): Pick<Facts, 'stops'> {
  const { requestId, returnId, stopped, left, concludedAt } = data
  const concluded = { stopped: unitsOf(stopped), left: unitsOf(left), concludedAt }
  return withStop(stops, requestId, { ...(returnId && { returnId }), ...concluded })
}

function withStop(stops: StopFacts[] = [], requestId: string, change: Omit<Partial<StopFacts>, 'requestId'>) {
  const known = stops.find((each) => each.requestId === requestId)
  const stop = { requestId, lines: [], ...known, ...change }
  return { stops: known ? stops.map((each) => (each === known ? stop : each)) : [...stops, stop] }
}

const unitsOf = (lines: Units[]) => lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
