import { createMailer } from '@vilkar/mail/mail.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Config } from '../../config.ts'
import type { Deps } from '../../deps.ts'
import { sendRequestMails } from '../mails/send.ts'
import { tellExports } from '../settle.ts'
import { forgetAddresses } from '../store.ts'

const LOOK_EVERY_MS = 1_000

/** Writes to people about their requests, and forgets addresses that nothing is written to any more. */
export function watchRequestMails(deps: Deps, config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL'>) {
  const mailer = createMailer({ smtpUrl: config.SMTP_URL })
  const from = config.MAIL_FROM ?? `post@${new URL(config.PUBLIC_URL).hostname}`
  const watching = startWatcher({
    look: () => tellPeople({ ...deps, mailer, from }),
    log: deps.log,
    clock: deps.clock,
    complaint: 'people could not be told about their requests',
    everyMs: LOOK_EVERY_MS,
  })
  return {
    async stop() {
      await watching.stop()
      mailer.close()
    },
  }
}

/** One look. */
export async function tellPeople(deps: Deps & Parameters<typeof sendRequestMails>[0]) {
  await tellExports(deps)
  await sendRequestMails(deps)
  await forgetAddresses(deps.db, deps.clock.now().toString())
}
