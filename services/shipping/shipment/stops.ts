import type { StopAnswered } from '@vilkar/contracts/shipping.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import { accept, type Decider } from '@vilkar/decider/decider.ts'
import type { Database } from '../database.ts'
import { lockStops, saveStops } from './store.ts'

/** The answers that were given about an order: to each request one, in the order in which they were asked. */
export type AnsweredStops = { orderId: string; answers: Answered[] }
type Answered = Pick<StopAnswered['data'], 'requestId' | 'returnId' | 'lines'>
type Stops = { answers: [] } | AnsweredStops

export type AnswerStop = { type: 'AnswerStop'; data: Omit<StopAnswered['data'], 'answeredAt'> & { at: string } }

/** A request is answered once, whatever has become of the order. */
export const stops: Decider<Stops, AnswerStop, StopAnswered> = {
  initial: { answers: [] },
  decide({ data: { at, ...data } }, { answers }) {
    if (answers.some(({ requestId }) => requestId === data.requestId)) return accept()
    return accept({ type: 'StopAnswered', data: { ...data, answeredAt: at } } satisfies StopAnswered)
  },
  evolve({ answers }, { data: { requestId, orderId, returnId, lines } }) {
    return { orderId, answers: [...answers, { requestId, ...(returnId && { returnId }), lines }] }
  },
}

/** The only way a request is answered. */
export const answer = createCommandHandler<Database, Stops, AnsweredStops, AnswerStop, StopAnswered, object>({
  service: 'shipping',
  decider: stops,
  idOf: ({ data }) => data.orderId,
  load: lockStops,
  personalAfter: () => ({}),
  save: saveStops,
})
