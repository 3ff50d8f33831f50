import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCaller } from '@vilkar/local/shopper.ts'
import { startStack } from '@vilkar/local/stack.ts'
import { connect } from './databases.ts'
import { createDiary } from './diary.ts'
import { createQuiet } from './quiet.ts'
import { createRefusals } from './refusals.ts'

/** What is no fault of whoever answers. */
const ANSWERS = [200, 201, 202, 204, 303, 400, 403, 404, 409, 412, 422, 429]

/** In Oslo an hour or two before the day ends: what is due on a day is due by then, and one of the moments at which all look is it. */
const EVENING = 'T20:00:00Z'

/** The whole product in this process, on a clock that is moved, and those who use it over HTTP. */
export async function openWorld() {
  await using opening = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-year-'))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  const stack = await startStack({ directory, portBase: 0, durable: false, logLevel: 'fatal', say: () => {} })
  opening.defer(() => stack.stop())
  const databases = await connect(stack.postgres.url)
  opening.defer(databases.end)
  const refusals = createRefusals()
  const call = createCaller((role) => stack.issuer.token(role as Parameters<typeof stack.issuer.token>[0]))
  /** Asks a service; throws on an answer that nobody should get. A refusal is looked at: it must say why. */
  async function ask(role: string, method: string, url: string, body?: object, headers?: Record<string, string>) {
    const answer = await call(role, method, url, {
      expect: ANSWERS,
      ...(body && { body }),
      ...(headers && { headers }),
    })
    refusals.look(`${method} ${new URL(url).pathname}`, answer)
    return answer
  }
  const { urls, clock, klarna, carriers, mailbox } = stack
  clock.advance(untilEvening(clock.now()).toString())
  await clock.looked()
  const opened = opening.move()
  const quiet = createQuiet(databases)
  const parts = { ask, urls, clock, klarna, carriers, mailbox, databases, quiet, refusals, diary: createDiary() }
  return { ...parts, stop: () => opened.disposeAsync() }
}
export type World = Awaited<ReturnType<typeof openWorld>>

/** Whenever a year is played, its days are looked at in the same hours. */
function untilEvening(now: Temporal.Instant) {
  const evening = Temporal.Instant.from(`${now.toString().slice(0, 10)}${EVENING}`)
  return now.until(Temporal.Instant.compare(evening, now) > 0 ? evening : evening.add({ hours: 24 }))
}
