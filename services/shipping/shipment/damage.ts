import { isDeepStrictEqual } from 'node:util'
import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type {
  CarrierClaimed,
  DamageReportEnded,
  DamageReported,
  LossSettled,
} from '@vilkar/contracts/shipping-damage.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { carrierNoticeLastDay } from '@vilkar/terms/statute/vegfraktloven.ts'
import type { CommandData } from './commands.ts'
import { momentOf } from './report.ts'
import type { Damage, RequestedShipment } from './state.ts'
import { countOf } from './stop.ts'
import { faultOf, withoutUnits } from './units.ts'

/** How much may be reported of one shipment. */
export const MAX_DAMAGES = 50

/** The same, as somebody says who has seen the units: what the carrier reported of them itself, and nobody did anything about, is one with it. */
export function reportDamage(command: CommandData<'ReportDamage'>, state: RequestedShipment) {
  const { shipmentId, at } = command
  const decision = damageReported(command, state)
  const [reported] = decision.events
  const { damages = [], failed } = state
  const over = reported?.data.kind === 'lost' ? beyondTheLeft(reported.data, state) : undefined
  if (over) return refuse({ code: 'loss-settled', detail: settledElsewhere(over) })
  const byCarrier = damages.find(({ reportId }) => reportId === failed?.reportId)
  if (reported === undefined || byCarrier === undefined || byCarrier.settled || byCarrier.claimed) return decision
  const seen = [...damages.filter((each) => each !== byCarrier && isStanding(each)), reported.data]
  const rest = byCarrier.lines.filter(({ lineId, quantity }) => countOf(linesOf(seen), lineId) < quantity)
  if (!isStanding(byCarrier) || rest.length > 0) return decision
  const { reportId } = byCarrier
  return accept<DamageReported | DamageReportEnded>(
    reported,
    ended(shipmentId, at, state, reportId, { outcome: 'reported-otherwise' }),
  )
}

/** The first line of which more would be lost than left with the shipment, with what was settled already. */
const beyondTheLeft = ({ lines }: { lines: UnitsSent[] }, { dispatched, damages = [] }: RequestedShipment) =>
  lines.find(
    ({ lineId, quantity }) => countOf(settledOf(damages), lineId) + quantity > countOf(dispatched!.lines, lineId),
  )
const settledElsewhere = ({ lineId }: UnitsSent) => `Of line ${lineId} so many units were settled by another report.`

/** Whether what was reported holds. */
export const isStanding = ({ ended }: Damage) => ended === undefined
const linesOf = (damages: readonly { lines: UnitsSent[] }[]) => damages.flatMap(({ lines }) => lines)

/** A report does not hold any more. */
export const ended = (
  shipmentId: string,
  at: string,
  { requested: { orderId } }: RequestedShipment,
  reportId: string,
  how: Pick<DamageReportEnded['data'], 'outcome' | 'choice' | 'stopped'>,
): DamageReportEnded => ({ type: 'DamageReportEnded', data: { reportId, shipmentId, orderId, ...how, endedAt: at } })

/**
 * Somebody says that units were damaged or lost on their way. A consumer is never too late before the law's own limits, whatever the terms
 * say; of a business the terms are asked (clause 7, forbrukerkjøpsloven § 27, vegfraktloven § 40). Said twice it is one report.
 */
export function damageReported(
  {
    shipmentId,
    at,
    reportId,
    kind,
    reportedBy,
    reportedAt: stated,
    lines: some,
    longLived,
    ...personal
  }: CommandData<'ReportDamage'>,
  state: RequestedShipment,
) {
  const { requested, dispatched, damages = [] } = state
  const { moment: reportedAt, wrong } = momentOf(stated, at, state)
  if (wrong) return refuse(wrong)
  const fault = some && faultOf(some, dispatched!.lines)
  if (fault) return refuse({ code: 'lines-not-in-shipment', detail: fault })
  const lines = some ?? dispatched!.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const before = damages.find((each) => each.reportId === reportId)
  if (before) {
    const isSame = before.kind === kind && before.reportedBy === reportedBy && isDeepStrictEqual(before.lines, lines)
    if (isSame) return accept()
    return refuse({ code: 'report-differs', detail: 'Something else was reported under this id.' })
  }
  if (damages.length >= MAX_DAMAGES)
    return refuse({ code: 'too-many-reports', detail: `${MAX_DAMAGES} things were reported of it already.` })

  const { reasons, ...timeliness } = timelinessOf(state, { reportedAt, longLived })
  const { orderId, cure } = requested
  const ids = { reportId, shipmentId, orderId, ...(cure && { cure }) }
  const told = { kind, lines, reportedBy, reportedAt, ...timeliness }
  return accept({ type: 'DamageReported', data: { ...ids, ...told, reasons, personal } } satisfies DamageReported)
}

/**
 * Whether what was reported is in time, and the last day on which the carrier is told: seven days, that are no Sunday nor holiday, after the
 * receipt, or after the report of what nobody has received (vegfraktloven § 40).
 */
export function timelinessOf(
  { requested, receivedAt }: RequestedShipment,
  { reportedAt, longLived }: { reportedAt: string; longLived: boolean },
) {
  const since = Temporal.Instant.from(receivedAt ?? reportedAt)
  const reported = Temporal.Instant.from(reportedAt)
  const { outcome, late, reasons } = termsOf(requested.terms.edition).transportDamage({
    customerKind: requested.customerKind,
    // Of what was not received, nobody can have been slow to look at it.
    receivedAt: Temporal.Instant.compare(since, reported) > 0 ? reported : since,
    reportedAt: reported,
    longLived,
  })
  const said = { outcome: outcome === 'granted' ? outcome : 'review', late } as const
  return { ...said, claimDueOn: carrierNoticeLastDay(osloDay(since)).toString(), reasons }
}

/**
 * What the customer chose of a loss, once and for good: whoever chooses first, of two at the same time too. Who withdrew is sent nothing any more
 * (angrerettloven § 23).
 */
export function settleLoss(command: CommandData<'SettleLoss'>, state: RequestedShipment) {
  const { shipmentId, at, reportId, choice, replacementId, withdrawn, by } = command
  const { requested, dispatched, receivedAt, damages = [] } = state
  const report = damages.find((each) => each.reportId === reportId)
  if (report === undefined) return refuse(unknownReport)
  if (report.settled === choice) return accept()
  if (report.ended)
    return refuse({
      code: 'report-ended',
      detail: 'It does not hold any more: the units came, or somebody reported them who has seen them.',
    })
  const notTheirs = whyNotToChoose(report, command, state)
  if (notTheirs) return refuse(notTheirs)
  if (requested.cure && choice === 'refund')
    return refuse({
      code: 'loss-of-cure',
      detail: 'It was sent for a complaint: it is sent again, or the complaint goes on since it never came.',
    })
  if (state.cureStopAnswered)
    return refuse({ code: 'cure-not-wanted', detail: 'It is not wanted any more: nothing is sent instead of it.' })
  if (report.settled !== undefined)
    return refuse({ code: 'loss-settled', detail: `The customer chose a ${report.settled} already.` })
  const isWhole = dispatched!.lines.every(({ lineId, quantity }) => countOf(report.lines, lineId) === quantity)
  if (receivedAt !== undefined && isWhole)
    return refuse({ code: 'shipment-delivered', detail: `All of it was received at ${receivedAt}.` })
  if (report.kind === 'damaged' && receivedAt !== undefined)
    return refuse({ code: 'not-lost', detail: 'It was received: what is damaged is a complaint, and not a loss.' })
  const over = beyondTheLeft(report, state)
  if (over) return refuse({ code: 'loss-settled', detail: settledElsewhere(over) })
  if (choice === 'replacement' && withdrawn.some(({ lineId }) => countOf(report.lines, lineId) > 0))
    return refuse({
      code: 'units-withdrawn',
      detail: 'The customer withdrew from units of it: they are paid back, and not sent again.',
    })
  const { orderId, originalShipmentId } = requested
  const ids = { reportId, shipmentId, orderId, ...(originalShipmentId && { originalShipmentId }) }
  const sent = choice === 'replacement' && { replacementId }
  const data = { ...ids, choice, lines: report.lines, ...sent, settledAt: at, personal: { by } }
  return accept({ type: 'LossSettled', data } satisfies LossSettled)
}

/** Why there is nothing to choose yet, or nothing at all: who bears the risk of what was lost owes its price (kjøpsloven §§ 12 and 13, forbrukerkjøpsloven § 14). */
function whyNotToChoose(
  report: Damage,
  { isCustomer, customersRisk }: CommandData<'SettleLoss'>,
  state: RequestedShipment,
) {
  if (isCustomer && !isKnownLost(report, state))
    return {
      code: 'loss-not-known',
      detail: 'Nobody but the customer says so yet: the carrier is asked first, and then it is theirs to choose.',
    }
  if (customersRisk)
    return {
      code: 'risk-is-customers',
      detail: 'It was lost at the customer’s risk, who owes the price: nothing is sent again or paid back for it.',
    }
  return undefined
}

/** The carrier was told: the task has ended. */
export function claimOfCarrier(
  { shipmentId, at, reportId, by }: CommandData<'ClaimOfCarrier'>,
  { requested: { orderId }, damages = [] }: RequestedShipment,
) {
  const report = damages.find((each) => each.reportId === reportId)
  if (report === undefined) return refuse(unknownReport)
  if (report.claimed) return accept()
  return accept({
    type: 'CarrierClaimed',
    data: { reportId, shipmentId, orderId, claimedAt: at, personal: { by } },
  } satisfies CarrierClaimed)
}

/**
 * Whether a loss is more than the customer's word, from when on they may choose by themselves: the warehouse or the carrier says so, or the shop
 * has claimed it of the carrier.
 */
const isKnownLost = ({ kind, reportedBy, claimed }: Damage, { status }: RequestedShipment) =>
  kind === 'lost' && (reportedBy !== 'customer' || claimed === true || status === 'lost')

export const unknownReport = {
  code: 'damage-report-unknown',
  detail: 'Nothing was reported under this id of this shipment.',
}

/** Units that the customer chose something for. */
export const settledOf = (damages: Damage[]) => damages.flatMap(({ settled, lines }) => (settled ? lines : []))

/** The units of a shipment that others are sent for. */
export const replacedIn = ({ damages = [], failed, dispatched }: RequestedShipment) =>
  failed?.ended === 'sent-again'
    ? dispatched!.lines
    : damages.flatMap(({ settled, lines }) => (settled === 'replacement' ? lines : []))

/** Whether all units of a shipment were lost and others are, or were to be, sent instead: of it nothing comes any more. */
export const isReplaced = (state: RequestedShipment) =>
  state.dispatched !== undefined && withoutUnits(state.dispatched.lines, replacedIn(state)).length === 0

/** Whether nothing of a shipment that left is waited for any more: others are sent, or its price is paid back and it did not come after all. */
export const isMadeGood = (state: RequestedShipment) =>
  isReplaced(state) ||
  (state.dispatched !== undefined &&
    state.receivedAt === undefined &&
    withoutUnits(state.dispatched.lines, settledOf(state.damages ?? [])).length === 0)

export const withDamage = (state: RequestedShipment, { data }: DamageReported): Damage[] => {
  const { reportId, kind, lines, reportedBy } = data
  return [...(state.damages ?? []), { reportId, kind, lines, reportedBy }]
}
/** What was reported once it does not hold any more: what was to be sent instead and never leaves, nobody has chosen. */
export const withEnded = (state: RequestedShipment, { reportId, outcome, stopped }: DamageReportEnded['data']) =>
  changedDamage(state, reportId, { ended: outcome, ...(stopped && { settled: undefined, replacementId: undefined }) })
export const withChoice = (state: RequestedShipment, { reportId, choice, replacementId }: LossSettled['data']) =>
  changedDamage(state, reportId, { settled: choice, ...(replacementId && { replacementId }) })
export const changedDamage = (state: RequestedShipment, reportId: string, change: Partial<Damage>) =>
  (state.damages ?? []).map((each) => (each.reportId === reportId ? { ...each, ...change } : each))
