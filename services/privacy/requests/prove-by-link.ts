import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { compose } from './mails/letter.ts'
import { queueMail } from './mails/queue.ts'
import { tellReceived } from './mails/tell-received.ts'
import { partyOf, writeMail } from './mails/write.ts'
import { type Asked, proofLink, type ToProve } from './proof-link.ts'
import { carryOut, receive } from './receive.ts'
import { lockRequest, setRequest } from './store.ts'

/** Nobody has a stranger's mailbox filled: of each kind one mail an hour. */
export const hourOf = (at: Temporal.Instant) => at.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString()

/** Mails the link to the address that somebody gave. Nothing of what was asked is kept. Answers the last day of the link. */
export async function askForProof(trx: Transaction<Database>, deps: Deps, asked: Asked) {
  const { clock, consent, subjectKey } = deps
  const { controller, kind, email, language, receivedOn } = asked
  const link = await proofLink(deps, asked)
  const now = clock.now()
  const key = subjectKey({ controller, kind: 'email', value: email })
  await queueMail(trx, consent.seal, {
    ...{ about: `${key} ${kind} ${hourOf(now)}`, kind: 'prove', at: now.toString() },
    until: Temporal.PlainDate.from(link.until).toZonedDateTime('Europe/Oslo').toInstant().toString(),
    written: { to: email, language, ...compose('prove', language, { ...partyOf(controller), kind, receivedOn, link }) },
  })
  return link.until
}

/** Whoever followed the link has the mailbox, which is proof enough: the request stands, or goes on. Twice does no harm. */
export async function proveByLink(trx: Transaction<Database>, deps: Deps, toProve: ToProve) {
  const at = deps.clock.now()
  if ('requestId' in toProve) return goOn(trx, deps, toProve.requestId, at)
  const { email, words, ...asked } = toProve
  const keys = [deps.subjectKey({ controller: asked.controller, kind: 'email', value: email })]
  const personal = { replyTo: email, ...(words !== undefined && { words }) }
  const { row } = await receive(trx, { ...asked, keys, channel: 'link', personal }, at)
  await tellReceived(trx, deps, row)
}

async function goOn(trx: Transaction<Database>, deps: Deps, id: string, at: Temporal.Instant) {
  const row = await lockRequest(trx, id)
  if (row?.status !== 'waiting-for-identity' || row.state.doubted) return
  const state = { ...row.state, provenOn: osloDay(at).toString() }
  const personal = { ...row.personal, proof: PROOF }
  await setRequest(trx, id, { status: 'open', dueOn: row.due_on, answeredAt: null, state, personal })
  await carryOut(trx, (await lockRequest(trx, id))!, at)
  const after = (await lockRequest(trx, id))!
  if (after.status === 'answered') await writeMail(trx, deps, after, 'answered')
}
const PROOF = 'Followed a link to the address.'
