import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, clock, mailbox, at, eligibility, withdraw, lookedAt } = desk

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
  if (facts.statement === null) return silent(id, facts.returnDispatchedAt as string | undefined)
  const lines = facts.withdrawLines ? [{ lineId: '1', quantity: 1 }] : undefined
  const said = { channel, ...(noticeSentAt && { noticeSentAt: momentOf(noticeSentAt) }), ...(lines && { lines }) }
  const { status, body } = await withdraw(id, said)
  const { items } = (await call('support', 'GET', `/orders/${id}/statements`)).body
  const recordCall = items[0].channel === 'phone' && items[0].recordedBy !== undefined
  const mails = () => mailbox.to(`kari.${id}@example.com`)
  if (status === 201) await eventually('the receipt', async () => mails().length > 0)
  return {
    ...{ lastDay, inTime: status === 201, validNotice: status === 201, reasonRequired: status !== 201 },
    ...(channel === 'phone' && { recordCall }),
    ...{ linesWithdrawn: body.lines?.length, ackRequired: mails().length > 0, ackWhen: 'immediately' },
    ackMedium: mails().some(({ attachments }) => attachments.length > 0) ? 'durable' : undefined,
  }
}

/** Nothing was said: nothing is withdrawn from, until the customer says that they meant it; what they did before counts as its day then. */
async function silent(id: string, dispatchedAt?: string): Promise<Answer> {
  const listed = async (what: string) => (await call('support', 'GET', `/orders/${id}/${what}`)).body.items.length
  const validNotice = (await listed('statements')) + (await listed('returns')) > 0
  if (dispatchedAt === undefined) return { validNotice }
  at(later(momentOf(dispatchedAt), 24 * 20))
  const { status } = await withdraw(id, { channel: 'phone', noticeSentAt: momentOf(dispatchedAt) })
  const honoured = 'contact-customer-and-treat-dispatch-as-notice-if-confirmed'
  return { validNotice, action: status === 201 ? honoured : 'refuse' }
}

/** The first of the two buttons: what was filled in is given back, and nothing is said. */
async function drafted(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(facts.step1SubmittedAt as string)
  const said = { name: 'Kari Eksempel', orderNumber: 'SG-7K2M9-4QXTB', email: `kari.${id}@example.com` }
  const { status, body } = await call('nobody', 'POST', '/withdrawal-function/drafts', said)
  const { items } = (await call('support', 'GET', `/orders/${id}/statements`)).body
  return { withdrawn: items.length > 0, draftKept: status === 200 && body.filledIn.email === said.email }
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
    const { sealBrokenByConsumer: byConsumer, sealBrokenInTransit: inTransit } = facts
    // Who knows that it broke on the way takes nothing off.
    const less = byConsumer ? 50_000 : 0
    const paid = await lookedAt(id, { seal: byConsumer || inTransit ? 'broken' : 'intact', less, why: 'seal-broken' })
    return { statutoryWithdrawal: paid > 0, ...(inTransit ? { alsoDefect: await isDefect(facts) } : {}) }
  }
  const { lines } = await eligibility(id, later(RECEIVED, 24))
  const outcomes = (lines as { withdrawal: { outcome: string } }[]).map(({ withdrawal }) => withdrawal.outcome)
  return {
    statutoryWithdrawal: outcomes[0] === 'granted',
    withdrawableLines: outcomes.flatMap((outcome, i) => (outcome === 'granted' ? [i + 1] : [])),
  }
}

/** Whether a complaint of it is taken. */
async function isDefect(facts: CaseFacts) {
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  const { body } = await call('support', 'POST', `/orders/${id}/complaints`, { defect: 'The seal was broken.' })
  return body.status === 'received'
}

/** What nothing here is sold like is asked on given facts. */
async function given({ lineFlags = [], sealBrokenByConsumer: sealBroken, exceptionDisclosed: exceptions }: CaseFacts) {
  const traits = {
    hygieneSealed: lineFlags.includes('hygiene-sealed'),
    sealedMedia: lineFlags.includes('sealed-software'),
  }
  const [unit] = [{ lineId: '1', quantity: 1 }]
  const { body } = await call('nobody', 'POST', '/eligibility', {
    ...{ customerKind: 'consumer', at: later(RECEIVED, 24), formedAt: later(RECEIVED, -95) },
    ...{ placedAt: later(RECEIVED, -96), disclosures: { exceptions } },
    ...{ lines: [{ ...unit, total: 50_000, traits, sealBroken }], parcels: [{ lines: [unit], receivedAt: RECEIVED }] },
  })
  const { outcome } = body.lines[0].withdrawal
  return { statutoryWithdrawal: outcome === 'review' ? outcome : outcome === 'granted' }
}

/** Other days than those of the terms are agreed in writing, or are not where the law gives more. */
async function otherDays(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { status, body } = await call('support', 'PUT', `/orders/${id}/agreements/${crypto.randomUUID()}`, {
    ...{ changes: { withdrawalDays: facts.termsWithdrawalDays }, text: 'Other days.', party: 'Kari Eksempel' },
    agreedAt: clock.at,
  })
  const [{ withdrawal }] = (await eligibility(id, later(RECEIVED, 24))).lines
  const received = Temporal.Instant.from(RECEIVED).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const byLaw = Temporal.PlainDate.from(withdrawal.until).since(received).days
  const agreed = status === 201 ? body.changes.withdrawalDays : byLaw
  return { appliedDays: agreed, violation: status === 409, lastDay: withdrawal.until }
}

askCases(import.meta.url, {
  ...{ 'withdrawal-deadline': deadline, 'withdrawal-missing-info': deadline, 'withdrawal-notice': notice },
  ...{ 'withdrawal-applicability': applicability, W052: drafted, W089: given, W094: given },
  ...{ W092: otherDays, W093: otherDays },
})
