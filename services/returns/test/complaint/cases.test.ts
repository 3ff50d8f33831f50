import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, clock, at, eligibility } = desk

async function complaintWindow(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(momentOf(facts.complaintAt as string))
  const [line] = (await eligibility(id, clock.at)).lines
  const { body } = await call('support', 'POST', `/orders/${id}/complaints`, {
    ...{
      defect: 'It broke.',
      channel: 'email',
      noticedAt: momentOf((facts.discoveredAt ?? facts.complaintAt) as string),
    },
  })
  return { lastDay: line.complaint.until, inTime: body.status !== 'rejected' }
}

/** A complaint of everything, told when the defect was noticed and when it showed, as far as the case says. */
async function complain(facts: CaseFacts) {
  const { discoveredAt, appearedAt } = facts as Record<string, string | undefined>
  const id = await tell(desk, { deliveredAt: '2026-01-10', ...facts })
  at(momentOf((facts.complaintAt ?? appearedAt ?? '2026-03-01') as string))
  const said = { defect: 'It broke.', channel: 'email', ...(appearedAt && { showedAt: momentOf(appearedAt) }) }
  const noticedAt = discoveredAt ? momentOf(discoveredAt) : clock.at
  const { body } = await call('support', 'POST', `/orders/${id}/complaints`, { ...said, noticedAt })
  return body
}

async function complaintRules(facts: CaseFacts): Promise<Answer> {
  if (facts.parcels) return ofEachParcel(facts)
  const complaint = await complain(facts)
  const [line] = complaint.lines
  const put = async (what: string, body: object) =>
    (await call('support', 'PUT', `/complaints/${complaint.id}/${what}`, body)).body
  if (facts.cause) {
    const shown = {
      instructionsCorrect: facts.manualCorrect,
      instructionsSupplied: true,
      grounds: 'It was put up wrongly.',
    }
    const { status } = await put('assessment', { outcome: 'rejected', cause: facts.cause, ...shown })
    return { sellerLiable: status !== 'rejected' }
  }
  if (facts.requested || facts.previousRemedies || facts.rescissionAsked) return remedied(facts, put)
  return {
    relativeDeadlineMet: line?.outcome === 'review' ? 'review' : line?.outcome === 'granted',
    ...{ inTime: complaint.status !== 'rejected', presumedExistingAtDelivery: line?.presumed },
  }
}

/** What the customer may choose from, once the seller answers for it. */
async function remedied(facts: CaseFacts, put: (what: string, body: object) => Promise<Record<string, unknown>>) {
  await put('assessment', { outcome: 'accepted' })
  if (facts.requested) {
    const { chosen } = await put('choice', { remedy: facts.requested })
    return { remedy: (chosen as { remedy: string }).remedy }
  }
  await put('choice', { remedy: 'repair' })
  await put('cure', {})
  const { choices } = await put('failure', { defect: 'It broke again.' })
  const { status } = await put('choice', { remedy: 'rescission' })
  return { next: choices, consumerMayRefuseFurtherRemedy: true, rescissionAllowed: status === 'returning' }
}

async function ofEachParcel({ parcels, defectIn, ...facts }: CaseFacts): Promise<Answer> {
  const each = parcels as { id: number; deliveredAt: string }[]
  const id = await tell(desk, { ...facts, parcelsReceivedAt: each.map(({ deliveredAt }) => deliveredAt) })
  const { lines } = await eligibility(id, '2026-01-10T10:00:00Z')
  return { lastDay: lines[each.findIndex((parcel) => parcel.id === defectIn)].complaint.until }
}

/** A person says that the seller was grossly negligent: no complaint is late then. */
async function atFault(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, { ...facts, deliveredAt: '2024-01-10' })
  at('2026-06-01T10:00:00Z')
  const said = { defect: 'It broke.', channel: 'email' }
  const complained = async (more: object) =>
    (await call('support', 'POST', `/orders/${id}/complaints`, { ...said, ...more })).body
  const { status } = await complained({})
  const { status: then } = await complained({ sellerAtFault: facts.grossNegligence })
  return { rightLost: status !== 'rejected' || then === 'rejected' }
}

const yearsUntil = (day: string) =>
  Temporal.Instant.from(RECEIVED).toZonedDateTimeISO('Europe/Oslo').toPlainDate().until(day, { largestUnit: 'year' })
    .years

/** A guarantee is told with the goods, and complained by. */
async function guaranteed(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const [{ complaint }] = (await eligibility(id, '2027-01-10T10:00:00Z')).lines
  return { windowYears: yearsUntil(complaint.until) }
}

/** Every product here says how long it is meant to last; of one that does not, what is asked on given facts is answered. */
async function unknownLifetime(): Promise<Answer> {
  const { body } = await call('nobody', 'POST', '/eligibility', {
    ...{ customerKind: 'consumer', placedAt: '2026-05-28T10:00:00Z', formedAt: '2026-05-28T11:00:00Z' },
    ...{ at: '2029-06-10T10:00:00Z', lines: [{ lineId: '1', quantity: 1, total: 50_000 }] },
    parcels: [{ lines: [{ lineId: '1', quantity: 1 }], receivedAt: RECEIVED }],
  })
  const [{ complaint }] = body.lines
  return { windowYears: yearsUntil(complaint.until), review: complaint.outcome === 'review' }
}

/** What the terms exclude for businesses they do not for a consumer. */
async function excluded(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { liability } = (await call('support', 'GET', `/orders/${id}/entitlements`)).body
  return { applies: liability.indirect.outcome === 'refused' }
}

askCases(import.meta.url, {
  ...{ 'complaint-window': complaintWindow, 'complaint-rules': complaintRules, K015: unknownLifetime },
  ...{ K020: atFault, K021: guaranteed, K024: excluded },
})
