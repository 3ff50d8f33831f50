import type { Entry } from './api.ts'
import type { FaultRule, Faults } from './faults.ts'
import type { Order } from './order-management.ts'
import { NO_CONTENT, type Reply } from './reply.ts'

export type Controlled = {
  journal(): Entry[]
  orders(): Order[]
  violations(): string[]
  deliveries(): object[]
  faults: Faults
  approve(id: string): object
  decline(id: string): object
  close(id: string): object
}

const problem = (status: number, detail: string): Reply => ({ status, body: { detail } })

/** The simulator's own API, under /__sim/: faults, the journal, the books, and the customer's choices. */
export function control(simulator: Controlled, method: string, path: string, body: string): Reply {
  const [, , subject = '', id = '', choice = ''] = path.split('/')
  switch (`${method} ${subject}`) {
    case 'GET journal':
      return { status: 200, body: simulator.journal() }
    case 'GET orders':
      return { status: 200, body: simulator.orders() }
    case 'GET violations':
      return { status: 200, body: simulator.violations() }
    case 'GET deliveries':
      return { status: 200, body: simulator.deliveries() }
    case 'POST faults':
      return attempt(() => simulator.faults.add(JSON.parse(body) as FaultRule))
    case 'DELETE faults':
      simulator.faults.clear()
      return NO_CONTENT
    case 'POST sessions':
      if (choice !== 'approve' && choice !== 'decline' && choice !== 'close') return problem(404, 'No such choice.')
      return attempt(() => simulator[choice](id))
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
