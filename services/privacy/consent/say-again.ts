import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { forgetContact } from './brevo/store.ts'
import type { Purpose, Suppressed } from './purposes.ts'
import type { Speaker } from './standing.ts'
import { say, suppress } from './store.ts'

type Of = { controller: string; subject: string; at: string; source: string }
/** Who is not to be reached for a purpose, or for any. */
export type OptedOut = Of & { purpose: Suppressed }
/** Who took a consent back. Moments are RFC 3339; `keptUntil`: until when that they did is kept. */
export type TakenBack = Of & { id: string; purpose: Purpose; recordedAt: string; by: Speaker; keptUntil: string }

/**
 * Says a no again that was said before: of who opted out, or took a consent back. A later yes beats it, as ever; said twice it is there once.
 * Answers whether it was not known. Source: GDPR Art. 7(3), 21(3).
 */
export async function sayAgain(trx: Transaction<Database>, no: OptedOut | TakenBack) {
  const isNew =
    'keptUntil' in no
      ? await say(trx, { ...wordOf(no), what: 'withdrawn' }, { keptUntil: no.keptUntil })
      : await suppress(trx, no)
  if (isNew) await forgetContact(trx, { subject: no.subject, recordedAt: no.at })
  return isNew
}

const wordOf = ({ keptUntil: _, ...word }: TakenBack) => word
