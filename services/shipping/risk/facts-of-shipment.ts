import type { Circumstance } from '@vilkar/contracts/shipping-parcel.ts'
import type { RiskFacts, Whereabouts } from '@vilkar/terms/rules/risk.ts'
import { circumstanceAt } from '../shipment/circumstance.ts'
import type { Recorded, Report, RequestedShipment } from '../shipment/state.ts'

/** Whether a moment had come. */
export const hadCome = (moment: string | undefined, at: Temporal.Instant): moment is string =>
  moment !== undefined && Temporal.Instant.compare(moment, at) <= 0

/** What bears on units since a moment; `returned`: the seller has them again. */
export type Known = Pick<Recorded, 'since'> & { circumstance: Circumstance & { returned?: boolean } }

/** Where a parcel was at a moment and in whose hands, as the terms ask it; `recorded` is what bears on these units. */
export function factsOfShipment(state: RequestedShipment, recorded: Known[], at: Temporal.Instant): RiskFacts {
  const { customerKind } = state.requested
  const { ownTransport, returned, ...circumstance } = circumstanceAt(recorded, at)
  const facts = { customerKind, ...circumstance, ...(ownTransport && { agreedOnArrival: true }) }
  if (returned) return { ...facts, whereabouts: 'returned-to-seller' }
  if (circumstance.returnBasis) return { ...facts, whereabouts: 'return-in-transit' }
  const place = placeAt(state, at)
  const isDriven = ownTransport && place.whereabouts === 'with-carrier'
  return { ...facts, ...place, ...(isDriven && { whereabouts: 'with-sellers-own-transport' }) }
}

type Place = Pick<RiskFacts, 'whereabouts' | 'receivedBy'>

function placeAt(state: RequestedShipment, at: Temporal.Instant): Place {
  const { dispatched, reports = [], receivedAt, takenBy } = state
  if (!hadCome(dispatched?.handedOverAt, at)) return { whereabouts: 'before-handover' }
  if (hadCome(receivedAt, at))
    return { whereabouts: 'delivered', receivedBy: takenBy === 'named-by-customer' ? takenBy : 'customer' }
  const told = reports.filter(({ occurredAt }) => hadCome(occurredAt, at))
  const last = told.at(-1)
  if (last === undefined) return { whereabouts: 'with-carrier' }
  if (last.report === 'left-elsewhere') return leftWith(state, last)
  if (last.report === 'returned' && !told.some(({ report }) => notTaken.has(report)))
    return { whereabouts: 'with-carrier' }
  return { whereabouts: whereabouts[last.report] }
}

const notTaken: ReadonlySet<Report['report']> = new Set(['refused', 'uncollected'])
const whereabouts: Record<Exclude<Report['report'], 'left-elsewhere'>, Whereabouts> = {
  'in-transit': 'with-carrier',
  'at-pickup-point': 'at-pickup-point',
  uncollected: 'at-pickup-point',
  refused: 'refused',
  returned: 'refused',
  lost: 'lost-in-transit',
  damaged: 'lost-in-transit',
}

/** Somebody else has it. To a business that was promised arrival it is as if it had been left at some place. */
function leftWith({ requested: { customerKind } }: RequestedShipment, { takenBy }: Report): Place {
  const isUnattended = takenBy === 'left-with-leave' || takenBy === 'left-without-leave'
  if (isUnattended || customerKind === 'business') return { whereabouts: 'left-unattended' }
  return { whereabouts: 'delivered', receivedBy: 'somebody-else' }
}
