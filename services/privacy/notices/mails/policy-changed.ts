import type { Policy } from '@vilkar/terms/privacy/policy.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { queueMail } from '../../requests/mails/queue.ts'
import { noteTold } from '../notice-store.ts'
import { addressesOf } from '../store.ts'
import { words } from './words.ts'

const SENT_WITHIN_DAYS = 30
type Change = { id: string; controller: PolicyId; edition: string; sections: string[]; renewed: string[] }

/** The mails of the room: docs/mails.md lists them. */
export const noticeMails = {
  'policy-changed': {
    when: 'another edition of the policy was adopted',
    by: 'an address that something is answered at, the address of an order, or that of a newsletter',
    restsOn: 'GDPR Art. 5(1)(a), 7(1)',
  },
} as const

/** Writes to whom an address is known of here; all others are for the shop and the systems that hold something of them. */
export async function mailNotices(
  trx: Transaction<Database>,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  change: Change,
  policy: Policy,
) {
  const at = clock.now().toString()
  for (const { to, language, subjects } of await addressesOf(trx, change.controller)) {
    const told = await noteTold(trx, { changeId: change.id, subjects, by: 'mail', at })
    if (told.length > 0)
      await mailNotice(trx, { clock, consent }, { change, policy, told, to, language: language ?? 'nb' })
  }
}

type Addressed = { change: Change; policy: Policy; told: readonly string[]; to: string; language: 'nb' | 'en' }

/** One mail to whoever is known by all of `told`. */
export async function mailNotice(
  trx: Transaction<Database>,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  { change, policy, told, to, language }: Addressed,
) {
  const now = clock.now()
  await queueMail(trx, consent.seal, {
    ...{ about: `${change.id} ${told.toSorted()[0]}`, kind: 'policy-changed', at: now.toString() },
    until: now.add({ hours: SENT_WITHIN_DAYS * 24 }).toString(),
    written: { to, language, ...compose(language, change, policy, consent.publicUrl) },
  })
}

/** What is new, where it stands, and what is asked anew. No word of it is advertising. */
function compose(
  language: 'nb' | 'en',
  { edition, sections, renewed }: Change,
  { controller, contact, sections: texts }: Policy,
  publicUrl: string,
) {
  const say = words[language]
  const titles = sections.map((place) => `– ${[place, texts[place]?.title[language]].filter(Boolean).join(' ')}`)
  const parts = [
    say.hello,
    say.changed(controller.name),
    [say.sections, ...titles].join('\n'),
    `${say.read}\n${publicUrl}/policies/${edition}?format=html&locale=${language}`,
    ...(renewed.length > 0 ? [say.anew] : []),
    say.rights(contact),
    controller.name,
  ]
  return { subject: say.subject(controller.name), text: parts.join('\n\n') }
}
