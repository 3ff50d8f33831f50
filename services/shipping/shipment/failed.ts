import type { DamageReportEnded } from '@vilkar/contracts/shipping-damage.ts'
import type { DeliveryFailed, DeliveryFailureEnded, Failure } from '@vilkar/contracts/shipping-failed.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { CommandData } from './commands.ts'
import { damageReported, ended, isStanding, settledOf } from './damage.ts'
import { idsOf } from './deliver.ts'
import { isFailure } from './doubt.ts'
import type { Damage, Failed, RequestedShipment } from './state.ts'
import { withoutUnits } from './units.ts'

/** People have so many days to see to a parcel that does not arrive. */
const SEEN_TO_WITHIN_DAYS = 7

const isNotTaken = (failure: Failure) => failure === 'refused' || failure === 'uncollected'
/** What a person, or the customer, has decided stands; what the carrier told wrongly may be told again. */
const isDecided = ({ ended }: Failed) => ended !== undefined && ended !== 'delivered' && ended !== 'under-way'

/** Whether a failure is the one from before, told once more: what was not taken, or is damaged, comes back. */
const isTheSame = (before: Failure, failure: Failure) =>
  before === failure || (isNotTaken(before) && isNotTaken(failure)) || (failure === 'returned' && before !== 'lost')

/**
 * How the delivery of a shipment has failed, by what was told since it was last known to be on its way, and of which units nobody has
 * decided; undefined of one that has not failed.
 */
export function failureOf(state: RequestedShipment): { failure: Failure; failedAt: string } | undefined {
  const { dispatched, receivedAt, reports = [], damages = [] } = state
  if (dispatched === undefined || receivedAt !== undefined) return undefined
  if (withoutUnits(dispatched.lines, settledOf(damages)).length === 0) return undefined
  let found: { failure: Failure; failedAt: string } | undefined
  for (const { report, occurredAt } of reports) {
    if (!isFailure(report)) found = undefined
    else if (found === undefined || !isTheSame(found.failure, report)) found = { failure: report, failedAt: occurredAt }
  }
  return found
}

/** Units of it that were not settled by what the customer chose of a loss. */
export const unsettled = ({ dispatched, damages = [] }: RequestedShipment) =>
  withoutUnits(dispatched!.lines, settledOf(damages)).map(({ lineId, quantity }) => ({ lineId, quantity }))

type Told =
  | ReturnType<typeof damageReported>['events'][number]
  | DeliveryFailed
  | DeliveryFailureEnded
  | DamageReportEnded

/**
 * Tells what is new of whether a delivery has failed, each failure once: what a customer did not take calls for a person and is no
 * withdrawal (angrerettloven § 20), and what was lost or damaged is reported as by hand, but for units that somebody reported before. What the
 * carrier told wrongly is undone as far as it can be, and of the rest a person hears: what was sent again stays here where the first is told to
 * have been received after all.
 */
export function tellFailure(
  { shipmentId, at, withdrawn, reportId, longLived, stoppable, risk }: CommandData<'TellFailure'>,
  state: RequestedShipment,
) {
  const { failed: last, damages = [], dispatched } = state
  const found = failureOf(state)
  const isGone = found?.failure === 'lost' || found?.failure === 'damaged'
  const isWithdrawn = found !== undefined && !isGone && withoutUnits(dispatched!.lines, withdrawn).length === 0
  const isTold =
    found !== undefined && last?.failedAt === found.failedAt && (last.ended === undefined || isDecided(last))
  const told: Told[] = []
  if (last && last.ended === undefined && (!isTold || isWithdrawn))
    told.push(endedAs(shipmentId, at, state, isWithdrawn ? 'withdrawn' : howEnded(state)))
  const sentAgain = state.receivedAt !== undefined && last?.ended === 'sent-again' ? last.replacementId : undefined
  if (sentAgain && stoppable.includes(sentAgain))
    told.push(endedAs(shipmentId, at, state, 'delivered', { stopped: sentAgain }))
  const isToldOtherwise = (damage: Damage) =>
    hasArrived(damage, state) || (!isTold && isOfCarrier(damage, last) && isOver(damage, found?.failure))
  const wrong = damages.filter(isToldOtherwise)
  for (const damage of wrong) {
    const stopped = stoppable.find((id) => id === damage.replacementId)
    const choice = damage.settled && { choice: damage.settled }
    const outcome = damage.kind === 'lost' ? 'arrived' : 'reported-otherwise'
    told.push(ended(shipmentId, at, state, damage.reportId, { outcome, ...choice, ...(stopped && { stopped }) }))
  }
  if (found === undefined || isTold || isWithdrawn) return accept<Told>(...told)
  const standing = damages.filter((damage) => isStanding(damage) && !wrong.includes(damage))
  const kind = isGone ? (found.failure as 'lost' | 'damaged') : undefined
  const unreported = withoutUnits(
    dispatched!.lines,
    standing.flatMap(({ lines }) => lines),
  ).map(({ lineId, quantity }) => ({ lineId, quantity }))
  const report = kind && unreported.length > 0 ? reportId : undefined
  const reportedUnder = report ?? (kind && standing.find((damage) => isOfCarrier(damage, last))?.reportId)
  told.push(failedAs(shipmentId, at, state, risk, { ...found, ...(reportedUnder && { reportId: reportedUnder }) }))
  if (kind && report) {
    const said = { reportedBy: 'carrier', by: 'carrier', what: WHAT[kind], photos: [] } as const
    const data = { shipmentId, at, reportId: report, kind, reportedAt: found.failedAt, lines: unreported, longLived }
    told.push(...damageReported({ ...data, ...said, photos: [] }, state).events)
  }
  return accept<Told>(...told)
}

/** What a carrier says by its code alone. */
const WHAT = { lost: 'Told by the carrier: lost.', damaged: 'Told by the carrier: damaged.' }

const howEnded = (state: RequestedShipment): DeliveryFailureEnded['data']['outcome'] => {
  if (state.receivedAt !== undefined) return 'delivered'
  return unsettled(state).length === 0 ? 'settled' : 'under-way'
}

/** What the carrier reported itself with a failure, and nobody has chosen anything of. */
const isOfCarrier = (damage: Damage, failed: Failed | undefined) =>
  damage.reportId === failed?.reportId && isStanding(damage) && !damage.settled && !damage.answered

/**
 * Whether it holds no more of what is told since: a loss where the parcel is anywhere else. What is damaged stays so on its way and when it arrives, and
 * its carrier is to be told in time (vegfraktloven § 40), unless all of it is lost in the end.
 */
const isOver = ({ kind }: Damage, failure: Failure | undefined) => kind === 'lost' || failure === 'lost'

/** All of a parcel was settled as lost, and the customer has it after all. */
const hasArrived = (damage: Damage, { receivedAt, dispatched, damages = [] }: RequestedShipment) =>
  receivedAt !== undefined &&
  damage.kind === 'lost' &&
  damage.settled !== undefined &&
  isStanding(damage) &&
  withoutUnits(dispatched!.lines, settledOf(damages)).length === 0

function failedAs(
  shipmentId: string,
  at: string,
  state: RequestedShipment,
  risk: Reason[],
  found: { failure: Failure; failedAt: string; reportId?: string },
): DeliveryFailed {
  const dueOn = osloDay(Temporal.Instant.from(at)).add({ days: SEEN_TO_WITHIN_DAYS }).toString()
  const reasons = [...noticeIn(state, found.failure), ...risk]
  const data = { ...idsOf(shipmentId, state), ...found, lines: unsettled(state), dueOn, toldAt: at, reasons }
  return { type: 'DeliveryFailed', data }
}

/** What a consumer who did not take a parcel has said by that: nothing of a withdrawal (angrerettloven § 20). */
function noticeIn({ requested: { customerKind, terms } }: RequestedShipment, failure: Failure): Reason[] {
  if (customerKind !== 'consumer' || !isNotTaken(failure)) return []
  const did = failure === 'refused' ? 'refused-delivery' : 'did-not-collect'
  return termsOf(terms.edition).withdrawalNotice({ did }).reasons
}

/** The same of the failure that was told last; nothing of a shipment of which none was. */
export const noticeOf = (state: RequestedShipment): Reason[] =>
  state.failed === undefined || state.receivedAt !== undefined ? [] : noticeIn(state, state.failed.failure)

const endedAs = (
  shipmentId: string,
  at: string,
  state: RequestedShipment,
  outcome: DeliveryFailureEnded['data']['outcome'],
  { replacementId, stopped, ...personal }: { replacementId?: string; stopped?: string; by?: string; why?: string } = {},
): DeliveryFailureEnded => ({
  type: 'DeliveryFailureEnded',
  data: {
    ...{ ...idsOf(shipmentId, state), outcome, ...(replacementId && { replacementId }), ...(stopped && { stopped }) },
    ...{ endedAt: at, personal },
  },
})

/** Goods that came back leave once more, once, as a shipment of their own that nobody pays for again. */
export function sendAgain(
  { shipmentId, at, replacementId, withdrawn, by }: CommandData<'SendAgain'>,
  state: RequestedShipment,
) {
  const { failed, status, dispatched } = state
  if (failed?.ended === 'sent-again') return accept()
  if (failed === undefined || (failed.ended !== undefined && failed.ended !== 'closed')) return refuse(notFailed)
  if (status !== 'returned')
    return refuse({
      code: 'goods-not-back',
      detail: 'They are not known to be back. What was lost is sent again by the choice of its report.',
    })
  if (unsettled(state).length < state.dispatched!.lines.length || state.damages?.some(isStanding))
    return refuse({
      code: 'loss-settled',
      detail: 'Units of it were reported as lost or damaged: their report says what comes of them.',
    })
  if (withdrawn.some(({ lineId }) => dispatched!.lines.some((line) => line.lineId === lineId)))
    return refuse({
      code: 'units-withdrawn',
      detail: 'The customer withdrew from goods of it: they are not sent again.',
    })
  return accept(endedAs(shipmentId, at, state, 'sent-again', { replacementId, by }))
}

/** A person saw to a failed delivery otherwise, or found that a delivery which was doubted stands. */
export function closeFailure({ shipmentId, at, by, why }: CommandData<'CloseFailure'>, state: RequestedShipment) {
  const { failed, doubts = [] } = state
  if (doubts.length === 0 && failed?.ended === 'closed') return accept()
  if (doubts.length === 0 && (failed === undefined || failed.ended !== undefined)) return refuse(notFailed)
  return accept(endedAs(shipmentId, at, state, 'closed', { by, why }))
}

const notFailed = { code: 'delivery-not-failed', detail: 'No failed delivery of it waits for anybody.' }

/** The state once a failure has ended; where a person says so, what was doubted of a delivery has been looked at with it. */
export function withFailureEnded(
  { doubts, ...state }: RequestedShipment,
  { outcome, replacementId, stopped }: DeliveryFailureEnded['data'],
): RequestedShipment {
  const { failed, ...rest } = { ...state, ...(doubts && outcome !== 'closed' && { doubts }) }
  if (failed === undefined) return rest
  const ended = outcome === 'closed' ? (failed.ended ?? outcome) : outcome
  const { replacementId: before, ...known } = failed
  const instead = stopped ? undefined : (replacementId ?? before)
  return { ...rest, failed: { ...known, ended, ...(instead && { replacementId: instead }) } }
}
