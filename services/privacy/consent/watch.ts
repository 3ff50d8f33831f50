import { createMailer } from '@vilkar/mail/mail.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { addressTrim } from './brevo/store.ts'
import { brevoSource, listsIn, syncContacts } from './brevo/sync.ts'
import { cookieTrim } from './cookies.ts'
import { letterSource, letterTrim, sendLetters } from './letters.ts'
import { mailboxesIn } from './mailbox/mailboxes.ts'
import { readMailboxes } from './mailbox/read-mailbox.ts'
import { mailboxSource } from './mailbox/store.ts'
import { type Purpose, purposes } from './purposes.ts'
import { saleTrim } from './sales.ts'
import { childTrim, consentLogTrim } from './store.ts'

/** What people are called for about consents. Kinds are kebab-case and stay: somebody may filter by them. */
export const consentAlarmKinds = [
  'contacts-unsent',
  'contact-not-sent',
  'consent-mails-unsent',
  'mailbox-unreadable',
  'mail-to-read',
] as const

export const consentSources = [brevoSource, letterSource, mailboxSource]
export const consentTrims = [consentLogTrim, childTrim, saleTrim, cookieTrim, letterTrim, addressTrim]

const LOOK_EVERY_MS = 1_000
const READ_MAIL_EVERY_MS = 60_000

/** All that the room does by itself: mails that ask, contacts at Brevo, and mailboxes, as far as they are given. */
export function watchConsents(deps: Deps, config: Config) {
  const { clock, log, brevo } = deps
  const mailer = createMailer({ smtpUrl: config.SMTP_URL })
  const from = config.MAIL_FROM ?? `post@${new URL(config.PUBLIC_URL).hostname}`
  const watching = [
    startWatcher({
      ...{ log, clock, complaint: 'mails that ask for consents could not be sent', everyMs: LOOK_EVERY_MS },
      look: () => sendLetters({ ...deps, mailer, from }),
    }),
  ]
  if (brevo) {
    const lists = listsIn(config.BREVO_LISTS, (name): name is Purpose => purposes.some((known) => known === name))
    watching.push(
      startWatcher({
        ...{ log, clock, complaint: 'contacts could not be brought to Brevo', everyMs: LOOK_EVERY_MS },
        look: () => syncContacts({ ...deps, brevo, lists }),
      }),
    )
  }
  if (config.OPT_OUT_MAILBOXES !== undefined) {
    const mailboxes = mailboxesIn(config.OPT_OUT_MAILBOXES)
    watching.push(
      startWatcher({
        ...{ log, complaint: 'mailboxes could not be looked at', everyMs: READ_MAIL_EVERY_MS },
        look: () => readMailboxes(deps, mailboxes),
      }),
    )
  }
  return {
    async stop() {
      await Promise.all(watching.map((watcher) => watcher.stop()))
      mailer.close()
    },
  }
}
