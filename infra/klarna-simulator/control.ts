import { attempt, type Controlled as Common, commonControl, noSuchChoice } from '@vilkar/simulator/control.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import type { Portal } from './portal.ts'
import type { Order, Verdict } from './records.ts'

export type Controlled = Common & {
  orders(): Order[]
  approve(id: string): object
  decline(id: string): object
  close(id: string): object
  authorize(id: string, verdict?: Verdict): object
  completeCheckout(id: string): object
  portal: Portal
  advance(by: string): void
}

const VERDICTS: Verdict[] = ['ACCEPTED', 'PENDING', 'REJECTED']

/**
 * The simulator's own API, under /__sim/: faults, the clock, the journal, the books, the customer's choices, and what is
 * done to an order in Klarna's portal, such as `POST /__sim/orders/{id}/captures {"amount": 100}`.
 */
export async function control(simulator: Controlled, method: string, path: string, body: string): Promise<Reply> {
  const [, , subject = '', id = '', choice = ''] = path.split('/')
  switch (`${method} ${subject}`) {
    case 'GET orders':
      return { status: 200, body: simulator.orders() }
    case 'POST clock':
      return attempt(() => simulator.advance(String(fieldsOf(body).advance)))
    case 'POST sessions':
      if (choice !== 'approve' && choice !== 'decline' && choice !== 'close') return noSuchChoice
      return attempt(() => simulator[choice](id))
    case 'POST payments':
      if (choice !== 'authorize') return noSuchChoice
      return attempt(() => simulator.authorize(id, oneOf(VERDICTS, fieldsOf(body).verdict ?? 'ACCEPTED')))
    case 'POST checkout':
      if (choice !== 'complete') return noSuchChoice
      return attempt(() => simulator.completeCheckout(id))
    case 'POST orders':
      return attempt(() => inPortal(simulator.portal, id, choice, fieldsOf(body)))
    default:
      return commonControl(simulator, method, subject, body)
  }
}

function inPortal(portal: Portal, id: string, choice: string, { amount, verdict }: Record<string, unknown>): object {
  switch (choice) {
    case 'captures':
      return portal.capture(id, Number(amount))
    case 'refunds':
      return portal.refund(id, Number(amount))
    case 'cancel':
      return portal.cancel(id)
    case 'expire':
      return portal.expire(id)
    case 'fraud':
      return portal.review(id, oneOf(['ACCEPTED', 'REJECTED'], verdict))
    default:
      throw new TypeError('There is no such choice.')
  }
}

/** The fields of a body in JSON, none of an empty one. Throws when it is something else. */
function fieldsOf(body: string): Record<string, unknown> {
  const fields: unknown = body === '' ? {} : JSON.parse(body)
  if (typeof fields !== 'object' || fields === null) throw new TypeError('The body is no JSON object.')
  return fields as Record<string, unknown>
}

function oneOf<Value extends string>(values: Value[], value: unknown): Value {
  const found = values.find((known) => known === value)
  if (found === undefined) throw new TypeError(`This is none of ${values.join(', ')}.`)
  return found
}
