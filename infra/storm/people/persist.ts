import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from '@vilkar/local/shopper.ts'
import type { Stage } from '../stage.ts'

const POLL_MS = 150
const PATIENCE_MS = 180_000

/** Waits until a look finds something, however the services are. Throws after a patience of three minutes. */
export async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await pause(POLL_MS)
  }
  throw new Error(`It never came to pass: ${what}.`)
}

/** Whoever said it first is not answered yet: ask again. */
const IN_FLIGHT = '/problems/request-in-flight'

/** Says it again while nobody answers; `expect` are the answers that end it. */
export const createInsist =
  (call: Stage['call']) =>
  async (role: string, method: string, url: string, options: Parameters<Stage['call']>[3] = {}): Promise<Answer> => {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      try {
        const answer = await call(role, method, url, {
          expect: [200, 201, 202, 204, 400, 403, 404, 409, 422],
          ...options,
        })
        if (answer.status < 500 && answer.body?.type !== IN_FLIGHT) return answer
      } catch (error) {
        if (performance.now() > end) throw error
      }
      await pause(POLL_MS)
    }
  }
export type Insist = ReturnType<typeof createInsist>
