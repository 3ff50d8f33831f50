import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, clock, mailbox, at, eligibility, withdraw, refundOf, lookedAt, offered } = desk

/** The last day, by the answer of any day, and to the second by asking on either side of its end. */
async function deadline(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  // What was told later is known then.
  if (facts.infoGivenAt) at(momentOf(facts.infoGivenAt))
  const { lines } = await eligibility(id, clock.at)
  const withdrawal = lines[0].withdrawal
  if (withdrawal.until === undefined)
    return { lastDay: null, state: 'not-started', canWithdrawNow: withdrawal.outcome === 'granted' }
  const end = Temporal.PlainDate.from(withdrawal.until).add({ days: 1 }).toZonedDateTime('Europe/Oslo').toInstant()
  const outcomeAt = async (moment: Temporal.Instant) =>
    (await eligibility(id, moment.toString())).lines[0].withdrawal.outcome
  const isOpen = (await outcomeAt(end.subtract({ seconds: 1 }))) === 'granted'
  const isOver = (await outcomeAt(end)) === 'refused'
  const months = Temporal.PlainDate.from(withdrawal.until).since(clock.at.slice(0, 10), { largestUnit: 'month' }).months
  return {
    ...{ lastDay: withdrawal.until, withdrawalInfoComplete: months < 6 },
    firstInstantTooLateUtc: isOpen && isOver ? end.toString() : 'at another moment',
  }
}

async function notice(facts: CaseFacts): Promise<Answer> {
  const { noticeSentAt, noticeReceivedAt, channel = 'email' } = facts as Record<string, string | undefined>
  const id = await tell(desk, facts)
  const { lastDay } = await deadline(facts)
  at(momentOf(noticeReceivedAt ?? noticeSentAt ?? '2026-06-05'))
  if (facts.orderRefGiven) return unclear(id)
  const lines = facts.withdrawLines ? [{ lineId: '1', quantity: 1 }] : undefined
  const said = { channel, ...(noticeSentAt && { noticeSentAt: momentOf(noticeSentAt) }), ...(lines && { lines }) }
  const { status, body } = await withdraw(id, said)
  const mails = () => mailbox.to(`kari.${id}@example.com`)
  if (status === 201) await eventually('the receipt', async () => mails().length > 0)
  return {
    ...{ lastDay, inTime: status === 201, validNotice: status === 201, reasonRequired: status !== 201 },
    ...{ linesWithdrawn: body.lines?.length, ackRequired: mails().length > 0, ackWhen: 'immediately' },
    ackMedium: mails().some(({ attachments }) => attachments.length > 0) ? 'durable' : undefined,
  }
}

/** A letter that names no order that there is: a person finds it, and it counts from when it was sent. */
async function unclear(id: string): Promise<Answer> {
  const said = { channel: 'email', orderNumber: 'SG-100I0-100I0', name: 'Kari', email: `kari.${id}@example.com` }
  const { body } = await call('support', 'POST', '/statements', { ...said, statement: 'I withdraw from this.' })
  // An order of that number may still be heard of; after a while a person looks.
  at(later(clock.at, 2))
  await desk.look()
  const { status } = await call('support', 'PUT', `/statements/${body.id}/clarification`, { orderId: id })
  const { body: found } = await call('support', 'GET', `/orders/${id}/returns`)
  return { validNotice: status === 200 && found.items.length === 1 }
}

async function applicability(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  if (facts.lineFlags?.includes('hygiene-sealed')) {
    at(later(RECEIVED, 24))
    const seal = facts.sealBrokenByConsumer ? 'broken' : 'intact'
    return {
      statutoryWithdrawal: (await lookedAt(id, { seal, less: seal === 'broken' ? 50_000 : 0, why: 'seal-broken' })) > 0,
    }
  }
  const { lines } = await eligibility(id, later(RECEIVED, 24))
  const outcomes = (lines as { withdrawal: { outcome: string } }[]).map(({ withdrawal }) => withdrawal.outcome)
  return {
    statutoryWithdrawal: outcomes[0] === 'granted',
    withdrawableLines: outcomes.flatMap((outcome, i) => (outcome === 'granted' ? [i + 1] : [])),
  }
}

async function due(facts: CaseFacts): Promise<Answer> {
  const { noticeReceivedAt, goodsReceivedAt, proofOfSendingAt, basis } = facts as Record<string, string | undefined>
  if (basis === 'voluntary') return { refundDueBy: (await offered(facts, later(RECEIVED, 480), goodsReceivedAt)).dueOn }
  const id = await tell(desk, { ...facts, receivedAt: later(momentOf(noticeReceivedAt!), -48) })
  at(momentOf(noticeReceivedAt!))
  const { body } = await withdraw(id, { channel: 'email' })
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

askCases(
  {
    ...{ 'withdrawal-deadline': deadline, 'withdrawal-missing-info': deadline, 'withdrawal-notice': notice },
    ...{ 'withdrawal-applicability': applicability, 'return-shipping-deadline': sendBack },
    ...{ 'refund-due': due, 'return-cost': cost },
  },
  {
    ...{ W052: 'nothing is said', W053: 'nothing is said', W054: 'nothing is said' },
    ...{
      W089: 'terms that do not tell of the exception are not ours',
      W090: 'who broke a seal is not told by a parcel',
    },
    ...{ W092: 'terms of another shop', W093: 'terms of another shop', W094: 'no software is sold' },
    ...{
      D006: 'goods are not collected',
      D009: 'what never left: shown with the case L01',
      D013: 'terms of another shop',
    },
    ...{ C005: 'a complaint, not a withdrawal', C007: 'nothing is sold that the post does not take' },
    ...{ C008: 'there is no fee to ask for' },
  },
)
