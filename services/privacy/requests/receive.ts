import { osloDay } from '@vilkar/terms/calendar.ts'
import { requestDue } from '@vilkar/terms/privacy/requests.ts'
import { objection, routing } from '@vilkar/terms/privacy/rights.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { erasePerson } from './erase-person.ts'
import { insertRequest, lockRequest, type RequestRow, restrict, setRequest } from './store.ts'
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
 * address, or is known to who of the staff wrote it down. Of anybody else it waits for a person, and the month runs all the same. Said again under its id it is one request, and
 * `differs` tells that something else stands under it.
 */
export async function receive(trx: Transaction<Database>, asked: Asked, at: Temporal.Instant) {
  const { id, controller, kind, channel, keys, receivedOn, personal } = asked
  const route = asked.purpose === undefined ? undefined : routing(policyOf(controller), asked.purpose)
  const { dueOn, reasons } = dueOnOf(controller, receivedOn, { reasons: [] })
  const state: RequestState = {
    ...(asked.purpose !== undefined && { purpose: asked.purpose }),
    ...(asked.orderId !== undefined && { orderId: asked.orderId }),
    reasons: [...reasons, ...(route?.reasons ?? [])],
  }
  const passedOn = route?.controller === 'organisation'
  const isProven = channel === 'signed-in' || channel === 'link' || personal.recordedBy !== undefined
  const status = passedOn ? 'passed-on' : isProven ? 'open' : 'waiting-for-identity'
  const isNew = await insertRequest(trx, {
    ...{ id, controller, kind, channel, subjects: keys, received_on: receivedOn, recorded_at: at.toString() },
    ...{ status, answered_at: passedOn ? at.toString() : null },
    ...{ due_on: dueOn?.toString() ?? null, state: JSON.stringify(state), personal: JSON.stringify(personal) },
  })
  const kept = (await lockRequest(trx, id))!
  if (!isNew) return { row: kept, differs: kept.kind !== kind || kept.controller !== controller }
  if (!passedOn) await carryOut(trx, kept, at)
  return { row: (await lockRequest(trx, id))!, differs: false }
}

/** What needs no person is done at once; what was done before is not done again. */
export async function carryOut(trx: Transaction<Database>, row: RequestRow, at: Temporal.Instant) {
  const controller = row.controller as PolicyId
  if (row.status !== 'open' && row.status !== 'answered') return
  const changed = { status: row.status, dueOn: row.due_on, answeredAt: row.answered_at, personal: row.personal }
  if (row.kind === 'erase') {
    const { received_on: receivedOn, subjects: keys } = row
    const kept = await erasePerson(trx, { controller, keys, receivedOn, at })
    const state = { ...row.state, kept, lookedOn: osloDay(at).toString() }
    await setRequest(trx, row.id, { ...changed, state })
    // What stays is only stored from here on (GDPR Art. 18(2)).
    if (kept.length > 0) await restrictAll(trx, row, 'everything', at)
  }
  if (row.kind === 'restrict') {
    await restrictAll(trx, row, 'everything', at)
    await setRequest(trx, row.id, { ...changed, status: 'answered', answeredAt: at.toString(), state: row.state })
  }
  if (row.kind === 'object') await object(trx, row, at)
}

/** Against marketing without a condition; against the rest a person weighs it, and the data are only stored until then. */
async function object(trx: Transaction<Database>, row: RequestRow, at: Temporal.Instant) {
  const policy = policyOf(row.controller as PolicyId)
  const purpose = row.state.purpose === 'legitimate-interest' ? 'legitimate-interest' : 'direct-marketing'
  const ruling = objection({ policy, purpose })
  const state = { ...row.state, reasons: [...row.state.reasons, ...ruling.reasons] }
  await restrictAll(trx, row, purpose === 'direct-marketing' ? 'marketing' : 'everything', at)
  const done = ruling.outcome === 'granted'
  await setRequest(trx, row.id, {
    ...{ status: done ? 'answered' : 'open', answeredAt: done ? at.toString() : null },
    ...{ dueOn: row.due_on, state, personal: row.personal },
  })
}

const restrictAll = (
  trx: Transaction<Database>,
  { id, controller, subjects }: RequestRow,
  scope: 'everything' | 'marketing',
  at: Temporal.Instant,
) =>
  restrict(
    trx,
    subjects.map((subject) => ({ subject, controller, request_id: id, scope, since: at.toString(), ended_at: null })),
  )
