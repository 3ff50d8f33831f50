import { asKept } from '@vilkar/server/person-text.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { queueMail } from './mails/queue.ts'
import { composeToOrganisation } from './mails/to-organisation.ts'
import { partyOf, SENT_WITHIN_DAYS, writeMail } from './mails/write.ts'
import { lockRequest, type RequestRow, setRequest } from './store.ts'

type Trx = Transaction<Database>

/** Who decides about the data. `person` says how they know who asks; their address is kept in the sealed mail alone. */
export type Organisation = { name: string; email: string; person?: string }

/** Whether somebody else than the seller of the policy decides about some of the data. */
export const organisationsDecide = (controller: string) =>
  Object.values(policyOf(controller as PolicyId).roles).some((role) => role.controller === 'organisation')

/**
 * Writes to an organisation that a request is its to answer. Said again of the same organisation it is one mail, unless no mail server
 * took it: then it goes to the address that is named now. Source: GDPR Art. 28(3)(e).
 */
export async function passOn(
  trx: Trx,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  row: RequestRow,
  { email, ...said }: Organisation,
) {
  const name = asKept(said.name)
  const person = said.person && asKept(said.person)
  const before = row.state.passedOn ?? []
  if (before.some(({ organisation, status }) => organisation === name && status !== 'refused')) return
  const { language = 'nb' } = row.state
  const { company, contact } = partyOf(row.controller as PolicyId)
  const { words, replyTo } = row.personal
  const now = clock.now()
  const mail = composeToOrganisation(language, {
    ...{ company, contact, kind: row.kind, receivedOn: row.received_on, person, words, replyTo },
    ...(row.due_on !== null && { dueOn: row.due_on }),
  })
  await queueMail(trx, consent.seal, {
    ...{ about: `${row.id} to-organisation ${before.length}`, requestId: row.id, kind: 'to-organisation' },
    ...{ at: now.toString(), until: now.add({ hours: SENT_WITHIN_DAYS * 24 }).toString() },
    written: { to: email, language, ...mail, passing: before.length },
  })
  await set(trx, row, { passedOn: [...before, { organisation: name, status: 'waiting' }] })
}

/**
 * The mail server of the organisation took the mail, or will never: only in the first case has the request been passed on, the person
 * is told so, and one that is about nothing else is over. `passing`: which of those it was passed on to.
 */
export async function organisationTold(
  trx: Trx,
  deps: Pick<Deps, 'clock' | 'consent'>,
  { requestId, passing, sentAt }: { requestId: string; passing: number; sentAt: string | null },
) {
  const row = (await lockRequest(trx, requestId))!
  const status = sentAt === null ? ('refused' as const) : ('sent' as const)
  const passedOn = (row.state.passedOn ?? []).map((each, n) => (n === passing ? { ...each, status } : each))
  const isOver = status === 'sent' && row.status === 'to-pass-on'
  await set(trx, row, { passedOn }, isOver ? { status: 'passed-on', answeredAt: sentAt } : {})
  if (status === 'refused') return
  const { organisation } = passedOn[passing]!
  await writeMail(trx, deps, (await lockRequest(trx, requestId))!, 'passed-on', { organisation })
}

type Over = { status?: 'passed-on'; answeredAt?: string | null }
const set = (
  trx: Trx,
  { id, status, due_on, answered_at, state, personal }: RequestRow,
  more: object,
  over: Over = {},
) =>
  setRequest(trx, id, {
    ...{ status, dueOn: due_on, answeredAt: answered_at, state: { ...state, ...more }, personal },
    ...over,
  })
