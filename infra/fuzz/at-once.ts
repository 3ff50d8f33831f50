import { openForFuzz } from './fuzz.ts'
import type { Operation } from './operations.ts'
import { createRequests } from './requests.ts'

const READS = 150
/** Of whoever may do all, as the document says. */
const VALID = { kinds: ['valid'], parties: ['all'] } satisfies Parameters<typeof createRequests>[3]

/**
 * Asks every door that puts something under a name of the caller's twice at the same moment, with two bodies, `pairs` times: whoever
 * is second is answered as any second is, and no answer is a fault. Answers what was wrong, and how often each door took one.
 */
export async function putAtOnce({ seed, pairs }: { seed: number; pairs: number }) {
  await using opening = new AsyncDisposableStack()
  const { operations, random, values, send, judge, harvest } = await openForFuzz(opening, seed)
  const nextOf = (some: Operation[]) => createRequests(random, some, values, VALID).next

  const reading = nextOf(operations.filter(({ method }) => method === 'GET'))
  for (let read = 0; read < READS; read += 1) {
    const request = reading()
    const answer = await send(request)
    if (answer !== undefined && answer.status < 400) harvest(request, answer)
  }

  const wrong: string[] = []
  const taken: Record<string, number> = {}
  for (const operation of operations.filter(({ method }) => method === 'PUT')) {
    const next = nextOf([operation])
    taken[operation.name] = 0
    for (let asked = 0; asked < pairs; asked += 1) {
      const one = next()
      const pair = [one, { ...next(), path: one.path }]
      const answers = await Promise.all(pair.map(send))
      for (const [n, answer] of answers.entries()) {
        const found = answer ? judge(pair[n]!, answer) : [{ why: 'no answer' }]
        wrong.push(...found.map(({ why }) => `${operation.name} ${one.path}: ${why} (${pair.map(({ body }) => body)})`))
        if (answer !== undefined && answer.status < 400) taken[operation.name]! += 1
      }
    }
  }
  return { wrong, taken }
}
