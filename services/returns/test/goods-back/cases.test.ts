import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, clock, at, eligibility, withdraw, refundOf, offered } = desk

async function due(facts: CaseFacts): Promise<Answer> {
  const { noticeReceivedAt, goodsReceivedAt, proofOfSendingAt, basis } = facts as Record<string, string | undefined>
  if (basis === 'voluntary') return { refundDueBy: (await offered(facts, later(RECEIVED, 480), goodsReceivedAt)).dueOn }
  const id = await tell(desk, { ...facts, receivedAt: later(momentOf(noticeReceivedAt!), -48) })
  at(momentOf(noticeReceivedAt!))
  const { body } = await withdraw(id, { channel: 'email' })
  if (facts.traderCollects) await call('support', 'PUT', `/returns/${body.id}/collection`, {})
  if (proofOfSendingAt) {
    at(momentOf(proofOfSendingAt))
    const proof = { carrier: 'Posten', trackingNumber: 'TEST1NO', sentAt: clock.at }
    await call('support', 'PUT', `/returns/${body.id}/proof-of-sending`, proof)
  }
  if (goodsReceivedAt) {
    at(momentOf(goodsReceivedAt))
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
  }
  at(later(clock.at, 24 * 30))
  const refund = await refundOf(body.id)
  return { refundDueBy: refund?.dueOn ?? null, withheld: refund === undefined }
}

async function sendBack(facts: CaseFacts): Promise<Answer> {
  const { noticeSentAt, returnDispatchedAt } = facts as Record<string, string | undefined>
  const id = await tell(desk, { ...facts, receivedAt: later(momentOf(noticeSentAt!), -48) })
  at(momentOf(noticeSentAt!))
  const { body } = await withdraw(id, { channel: 'email' })
  const { sendBackBy } = body
  if (!returnDispatchedAt) return { sendBackBy }
  const sentAt = momentOf(returnDispatchedAt)
  at(later(sentAt, 1))
  const proof = { carrier: 'Posten', trackingNumber: 'TEST1NO', sentAt }
  const { status } = await call('support', 'PUT', `/returns/${body.id}/proof-of-sending`, proof)
  const day = Temporal.Instant.from(sentAt).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const inTime = Temporal.PlainDate.compare(day, sendBackBy) <= 0
  return { sendBackBy, inTime, withdrawalStillValid: status === 200 && (await refundOf(body.id)) !== undefined }
}

async function cost(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  if (facts.sellerAgreedToBear)
    await call('support', 'PUT', `/orders/${id}/agreements/${crypto.randomUUID()}`, {
      ...{ changes: { returnCost: 'seller' }, text: 'We pay for the way back.', party: 'Kari Eksempel' },
      agreedAt: clock.at,
    })
  const [line] = (await eligibility(id, later(RECEIVED, 24))).lines
  return { bearer: line.returnCost.bearer === 'customer' ? 'consumer' : line.returnCost.bearer }
}

/** Nothing has left: what was paid for units that never leave is owed from the notice on, and is not withheld for goods. */
async function neverSent(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, { ...facts, receivedAt: null })
  at(momentOf(facts.noticeReceivedAt as string))
  await withdraw(id, { channel: 'email' })
  const [due] = (await eligibility(id, clock.at)).refundsDue
  return { refundDueBy: due?.dueOn, withheld: due?.withheld }
}

/** A later day to pay back than the law gives is nothing that can be agreed. */
async function laterRefund(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { status } = await call('support', 'PUT', `/orders/${id}/agreements/${crypto.randomUUID()}`, {
    ...{ changes: { refundDays: facts.termsRefundDays }, text: 'Later.', party: 'Kari Eksempel', agreedAt: clock.at },
  })
  at(later(RECEIVED, 24))
  const { body } = await withdraw(id, { channel: 'email' })
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
  const told = Temporal.Instant.from(clock.at).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const { dueOn } = await refundOf(body.id)
  return { appliedDays: told.until(dueOn).days, violation: status === 400 }
}

/** What is wrong with goods goes back at the seller's cost: a carrier takes it. */
async function wrongItem(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  const { body } = await call('support', 'POST', `/orders/${id}/complaints`, { defect: 'It is another one.' })
  await call('support', 'PUT', `/complaints/${body.id}/assessment`, { outcome: 'accepted' })
  await call('support', 'PUT', `/complaints/${body.id}/choice`, { remedy: 'repair' })
  const { status } = await call('support', 'PUT', `/returns/${body.id}/label`)
  return { bearer: status === 200 ? 'seller' : 'consumer' }
}

/** No door deducts a fee from what is paid back. */
async function fee(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  const { body } = await withdraw(id, { channel: 'email' })
  const unit = { lineId: '1', quantity: 1, complete: true, wear: 'used', fitForSale: true }
  await call('warehouse', 'PUT', `/returns/${body.id}/inspection`, { units: [unit] })
  const amount = (facts.restockingFee as number) * 100
  const deductions = [{ lineId: '1', quantity: 1, amount, why: 'restocking-fee' }]
  const said = { deductions, grounds: 'It takes work.' }
  const { status } = await call('support', 'PUT', `/returns/${body.id}/assessment`, said)
  return { allowed: status === 200, violation: status === 400 }
}

askCases(import.meta.url, {
  ...{ 'return-shipping-deadline': sendBack, 'refund-due': due, 'return-cost': cost },
  ...{ C005: wrongItem, C008: fee, D009: neverSent, D013: laterRefund },
})
