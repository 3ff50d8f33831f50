import type { IncomingHttpHeaders } from 'node:http'
import { pathsOf, type Reply } from '@vilkar/simulator/reply.ts'
import type { Calls, Hook } from './calls.ts'
import type { Happening, Parcels } from './parcels.ts'

/** A request to a carrier's API as its handlers see it: `parts` are the variable parts of the path. */
export type Ask = {
  parts: string[]
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}
export type Route = { method: string; path: RegExp; handle(ask: Ask): Reply }

export const route = (method: string, template: string, handle: Route['handle']): Route => ({
  method,
  path: pathsOf(template),
  handle,
})

export type CarrierDeps = { now(): Temporal.Instant; parcels: Parcels; calls: Calls; note(violation: string): void }
/** One carrier: its API, and how it calls about what happened. */
export type SimulatedCarrier = {
  routes: Route[]
  /** Calls whoever subscribed about what happened to a parcel. */
  tell(number: string, happening: Happening): void
}

/** Who is to be called about which parcels, by number; a subscription that has ended is none. */
export function createHooks(now: () => Temporal.Instant) {
  const hooks = new Map<string, Hook[]>()
  return {
    add(number: string, hook: Hook) {
      hooks.getOrInsertComputed(number, () => []).push(hook)
    },
    /** One of each address, as carriers do not call it twice. */
    of: (number: string) => [
      ...new Map(
        (hooks.get(number) ?? [])
          .filter(({ until, isReady }) => isReady && Temporal.Instant.compare(now(), until) < 0)
          .map((hook) => [hook.url, hook]),
      ).values(),
    ],
  }
}

export const inDays = (now: Temporal.Instant, days: number) => now.add({ hours: 24 * days })
export const refuse = (status: number, message: string): Reply => ({ status, body: { errors: [{ message }] } })
