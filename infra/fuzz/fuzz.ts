import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '@vilkar/local/stack.ts'
import { createRandom } from '@vilkar/storm/random.ts'
import { Agent } from 'undici'
import { type Answer, createJudge, type Fault } from './judge.ts'
import { readOperations } from './operations.ts'
import { createPool } from './pool.ts'
import { createRequests, type Request, resourceOf } from './requests.ts'
import { openShop, SECRET, tokensOf } from './shop.ts'
import { createValues } from './values.ts'

const AT_ONCE = 8
const ANSWER_TIMEOUT_MS = 60_000

/** What was found, by fault, and how the requests were answered: `byStatus` and, of each door, how many it did (2xx and 3xx). */
export type Result = {
  seed: number
  requests: number
  faults: Record<Fault, number>
  byStatus: Record<string, number>
  doors: number
  entered: number
}
export type Report = (request: Request, answer: Answer | undefined, found: { fault: Fault; why: string }) => void

/**
 * Sends `requests` requests of a seed to the services of a local stack of its own, some at once, and judges the answers.
 * The same seed makes the same choices; ids differ, since the services make those. What is found is told to `report`.
 */
export async function fuzz({
  seed,
  requests,
  report,
}: {
  seed: number
  requests: number
  report: Report
}): Promise<Result> {
  await using opening = new AsyncDisposableStack()
  const { operations, random, values, send, judge, harvest } = await openForFuzz(opening, seed)
  const { next } = createRequests(random, operations, values)
  const faults = { unexplained: 0, undeclared: 0, deviation: 0, leak: 0 }
  const byStatus: Record<string, number> = {}
  const entered = new Set<string>()
  for (let sent = 0; sent < requests; sent += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, requests - sent) }, next)
    const answers = await Promise.all(batch.map(send))
    for (const [i, request] of batch.entries()) {
      const answer = answers[i]
      const found = answer ? judge(request, answer) : [{ fault: 'unexplained' as const, why: 'no answer' }]
      for (const finding of found) {
        faults[finding.fault] += 1
        report(request, answer, finding)
      }
      byStatus[answer?.status ?? 0] = (byStatus[answer?.status ?? 0] ?? 0) + 1
      if (answer === undefined || answer.status >= 400) continue
      entered.add(request.operation.name)
      harvest(request, answer)
    }
  }
  return { seed, requests, faults, byStatus, doors: operations.length, entered: entered.size }
}

/** A local stack in which something happened, and what asks and judges it by a seed. It is closed with `opening`. */
export async function openForFuzz(opening: AsyncDisposableStack, seed: number) {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-fuzz-'))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  const stack = await startStack({ directory, portBase: 0, durable: false, logLevel: 'silent', say: () => {} })
  opening.defer(() => stack.stop())
  await openShop(stack)
  const { orders, shipping, returns, privacy } = stack.urls
  const operations = await readOperations({ orders, shipping, returns, privacy })
  const random = createRandom(seed)
  const pool = createPool()
  const values = createValues(random, pool)
  const send = await createSender(opening, await tokensOf(stack))
  const judge = createJudge({ secret: SECRET, isSecretFrom: ({ party }) => party !== 'all' })
  return {
    ...{ operations, random, values, send, judge },
    /** Later requests ask about what an answer said. Nobody is to learn the secret from us. */
    harvest({ operation: { path } }: Request, { media, text }: Answer) {
      if (media === 'application/json') pool.harvest(JSON.parse(text.replaceAll(SECRET, 'Kari')), resourceOf(path))
    },
  }
}

/** Sends a request as its party; undefined when there was no answer. */
async function createSender(opening: AsyncDisposableStack, tokens: Record<Request['party'], string | undefined>) {
  const agent = new Agent({ connections: AT_ONCE, headersTimeout: ANSWER_TIMEOUT_MS })
  opening.defer(() => agent.close())
  return async ({ operation, path, party, headers, body }: Request): Promise<Answer | undefined> => {
    const token = tokens[party]
    try {
      const response = await agent.request({
        ...{ origin: operation.origin, path, method: operation.method as 'GET' },
        headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
        ...(body !== undefined && { body }),
      })
      const media = String(response.headers['content-type'] ?? '')
        .split(';')[0]!
        .trim()
      return { status: response.statusCode, media, text: await response.body.text() }
    } catch {
      return undefined
    }
  }
}

/** Nothing was found, and the doors were really entered: a run in which nearly all is refused proves nothing. */
export const isFaultless = ({ faults }: Result) => Object.values(faults).every((count) => count === 0)
