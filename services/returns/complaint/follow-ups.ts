import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { apply } from '../order-facts/projection.ts'
import { updateOrder } from '../order-facts/store.ts'
import type { ComplaintMail } from './mails/kinds.ts'
import type { StoredComplaint } from './store.ts'

/** What is known of the order changes, and the customer is told each step once. */
export async function planFollowUps(
  trx: Transaction<Database>,
  { stored, events, at }: { stored: StoredComplaint; events: ComplaintEvent[]; at: string },
  { jobs }: Pick<Deps, 'jobs'>,
) {
  const { personal } = await updateOrder(trx, stored.state.received.orderId, (order) => events.reduce(apply, order))
  const isPaidBack = events.some(({ type }) => type === 'RefundDecided')
  for (const event of events) {
    // Of goods that are here already nobody is asked to send them: what comes back is all that there is to tell.
    const told = isPaidBack && event.type === 'RemedyChosen' ? undefined : mailOf(event)
    if (told) await queueMail(trx, jobs, { aboutId: stored.id, recipient: personal.email!, at, ...told })
  }
}

/** The mail that an event sends going, with what was decided. */
function mailOf({ type, data }: ComplaintEvent): { kind: ComplaintMail; detail: object } | undefined {
  switch (type) {
    case 'ComplaintReceived':
      return data.lines.length > 0 ? { kind: 'complaint-received', detail: { guarantees: data.guarantees } } : undefined
    case 'ComplaintAssessed': {
      const { outcome, choices, repairMonths, guarantees, reasons, assessedAt } = data
      return { kind: `complaint-${outcome}`, detail: { choices, repairMonths, guarantees, reasons, assessedAt } }
    }
    case 'RemedyChosen':
      return { kind: 'remedy-chosen', detail: { remedy: data.remedy, doneBy: data.doneBy, reasons: data.reasons } }
    case 'CureUnavailable':
      return { kind: 'cure-unavailable', detail: { choices: data.choices, reasons: data.reasons } }
    case 'CureGoodsReceived':
      return { kind: 'cure-goods-received', detail: { remedy: data.remedy } }
    case 'CureUnderway': {
      const { step, carrier, trackingNumber } = data
      return step === 'dispatched' && carrier ? { kind: 'cure-sent', detail: { carrier, trackingNumber } } : undefined
    }
    case 'CureDone':
      return { kind: 'cure-done', detail: { remedy: data.remedy } }
    case 'CureFailed':
      return { kind: 'complaint-accepted', detail: { choices: data.choices, reasons: data.reasons, failed: true } }
    case 'ChoiceReminded':
    case 'ChoiceOverdue':
      return {
        kind: type === 'ChoiceReminded' ? 'choice-reminder' : 'choice-overdue',
        detail: { choices: data.choices, reasons: data.reasons },
      }
    case 'SendBackReminded':
    case 'SendBackOverdue': {
      const { sendBackBy, reasons, cureId } = data
      const about = cureId ? 'defective' : 'complaint-send-back'
      return {
        kind: `${about}-${type === 'SendBackReminded' ? 'reminder' : 'overdue'}`,
        detail: { sendBackBy, reasons },
      }
    }
    case 'CureGoodsWaived':
      return { kind: 'defective-waived', detail: { lines: data.lines } }
    case 'RefundDecided': {
      const { lines, deliveryAmount, amount, dueOn, reduction, reasons } = data
      return { kind: 'complaint-refund', detail: { lines, deliveryAmount, amount, dueOn, reduction, reasons } }
    }
    case 'ComplaintNarrowed':
      return { kind: 'complaint-narrowed', detail: { gone: data.gone, left: data.left, reasons: data.reasons } }
    case 'ComplaintEnded':
      return data.outcome === 'given-up' ? { kind: 'complaint-ended', detail: {} } : undefined
    default:
      return undefined
  }
}
