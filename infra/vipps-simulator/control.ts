import { attempt, type Controlled as Common, commonControl, noSuchChoice } from '@vilkar/simulator/control.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import type { Payment } from './payment.ts'

export type Controlled = Common & {
  now(): Temporal.Instant
  /** Moves the simulator's clock on, in milliseconds. */
  advance(ms: number): void
  payments(): Payment[]
  approve(reference: string): Payment
  abort(reference: string): Payment
  expire(reference: string): Payment
}

/** The simulator's own API, under /__sim/: the clock, faults, the journal, the books, and the customer's choices. */
export async function control(simulator: Controlled, method: string, path: string, body: string): Promise<Reply> {
  const [, , subject = '', reference = '', choice = ''] = path.split('/')
  switch (`${method} ${subject}`) {
    case 'GET payments':
      return { status: 200, body: simulator.payments() }
    case 'POST clock':
      return attempt(() => {
        simulator.advance((JSON.parse(body) as { advanceMs: number }).advanceMs)
        return { now: simulator.now().toString() }
      })
    case 'POST payments':
      if (choice !== 'approve' && choice !== 'abort' && choice !== 'expire') return noSuchChoice
      return attempt(() => simulator[choice](reference))
    default:
      return commonControl(simulator, method, subject, body)
  }
}
