import { openForFuzz } from './fuzz.ts'
import type { Operation } from './operations.ts'
import { createRequests, type Request } from './requests.ts'

const READS = 150
/** Enough for one of them to be valid and of whoever may do all. */
const MOST_TRIES = 500

/**
 * Asks every door that puts something under a name of the caller's twice at the same moment, with two bodies, `pairs` times: whoever
 * is second is answered as any second is, and no answer is a fault. Answers what was wrong, and how often each door took one.
 */
export async function putAtOnce({ seed, pairs }: { seed: number; pairs: number }) {
  await using opening = new AsyncDisposableStack()
  const { operations, random, values, send, judge, harvest } = await openForFuzz(opening, seed)
  const nextOf = (some: Operation[]) => valid(createRequests(random, some, values).next)

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

/** The valid requests of whoever may do all, out of those that come. */
const valid = (next: () => Request) => () => {
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const request = next()
    if (request.kind === 'valid' && request.party === 'all') return request
  }
  throw new Error(`None of ${MOST_TRIES} requests was valid.`)
}
