import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, openDesk } from './ask-cases.ts'
import { type CaseFacts, momentOf, told } from './told-case.ts'

/** Worked cases of what a contract needs, when goods come, and when money is taken. */

const { call, clock, hear } = await openDesk()
const PLACED = '2026-06-01T07:00:00Z'

/** An order as far as a case tells it: placed, confirmed at a moment or not. */
async function ordered({ confirmedAt, bounced = false }: { confirmedAt?: string; bounced?: boolean }) {
  const id = crypto.randomUUID()
  const { placed, inFull } = told(id)
  const placedAt = confirmedAt ?? PLACED
  await hear('OrderPlaced', id, { ...placed, placedAt })
  if (confirmedAt) await hear('ContractFormed', id, { formedAt: confirmedAt, documents: inFull('nb') })
  if (bounced) await hear('ConfirmationBounced', id)
  clock.at = Temporal.Instant.from(placedAt).add({ hours: 12 }).toString()
  return (await call('support', 'GET', `/orders/${id}/entitlements`)).body
}

/** An acknowledgement and a payment are no confirmation, and one that came back neither. */
async function formed({ confirmationDeliveredAt, confirmationBounced }: CaseFacts): Promise<Answer> {
  const confirmedAt = confirmationDeliveredAt as string | undefined
  const { formation } = await ordered(confirmationBounced ? { confirmedAt: PLACED, bounced: true } : { confirmedAt })
  return { formed: formation.outcome === 'granted', formedAt: formation.formedAt }
}

async function expected({ confirmedAt }: CaseFacts): Promise<Answer> {
  const { delivery } = await ordered({ confirmedAt: momentOf(confirmedAt as string) })
  return { latestDelivery: delivery.latest, estimateFrom: delivery.from, estimateTo: delivery.to }
}

/** Whether the seller may go back on it for a mistake without a person who finds that it was obvious. */
async function goneBackOn({ stage }: CaseFacts): Promise<Answer> {
  const { sellerCorrection } = await ordered({ confirmedAt: stage === 'confirmed' ? PLACED : undefined })
  const mayCancel = sellerCorrection.outcome === 'granted'
  return { mayCancel, allowed: mayCancel, needsHumanApproval: sellerCorrection.needsHumanApproval }
}

const line = (lineId: string, kroner: number) => ({ lineId, quantity: 1, total: kroner * 100 })
const unit = (lineId: string) => ({ lineId, quantity: 1 })

/** What may be taken of a payment is asked on given facts: goods of 600 and 400, and a delivery of 99. */
async function captured(facts: CaseFacts): Promise<Answer> {
  const { authorised = 1099, alreadyCaptured = 0, captureRequest } = facts as Record<string, number | undefined>
  const first = { lines: [unit('1')], handedOverAt: '2026-06-02T10:00:00Z' }
  const second = { lines: [unit('2')], handedOverAt: '2026-06-03T10:00:00Z' }
  const isWhole = facts.shipped === 'all' || alreadyCaptured > 0 || captureRequest !== undefined
  const parcels = facts.shippedLines === 600 ? [first] : isWhole ? [first, second] : []
  const withdrawn = { lines: [unit('1'), unit('2')], outcome: 'open', noticeReceivedAt: '2026-06-02T10:00:00Z' }
  const payment = {
    authorised: authorised * 100,
    captured: alreadyCaptured * 100,
    deliveryCaptured: alreadyCaptured > 0,
  }
  const { status, body } = await call('nobody', 'POST', '/eligibility', {
    ...{ customerKind: 'consumer', placedAt: PLACED, formedAt: PLACED, at: '2026-06-04T10:00:00Z', parcels },
    ...{ lines: [line('1', 600), line('2', 400)], delivery: { paid: 9_900 } },
    ...(facts.cancelled ? { cancelledAt: '2026-06-02T10:00:00Z' } : {}),
    ...(facts.withdrawn ? { returns: [withdrawn] } : {}),
    payment: { ...payment, ...(facts.authExpired ? { expired: true } : {}) },
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  const { outcome, amount, release } = body.capture
  const allowed = captureRequest === undefined ? outcome === 'granted' : amount >= captureRequest * 100
  return { capture: amount / 100, void: release / 100, allowed }
}

askCases(import.meta.url, {
  ...{ O001: formed, O002: formed, O003: formed, O004: formed, O005: goneBackOn, O007: goneBackOn, O019: goneBackOn },
  ...{ O014: expected, O015: expected, O016: expected, P001: captured, P002: captured, P004: captured },
  ...{ P005: captured, P006: captured, P007: captured, P008: captured, P009: captured, P012: captured },
})
