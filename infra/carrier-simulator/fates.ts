import { createHash } from 'node:crypto'
import type { Happening, SetOut } from './parcels.ts'
import { strangeOf, wordsOf } from './words.ts'

/** What may become of a parcel. `early` and `imagined`: it is said to be delivered before it is, or though it never is. */
export const fates = [
  ...(['delivered', 'late', 'neighbour', 'stranger', 'early', 'imagined'] as const),
  ...(['lost', 'found', 'damaged', 'refused', 'uncollected', 'sent-back'] as const),
] as const
export type Fate = (typeof fates)[number]

/** What really becomes of a parcel, whatever is told of it: who has it in the end, and since when. */
export type Truth = {
  fate: Fate
  /** When the customer has it; left out, never. */
  customerHasAt?: string
  /** When the shop has it again. */
  shopHasAt?: string
  /** When the last of it is told; by then whoever waits has heard nothing better. */
  overAt: string
}
/** Something that happened, when the carrier's own system shows it, and how it calls about it. */
export type News = Happening & { toldAt: string; calls: 'once' | 'twice' | 'late' | 'never' }

const MAX_HASH = 2 ** 32
const HOURS = 24
/** How often what goes wrong in the telling does. */
const SHARES = { doubled: 0.15, disordered: 0.2, strange: 0.2, never: 0.2, twice: 0.1, late: 0.15 }
/** Numbers from 0 to 1 that are the same whenever they are asked for by the same name. */
const chancesOf = (seed: string) => (name: string) =>
  createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / MAX_HASH

/**
 * What becomes of a parcel that sets out at a moment, and what its carrier tells of it and how badly: doubled, out of its order, in words that
 * nobody knows, with calls that do not come. The seed decides all of it but a fate that is named.
 */
export function planParcel({ carrier, seed, from, addressee, fate: named }: SetOut): {
  truth: Truth
  news: News[]
} {
  const chance = chancesOf(`${seed} ${carrier}`)
  const between = (name: string, least: number, most: number) => least + Math.floor(chance(name) * (most - least + 1))
  const fate = named ?? fates[between('fate', 0, fates.length - 1)]!
  const at = (days: number, hours = 0) =>
    Temporal.Instant.from(from)
      .add({ hours: days * HOURS + hours })
      .toString({ smallestUnit: 'second' })
  const arrival = between('arrival', 1, 4)
  const say = wordsOf(carrier, { addressee, stranger: 'Ola Nabo Normann' })
  const { way, ...ends } = wayOf(fate, { arrival, later: between('later', 1, 6), slow: between('slow', 9, 24) })
  const told = [
    say.handedIn(at(0, 1)),
    say.underway(at(0, 9)),
    ...way.map(([days, what]) => say[what](at(days))),
  ].flat()
  const extra = chance('strange') < SHARES.strange ? [strangeOf(carrier, at(0, 15))] : []
  const news = [...told, ...extra].flatMap((each, n) => badlyTold(each, n, chance))
  const last = news
    .map(({ toldAt }) => toldAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1)!
  return {
    truth: {
      ...{ fate, overAt: last },
      ...(ends.customerHas !== undefined && { customerHasAt: at(ends.customerHas) }),
      ...(ends.shopHas !== undefined && { shopHasAt: at(ends.shopHas) }),
    },
    news,
  }
}

type Step = Exclude<keyof ReturnType<typeof wordsOf>, 'handedIn' | 'underway'>
type Way = { way: [days: number, step: Step][]; customerHas?: number; shopHas?: number }
type Days = { arrival: number; later: number; slow: number }

const DAYS_AT_PICKUP_POINT = 14
const DAYS_BACK = 3

/** What is told after a parcel is under way, in days since it left, and who has it in the end. */
function wayOf(fate: Fate, { arrival, later, slow }: Days): Way {
  const ways: Record<Fate, Way> = {
    delivered: { way: [[arrival, 'taken']], customerHas: arrival },
    late: {
      way: [
        [arrival, 'held'],
        [slow, 'taken'],
      ],
      customerHas: slow,
    },
    neighbour: { way: [[arrival, 'takenByNeighbour']], customerHas: arrival + later },
    stranger: { way: [[arrival, 'takenByStranger']] },
    early: { way: [[arrival, 'taken']], customerHas: arrival + later + 1 },
    imagined: { way: [[arrival, 'taken']] },
    lost: { way: [[arrival + later, 'lost']] },
    found: {
      way: [
        [arrival, 'lost'],
        [arrival + slow, 'taken'],
      ],
      customerHas: arrival + slow,
    },
    damaged: {
      way: [
        [arrival, 'damaged'],
        [arrival + 1, 'taken'],
      ],
      customerHas: arrival + 1,
    },
    refused: {
      way: [
        [arrival, 'refused'],
        [arrival + DAYS_BACK, 'back'],
      ],
      shopHas: arrival + DAYS_BACK,
    },
    uncollected: {
      way: [
        [arrival, 'atPickupPoint'],
        [arrival + DAYS_AT_PICKUP_POINT, 'uncollected'],
        [arrival + DAYS_AT_PICKUP_POINT + DAYS_BACK, 'back'],
      ],
      shopHas: arrival + DAYS_AT_PICKUP_POINT + DAYS_BACK,
    },
    'sent-back': {
      way: [
        [arrival, 'uncollected'],
        [arrival + DAYS_BACK, 'back'],
      ],
      shopHas: arrival + DAYS_BACK,
    },
  }
  return ways[fate]
}

/** One that comes later than what follows it, and one that is told twice, as the very same. */
function badlyTold(happening: Happening, n: number, chance: (name: string) => number): News[] {
  const hours = chance(`disordered ${n}`) < SHARES.disordered ? 30 : 0
  const toldAt = Temporal.Instant.from(happening.occurredAt).add({ hours }).toString()
  const dice = chance(`calls ${n}`)
  const { never, twice, late } = SHARES
  const calls = dice < never ? 'never' : dice < never + twice ? 'twice' : dice < never + twice + late ? 'late' : 'once'
  const once: News = { ...happening, toldAt, calls }
  return chance(`doubled ${n}`) < SHARES.doubled ? [once, once] : [once]
}
