import { httpError } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { minor } from '@vilkar/terms/privacy/minors.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { IdentifierKind } from '../subjects/subject-key.ts'
import { namesBrevo } from './brevo/names-brevo.ts'
import { forgetContact } from './brevo/store.ts'
import { askByMail } from './pending.ts'
import type { Purpose } from './purposes.ts'
import { give } from './record.ts'
import { keepText, noteChild, type Whose } from './store.ts'

export type Giving = {
  controller: PolicyId
  kind: IdentifierKind
  value: string
  purpose: Purpose
  text: string
  language: 'nb' | 'en'
  source: string
  age?: number
  at: string
  /** Who vouches that the identifier is theirs: nobody, the storefront that knows them, or staff that have it in writing. */
  vouched?: 'storefront' | { staff: string }
}

/** The first day on which somebody of so many full years has surely reached an age. */
const oldEnoughOn = (today: Temporal.PlainDate, age: number, threshold: number) =>
  today.add({ years: threshold - age }).toString()

/**
 * The age is asked for and never guessed. Throws 409 `age-unknown` without one; answers what the library says of it in a country, Norway
 * when that is left out (GDPR Art. 8(1)).
 */
export function ageRuling(controller: PolicyId, age: number | undefined, country?: string) {
  const ruling = minor(policyOf(controller), { age, country })
  if (age === undefined) {
    const detail = `Ask whether they have turned ${ruling.threshold}: younger people need a guardian’s consent.`
    throw httpError(409, 'age-unknown', detail, { reasons: ruling.reasons, threshold: ruling.threshold })
  }
  return ruling
}

/** Notes a child, of whom nothing is used but for their orders from then on; whoever has their address for a newsletter loses it. */
export async function noteAge(
  trx: Transaction<Database>,
  { controller, subject }: Whose,
  { age, threshold, at }: { age: number; threshold: number; at: string },
) {
  await noteChild(trx, { controller, subject, until: oldEnoughOn(osloDay(Temporal.Instant.from(at)), age, threshold) })
  await forgetContact(trx, { subject, recordedAt: at })
}

/**
 * Takes a consent: at once where somebody vouches for the identifier, else by a mail that asks its owner. Answers until when that
 * mail can be answered, or undefined when the consent holds.
 */
export async function giveConsent(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'consent' | 'subjectKey'>,
  giving: Giving,
) {
  const { controller, kind, value, purpose, text, language, source, at, vouched } = giving
  const subject = deps.subjectKey({ controller, kind, value })
  const textSha256 = await keepText(trx, { text, language, at })
  const email = kind === 'email' && namesBrevo(controller) ? value.trim() : undefined
  const said = { controller, subject, purpose, source }
  if (vouched === undefined)
    return askByMail(trx, deps, {
      ...said,
      textSha256,
      language,
      by: 'person',
      to: value.trim(),
      text,
      ...(email && { email }),
    })
  const recordedAt = deps.clock.now().toString()
  const staff = typeof vouched === 'object' ? vouched.staff : undefined
  const address = email === undefined ? undefined : deps.consent.seal.seal({ email })
  await give(
    trx,
    { ...said, at, recordedAt, by: staff ? 'staff' : 'person', ...(staff && { staff }) },
    textSha256,
    address,
  )
  return undefined
}
