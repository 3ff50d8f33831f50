import type { Entry } from './api.ts'
import type { FaultRule, Faults } from './faults.ts'
import { NO_CONTENT, type Reply } from './reply.ts'

/** What tests may ask of every simulator. */
export type Controlled = {
  journal(): Entry[]
  violations(): string[]
  deliveries(): object[]
  faults: Faults
}

export const problem = (status: number, detail: string): Reply => ({ status, body: { detail } })
export const noSuchChoice = problem(404, 'No such choice.')

/** The part of a simulator's own API, under /__sim/, that is the same for all: faults, the journal and what went wrong. */
export async function commonControl(simulator: Controlled, method: string, subject: string, body: string) {
  switch (`${method} ${subject}`) {
    case 'GET journal':
      return { status: 200, body: simulator.journal() }
    case 'GET violations':
      return { status: 200, body: simulator.violations() }
    case 'GET deliveries':
      return { status: 200, body: simulator.deliveries() }
    case 'POST faults':
      return attempt(() => simulator.faults.add(JSON.parse(body) as FaultRule))
    case 'DELETE faults':
      simulator.faults.clear()
      return NO_CONTENT
    default:
      return problem(404, 'There is nothing here.')
  }
}

/** Answers with what some work gives; 409 when it is out of range now, 400 for any other mistake of the caller. */
export async function attempt(work: () => unknown): Promise<Reply> {
  try {
    const body = await work()
    return typeof body === 'object' && body !== null ? { status: 200, body } : NO_CONTENT
  } catch (error) {
    return problem(error instanceof RangeError ? 409 : 400, error instanceof Error ? error.message : String(error))
  }
}
