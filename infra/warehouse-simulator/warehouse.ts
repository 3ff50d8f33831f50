import { setTimeout as pause } from 'node:timers/promises'
import type { Books, Task } from './books.ts'
import { follow, type Source } from './sources.ts'
import { type WorkDeps, workOn } from './work.ts'

/** So many shipments are worked on at once. */
const HANDS = 8
const LOOK_EVERY_MS = 100
/** A shipment whose step had no answer is tried again. */
const AGAIN_MS = 1_000

type Options = WorkDeps & {
  source: Source
  /** Told when something fails, once until it works again. */
  complain?(what: string): void
}

/**
 * A warehouse that hears and works until it is stopped. It may be killed at any moment, and another may work on the same books
 * meanwhile: nothing is sent twice, and what one has begun another ends.
 */
export function startWarehouse({ source, complain = () => {}, ...deps }: Options) {
  const stopping = new AbortController()
  const { signal } = stopping
  let isFailing = false
  const fail = (error: unknown) => {
    if (!isFailing) complain(error instanceof Error ? error.message : String(error))
    isFailing = true
  }

  async function work() {
    while (!signal.aborted) {
      const task = deps.books.claim()
      if (task === undefined) await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
      else if (await tried(deps, task, fail)) isFailing = false
    }
  }
  const ended = Promise.all([follow(source, deps.books, signal, fail), ...Array.from({ length: HANDS }, work)])
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function tried(deps: WorkDeps, task: Task, fail: (error: unknown) => void) {
  try {
    await step(deps, task)
    return true
  } catch (error) {
    fail(error)
    deps.books.release(task.shipmentId, AGAIN_MS)
    return false
  }
}

/** One step of a shipment that was claimed. */
export async function step(deps: WorkDeps, task: Task) {
  const next = await workOn(deps, task)
  deps.books.release(task.shipmentId, next === 'news' ? undefined : next.inMs)
}

/** What a warehouse has before it and behind it, by steps. */
export function countOf(books: Books) {
  const tasks = books.tasks()
  const count = (...steps: Task['step'][]) => tasks.filter(({ step }) => steps.includes(step)).length
  return {
    waiting: count(undefined),
    underWay: count('accepted', 'packed'),
    sent: count('sent'),
    leftToPerson: tasks.filter(({ step }) => step === 'person').map(({ shipmentId }) => shipmentId),
  }
}
