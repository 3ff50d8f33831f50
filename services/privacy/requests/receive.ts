import { osloDay } from '@vilkar/terms/calendar.ts'
import { freeAnswer, requestDue } from '@vilkar/terms/privacy/requests.ts'
import { objection, routing, withdrawalOfConsent } from '@vilkar/terms/privacy/rights.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { forget } from '../consent/record.ts'
import type { Database } from '../database.ts'
import { beginExport } from '../exports/begin.ts'
import { eraseExportsOf } from '../exports/store.ts'
import { recallKept } from '../retention/recall.ts'
import { restrict, wishErasedAfterAll } from '../subjects/restrictions.ts'
import { endMarketing, needsNoProof } from './end-marketing.ts'
import { erasePerson } from './erase-person.ts'
import { askedBefore, insertRequest, lockRequest, type RequestRow, setRequest } from './store.ts'
import type { Channel, RequestKind, RequestPersonal, RequestState } from './tables.ts'

export type Asked = {
  id: string
  controller: PolicyId
  kind: RequestKind
  channel: Channel
  keys: string[]
  receivedOn: string
  purpose?: string
  orderId?: string
  language?: 'nb' | 'en'
  personal: RequestPersonal
}
const date = (day: string | undefined) => (day === undefined ? undefined : Temporal.PlainDate.from(day))

/** By which day a request is answered; undefined while proof of identity is waited for. Source: GDPR Art. 12(3), 12(6). */
export function dueOnOf(controller: PolicyId, receivedOn: string, { doubted, provenOn, extension }: RequestState) {
  const identity = doubted && { doubted: true, askedAtOnce: doubted.atOnce, provenOn: date(provenOn) }
  return requestDue(policyOf(controller), {
    ...{ receivedOn: Temporal.PlainDate.from(receivedOn), identity },
    ...(extension && { extensionToldOn: date(extension.toldOn), extensionReasoned: true }),
  })
}

/**
 * Keeps a request, says by when it is answered, and carries out what needs no person: of who is signed in, followed a link to their own
 * address, or is known to who of the staff wrote it down; an end to marketing of anybody. All else waits for a person, and the month
 * runs all the same; what an organisation decides about waits until it is passed on. Said again under its id it is one request, and `differs` tells that something else stands under it.
 */
export async function receive(trx: Transaction<Database>, asked: Asked, at: Temporal.Instant) {
  const { id, controller, kind, channel, keys, receivedOn, personal } = asked
  const route = asked.purpose === undefined ? undefined : routing(policyOf(controller), asked.purpose)
  const { dueOn, reasons } = dueOnOf(controller, receivedOn, { reasons: [] })
  const free = freeAnswer({ repeated: await askedBefore(trx, { id, controller, kind, keys, receivedOn }) })
  const state: RequestState = {
    ...(asked.purpose !== undefined && { purpose: asked.purpose }),
    ...(asked.orderId !== undefined && { orderId: asked.orderId }),
    ...(asked.language !== undefined && { language: asked.language }),
    reasons: [...reasons, ...free.reasons, ...(route?.reasons ?? [])],
  }
  const isTheirs = route?.controller === 'organisation'
  const isKnown = channel === 'signed-in' || channel === 'link' || personal.recordedBy !== undefined
  const isProven = isKnown || needsNoProof(asked)
  const status = isTheirs ? 'to-pass-on' : isProven ? 'open' : 'waiting-for-identity'
  const isNew = await insertRequest(trx, {
    ...{ id, controller, kind, channel, subjects: keys, received_on: receivedOn, recorded_at: at.toString() },
    ...{ status, answered_at: null },
    ...{ due_on: dueOn?.toString() ?? null, state: JSON.stringify(state), personal: JSON.stringify(personal) },
  })
  const kept = (await lockRequest(trx, id))!
  // Whoever asks again is the person who asked: nobody else hears what stands under an id.
  const isTheSame =
    kept.kind === kind && kept.controller === controller && kept.subjects.some((key) => keys.includes(key))
  if (!isNew) return { row: kept, isNew, differs: !isTheSame }
  // The consent ends now; what the organisation has of it is the organisation’s, and it still has to hear of it.
  if (status === 'to-pass-on' && kind === 'withdraw-consent') await endMarketing(trx, kept, at)
  await carryOut(trx, kept, at)
  return { row: (await lockRequest(trx, id))!, isNew, differs: false }
}

/** What needs no person is done at once; what was done before is not done again. */
export async function carryOut(trx: Transaction<Database>, row: RequestRow, at: Temporal.Instant) {
  const controller = row.controller as PolicyId
  if (row.status !== 'open' && row.status !== 'answered') return
  const changed = { status: row.status, dueOn: row.due_on, answeredAt: row.answered_at, personal: row.personal }
  if (row.kind === 'erase') {
    const { received_on: receivedOn, subjects: keys } = row
    const isFirst = row.state.lookedOn === undefined
    if (isFirst) await endMarketing(trx, row, at)
    if (isFirst) await wishErasedAfterAll(trx, controller, keys)
    // What is asked for later is made of what is held then.
    if (isFirst) await eraseExportsOf(trx, controller, keys)
    const carriedOutAt = row.state.carriedOutAt ?? (isFirst ? at.toString() : row.recorded_at)
    const asked = { controller, keys, receivedOn, heldBy: Temporal.Instant.from(carriedOutAt) }
    const kept = await erasePerson(trx, { ...asked, before: row.state.kept ?? [], at })
    const state = { ...row.state, kept, carriedOutAt, lookedOn: osloDay(at).toString() }
    await setRequest(trx, row.id, { ...changed, state })
    // What stays is only stored from here on (GDPR Art. 18(2)).
    if (kept.length > 0) await restrictAll(trx, row, at)
  }
  if (row.kind === 'restrict') {
    await restrictAll(trx, row, at)
    await setRequest(trx, row.id, { ...changed, status: 'answered', answeredAt: at.toString(), state: row.state })
  }
  if (row.kind === 'withdraw-consent') {
    const state = withReasons(row.state, withdrawalOfConsent(policyOf(controller)).reasons)
    const done = await endMarketing(trx, row, at)
    const over = done ? { status: 'answered' as const, answeredAt: at.toString() } : {}
    await setRequest(trx, row.id, { ...changed, ...over, state })
  }
  if (row.kind === 'object') await object(trx, row, at)
  if (row.kind === 'access' || row.kind === 'portability') {
    const { id, kind, subjects: keys, state } = row
    await beginExport(trx, { id, controller, kind, keys, language: state.language ?? 'nb' }, at)
  }
}

/** What was decided later, each reason once. */
export const withReasons = (state: RequestState, more: readonly Reason[]): RequestState => ({
  ...state,
  reasons: [...state.reasons, ...more.filter(({ code }) => !state.reasons.some((each) => each.code === code))],
})

/** Against marketing without a condition; against the rest a person weighs it, and the data are only stored until then. */
async function object(trx: Transaction<Database>, row: RequestRow, at: Temporal.Instant) {
  const policy = policyOf(row.controller as PolicyId)
  const purpose = row.state.purpose === 'legitimate-interest' ? 'legitimate-interest' : 'direct-marketing'
  const ruling = objection({ policy, purpose })
  const state = withReasons(row.state, ruling.reasons)
  if (purpose === 'direct-marketing') await endMarketing(trx, row, at)
  else await restrictAll(trx, row, at)
  const done = ruling.outcome === 'granted'
  await setRequest(trx, row.id, {
    ...{ status: done ? 'answered' : 'open', answeredAt: done ? at.toString() : null },
    ...{ dueOn: row.due_on, state, personal: row.personal },
  })
}

/** Only stored from here on; where the person asked for just that, it is kept for as long. */
async function restrictAll(
  trx: Transaction<Database>,
  { id, kind, controller, subjects }: RequestRow,
  at: Temporal.Instant,
) {
  const of = { controller, request_id: id, keeps: kind === 'restrict', since: at.toString(), ended_at: null }
  await restrict(
    trx,
    subjects.map((subject) => ({ ...of, subject })),
  )
  if (of.keeps) await recallKept(trx, controller as PolicyId, at)
  for (const subject of subjects) await forget(trx, { subject, recordedAt: at.toString() })
}
