import { formatDay } from '@vilkar/mail/mail.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { CONFIRM_LINK, type Consents } from './consents.ts'
import { writeLetter } from './letters.ts'
import type { Purpose } from './purposes.ts'
import { give } from './record.ts'
import { readText, type Whose } from './store.ts'

/** A consent that waits for a yes. It is kept nowhere: it travels, sealed, in the link that is mailed. */
export type Pending = Whose & {
  id: string
  purpose: Purpose
  textSha256: string
  language: 'nb' | 'en'
  source: string
  by: 'person' | 'guardian'
  guardian?: string
  /** For who sends the newsletter. */
  email?: string
}

const DAYS = { person: 7, guardian: 14 } as const

/** Asks by mail whether a consent is meant: whose address it is, or a child's guardian. The link ends after 7 days, a guardian's after 14. */
export async function askByMail(
  trx: Transaction<Database>,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  { to, text, ...asked }: Omit<Pending, 'id'> & { to: string; text: string },
) {
  const now = clock.now()
  const expiresAt = now.add({ hours: 24 * DAYS[asked.by] })
  const pending: Pending = { ...asked, id: uuidv7() }
  const token = await consent.links.sign({
    ...{ purpose: CONFIRM_LINK, subject: pending.id, expiresAt: expiresAt.toString() },
    content: { sealed: consent.seal.seal(pending) },
  })
  const kind = asked.by === 'guardian' ? 'guardian' : 'confirm'
  await writeLetter(trx, consent, {
    ...{ id: pending.id, about: `${asked.subject} ${asked.purpose} ${kind}`, kind, language: asked.language },
    ...{ at: now.toString(), until: expiresAt.toString() },
    letter: {
      ...{ to, text, company: policyOf(asked.controller as PolicyId).controller.name },
      ...{ link: `${consent.publicUrl}/consent-confirmations?link=${token}` },
      until: formatDay(asked.language, osloDay(expiresAt)),
    },
  })
  return expiresAt.toString()
}

/** What a link asks. Throws a 404 problem for one that is not whole or has ended. */
export async function readPending({ links, seal }: Consents, token: string): Promise<Pending> {
  const { content } = await links.read(token, CONFIRM_LINK)
  return seal.open<Pending>((content as { sealed: string }).sealed)
}

export const textOf = async (db: Deps['db'], { textSha256 }: Pending) => (await readText(db, textSha256))?.text ?? ''

/** The yes to what a link asks, once: a link that is followed again gives nothing anew. */
export async function confirm(
  trx: Transaction<Database>,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  pending: Pending,
) {
  const { textSha256, language: _, email, ...said } = pending
  const at = clock.now().toString()
  const address = email === undefined ? undefined : consent.seal.seal({ email })
  await give(trx, { ...said, at, recordedAt: at }, textSha256, address)
}
