import type { AddressChangeAnswered, StopAnswered } from '@vilkar/contracts/shipping-stops.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import { accept, type Decider } from '@vilkar/decider/decider.ts'
import type { Database } from '../database.ts'
import { lockStops, saveStops } from './store.ts'

/**
 * The answers that were given about an order: to each request one, in the order in which they were asked. `readdressed` are
 * the requests for another address.
 */
export type AnsweredStops = { orderId: string; answers: Answered[]; readdressed?: string[] }
type Answered = Pick<StopAnswered['data'], 'requestId' | 'returnId' | 'lines'>
type Stops = { answers: []; readdressed?: string[] } | AnsweredStops

type Answer<Type extends string, Event extends { data: object }> = {
  type: Type
  data: Omit<Event['data'], 'answeredAt'> & { at: string }
}
export type AnswerStop = Answer<'AnswerStop', StopAnswered>
export type AnswerAddressChange = Answer<'AnswerAddressChange', AddressChangeAnswered>

/** A request is answered once, whatever has become of the order. */
export const stops: Decider<Stops, AnswerStop | AnswerAddressChange, StopAnswered | AddressChangeAnswered> = {
  initial: { answers: [] },
  decide(command, { answers, readdressed = [] }) {
    if (command.type === 'AnswerAddressChange') {
      const { at: answeredAt, ...data } = command.data
      if (readdressed.includes(data.requestId)) return accept()
      return accept({ type: 'AddressChangeAnswered', data: { ...data, answeredAt } } satisfies AddressChangeAnswered)
    }
    const { at: answeredAt, ...data } = command.data
    if (answers.some(({ requestId }) => requestId === data.requestId)) return accept()
    return accept({ type: 'StopAnswered', data: { ...data, answeredAt } } satisfies StopAnswered)
  },
  evolve(state, { type, data }) {
    const { answers, readdressed = [] } = state
    const { orderId, requestId } = data
    switch (type) {
      case 'StopAnswered': {
        const { returnId, lines } = data
        return { ...state, orderId, answers: [...answers, { requestId, ...(returnId && { returnId }), lines }] }
      }
      case 'AddressChangeAnswered':
        return { ...state, orderId, readdressed: [...readdressed, requestId] }
    }
  },
}

/** The only way a request is answered. */
export const answer = createCommandHandler<
  Database,
  Stops,
  AnsweredStops,
  AnswerStop | AnswerAddressChange,
  StopAnswered | AddressChangeAnswered,
  object
>({
  service: 'shipping',
  decider: stops,
  idOf: ({ data }) => data.orderId,
  load: lockStops,
  personalAfter: () => ({}),
  save: saveStops,
})
