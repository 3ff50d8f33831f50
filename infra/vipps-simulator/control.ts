import type { FaultRule, Faults } from '@vilkar/simulator/faults.ts'
import { NO_CONTENT, type Reply } from '@vilkar/simulator/reply.ts'
import type { Entry } from './api.ts'
import type { Payment } from './payment.ts'

export type Controlled = {
  now(): Temporal.Instant
  /** Moves the simulator's clock on, in milliseconds. */
  advance(ms: number): void
  journal(): Entry[]
  payments(): Payment[]
  violations(): string[]
  deliveries(): object[]
  faults: Faults
  approve(reference: string): Payment
  abort(reference: string): Payment
  expire(reference: string): Payment
}

const problem = (status: number, detail: string): Reply => ({ status, body: { detail } })

/** The simulator's own API, under /__sim/: the clock, faults, the journal, the books, and the customer's choices. */
export function control(simulator: Controlled, method: string, path: string, body: string): Reply {
  const [, , subject = '', reference = '', choice = ''] = path.split('/')
  switch (`${method} ${subject}`) {
    case 'GET journal':
      return { status: 200, body: simulator.journal() }
    case 'GET payments':
      return { status: 200, body: simulator.payments() }
    case 'GET violations':
      return { status: 200, body: simulator.violations() }
    case 'GET deliveries':
      return { status: 200, body: simulator.deliveries() }
    case 'POST faults':
      return attempt(() => simulator.faults.add(JSON.parse(body) as FaultRule))
    case 'DELETE faults':
      simulator.faults.clear()
      return NO_CONTENT
    case 'POST clock':
      return attempt(() => {
        simulator.advance((JSON.parse(body) as { advanceMs: number }).advanceMs)
        return { now: simulator.now().toString() }
      })
    case 'POST payments':
      if (choice !== 'approve' && choice !== 'abort' && choice !== 'expire') return problem(404, 'No such choice.')
      return attempt(() => simulator[choice](reference))
    default:
      return problem(404, 'There is nothing here.')
  }
}

function attempt(work: () => unknown): Reply {
  try {
    const body = work()
    return typeof body === 'object' && body !== null ? { status: 200, body } : NO_CONTENT
  } catch (error) {
    return problem(error instanceof RangeError ? 409 : 400, error instanceof Error ? error.message : String(error))
  }
}
