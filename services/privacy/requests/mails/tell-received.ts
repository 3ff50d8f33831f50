import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { proofLink } from '../proof-link.ts'
import type { RequestRow } from '../store.ts'
import { writeMail } from './write.ts'

/**
 * Tells a person that their request came, or what came of it at once. Of whom it is not known that they are the person, and whose
 * address is one that they are known by, a link in it is all the proof that is needed (GDPR Art. 12(6)).
 */
export async function tellReceived(trx: Transaction<Database>, deps: Deps, row: RequestRow) {
  const { status, state, personal, controller, subjects } = row
  if (status === 'answered') return writeMail(trx, deps, row, 'answered')
  if (status === 'refused' || status === 'passed-on') return false
  const { replyTo } = personal
  const isTheirs =
    replyTo !== undefined && subjects.includes(deps.subjectKey({ controller, kind: 'email', value: replyTo }))
  const isAsked = status === 'waiting-for-identity' && state.doubted === undefined && isTheirs
  return writeMail(trx, deps, row, 'received', isAsked ? { link: await proofLink(deps, { requestId: row.id }) } : {})
}
