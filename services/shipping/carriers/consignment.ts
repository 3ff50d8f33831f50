import { eventOf } from './api.ts'
import { isSameName } from './meaning.ts'
import type { Carrier, CarrierEvent } from './port.ts'

/** What was told of one of several packages that stand under one number. */
export type Package = { number?: string; events: readonly CarrierEvent[] }
type Tables = Pick<Carrier, 'codes' | 'leftAt'>
type Told = { event: CarrierEvent; rank: number }

/** How far on its way to the customer a package is; what went wrong with it is before all of that. */
const ON_ITS_WAY = 1
const TO_BE_FETCHED = 2
const TAKEN = 3
const ranks = { 'in-transit': ON_ITS_WAY, 'at-pickup-point': TO_BE_FETCHED, 'left-elsewhere': TO_BE_FETCHED }

/**
 * What is told of a consignment, by what is told of its packages. The customer has it once they have every package, at the moment of
 * the last (angrerettloven § 21: goods that are delivered in parts are received with the last part; forbrukerkjøpsloven § 14: the risk
 * passes as the goods are taken over). Until then it is where its least advanced package is; one of which nothing is told is on its way.
 * What no table of ours has, or has no moment, is told as it is, with the number of its package.
 */
export function consignmentOf(packages: readonly Package[], tables: Tables): CarrierEvent[] {
  if (packages.length < 2) return packages.flatMap(({ events }) => events)
  const rankOf = rankIn(tables)
  const known = packages.map(({ events }) => events.map((event) => ({ event, rank: rankOf(event) })))
  const others = known.flatMap((told, n) =>
    told.flatMap(({ event, rank }) => (rank === undefined ? [asPart(event, packages[n]!, tables)] : [])),
  )
  const whole = stepsOf(
    known.map((told) => told.filter((each): each is Told => each.rank !== undefined)),
    tables,
  )
  return [...new Map([...others, ...whole].map((event) => [event.key, event])).values()]
}

/** Walks through what happened, and tells what the least advanced package came to. */
function stepsOf(packages: readonly Told[][], tables: Tables): CarrierEvent[] {
  const stands: (Told | undefined)[] = packages.map(() => undefined)
  const least = () => Math.min(...stands.map((each) => each?.rank ?? ON_ITS_WAY))
  const happened = packages.flatMap((told, n) => told.map((each) => ({ each, n })))
  return happened
    .sort((one, other) => inOrder(one.each, other.each))
    .flatMap(({ each, n }) => {
      const before = least()
      stands[n] = each
      const now = least()
      if (each.rank === now) return [now === TAKEN ? takenBySame(each.event, stands, tables) : each.event]
      // The last one behind went past others: the consignment is where these have been since.
      const behind = now === before ? undefined : stands.findLast((stand) => stand?.rank === now)
      return behind === undefined ? [] : [eventOf({ ...unkeyed(behind.event), occurredAt: each.event.occurredAt })]
    })
}

const inOrder = (one: Told, other: Told) =>
  Temporal.Instant.compare(one.event.occurredAt!, other.event.occurredAt!) || one.rank - other.rank

/** How far an event says that a package is; undefined of what says nothing of that. */
const rankIn =
  ({ codes }: Tables) =>
  ({ code, occurredAt }: CarrierEvent) => {
    const meaning = Object.hasOwn(codes, code) ? codes[code] : undefined
    if (meaning === undefined || meaning === 'nothing' || occurredAt === undefined) return undefined
    if (meaning === 'delivered' || 'takenBy' in meaning) return TAKEN
    return (ranks as Partial<Record<string, number>>)[meaning.report] ?? 0
  }

/** Who took the last package is told only if the same took all: whoever took another need not be the customer. */
function takenBySame(event: CarrierEvent, stands: readonly (Told | undefined)[], { leftAt: places = {} }: Tables) {
  const placeOf = ({ leftAt = '' }: CarrierEvent) => places[leftAt.trim().toLowerCase()] ?? leftAt
  const isSame = stands.every((stand) => {
    const { receivedBy } = stand!.event
    const isNamed = receivedBy === event.receivedBy || isSameName(receivedBy, event.receivedBy ?? '')
    return isNamed && placeOf(stand!.event) === placeOf(event)
  })
  if (isSame) return event
  const { receivedBy: _, leftAt: __, ...rest } = unkeyed(event)
  return eventOf(rest)
}

/** An event that may mean anything once somebody explains its code is that of one package, and never the delivery of all. */
function asPart(event: CarrierEvent, { number }: Package, { codes }: Tables): CarrierEvent {
  if (Object.hasOwn(codes, event.code)) return event
  return eventOf({ ...unkeyed(event), package: number ?? 'one of several' })
}

const unkeyed = ({ key: _, ...said }: CarrierEvent) => said
