import type { Happening, MisbehavingCarrier } from './parcels.ts'

type Names = { addressee: string; stranger: string }
type Said = Omit<Happening, 'occurredAt'>

/** How each carrier tells what becomes of a parcel, by the codes of its documents; `signed` says our words, as those that sign do. */
const words = {
  bring: ({ addressee, stranger }: Names) => ({
    handedIn: { code: 'HANDED_IN' },
    underway: { code: 'IN_TRANSIT', place: 'Oslo' },
    held: { code: 'DEVIATION', place: 'Oslo' },
    taken: { code: 'DELIVERED', signedBy: addressee },
    takenByNeighbour: { code: 'DELIVERED', signedBy: stranger },
    takenByStranger: { code: 'DELIVERED', signedBy: 'Kari Fremmed' },
    lost: { code: 'DEVIATION' },
    damaged: { code: 'DEVIATION' },
    refused: [{ code: 'ATTEMPTED_DELIVERY' }, { code: 'RETURN' }],
    atPickupPoint: { code: 'READY_FOR_PICKUP', place: 'Kiosken på hjørnet' },
    uncollected: { code: 'RETURN' },
    back: { code: 'DELIVERED_SENDER' },
  }),
  ups: ({ addressee, stranger }: Names) => ({
    handedIn: { code: 'P' },
    underway: { code: 'I', place: 'Oslo' },
    held: { code: 'X/48' },
    taken: { code: 'D/FS', signedBy: addressee, leftAt: 'MET CUSTOMER MAN' },
    takenByNeighbour: { code: 'D/FS', signedBy: stranger, leftAt: 'NEIGHBOR' },
    takenByStranger: { code: 'D/FS', signedBy: 'Kari Fremmed', leftAt: 'RECEPTION' },
    lost: { code: 'X/LS' },
    damaged: { code: 'X/DM' },
    refused: [{ code: 'X/RF' }, { code: 'I' }],
    atPickupPoint: { code: 'O', place: 'UPS Access Point' },
    uncollected: { code: 'X/UN' },
    back: { code: 'RS' },
  }),
  dhl: ({ addressee, stranger }: Names) => ({
    handedIn: { code: 'pre-transit' },
    underway: { code: 'transit', place: 'Oslo' },
    held: { code: 'transit', place: 'Hamburg' },
    taken: { code: 'delivered', signedBy: addressee },
    takenByNeighbour: { code: 'delivered', signedBy: stranger },
    takenByStranger: { code: 'delivered', signedBy: 'Kari Fremmed' },
    lost: { code: 'failure', description: 'Lost in a terminal' },
    damaged: { code: 'failure', description: 'Damaged' },
    refused: { code: 'failure', description: 'Refused' },
    atPickupPoint: { code: 'transit', place: 'DHL ServicePoint' },
    uncollected: { code: 'failure', description: 'Returned to sender' },
    back: { code: 'failure', description: 'Returned' },
  }),
  signed: ({ addressee, stranger }: Names) => ({
    handedIn: { code: 'in-transit' },
    underway: { code: 'in-transit', place: 'Oslo' },
    held: { code: 'in-transit', place: 'Bergen' },
    taken: { code: 'taken-by-customer', signedBy: addressee },
    takenByNeighbour: { code: 'taken-by-neighbour', signedBy: stranger },
    takenByStranger: { code: 'taken-by-unknown', signedBy: 'Kari Fremmed' },
    lost: { code: 'lost' },
    damaged: { code: 'damaged' },
    refused: { code: 'refused' },
    atPickupPoint: { code: 'at-pickup-point', place: 'Kiosken på hjørnet' },
    uncollected: { code: 'uncollected' },
    back: { code: 'returned' },
  }),
} satisfies Record<MisbehavingCarrier, (names: Names) => Record<string, Said | Said[]>>

/** A word that no document of a carrier has. */
const strange = { bring: 'HELD_BY_TROLLS', ups: 'X/T7', dhl: 'unknown', signed: 'gone-fishing' } as const

type Step = keyof ReturnType<(typeof words)['bring']>

/** How a carrier tells each step of the way of a parcel to somebody, at a moment. */
export function wordsOf(carrier: MisbehavingCarrier, names: Names): Record<Step, (occurredAt: string) => Happening[]> {
  const steps: Record<Step, Said | Said[]> = words[carrier](names)
  const said = (step: Step) => (occurredAt: string) => [steps[step]].flat().map((each) => ({ ...each, occurredAt }))
  return Object.fromEntries((Object.keys(steps) as Step[]).map((step) => [step, said(step)])) as Record<
    Step,
    (occurredAt: string) => Happening[]
  >
}

export const strangeOf = (carrier: MisbehavingCarrier, occurredAt: string): Happening => ({
  code: strange[carrier],
  occurredAt,
})
