import { htmlOf, type Mailer, renderMail } from '@vilkar/mail/mail.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../../deps.ts'
import { liftRestriction } from '../../subjects/restrictions.ts'
import { organisationTold } from '../pass-on.ts'
import { lockRequest, setRequest } from '../store.ts'
import { type Claimed, claimMail, mailGone, postponeMail, type Written } from './queue.ts'

const MAX_PER_LOOK = 50

export type Sending = Pick<Deps, 'db' | 'clock' | 'log' | 'consent' | 'wake'> & { mailer: Mailer; from: string }

/** One look: every mail that is due. One of which nobody knows whether it went out goes out again: it says the same twice. */
export async function sendRequestMails(sending: Sending) {
  const { db, clock, log, consent, mailer, from } = sending
  for (let count = 0; count < MAX_PER_LOOK; count += 1) {
    const now = clock.now().toString()
    const mail = await claimMail(db, now)
    if (mail === undefined) return
    const { to, subject, text, language, passing } = consent.seal.open<Written>(mail.sealed)
    // What nobody took in its time is as one that nobody will ever take.
    if (mail.over) {
      await settleMail(sending, mail, null, passing)
      continue
    }
    const bytes = await renderMail({
      ...{ messageId: `${mail.id}@${from.split('@').at(-1)!.replace('>', '')}`, from, to, subject, text },
      ...{ html: htmlOf(language, text), date: clock.now() },
    })
    try {
      const { outcome } = await mailer.send({ from, to, bytes })
      if (outcome === 'rejected') log.info({ mail: mail.id }, 'a mail about a request was refused')
      await settleMail(sending, mail, outcome === 'accepted' ? now : null, passing)
    } catch (error) {
      log.warn({ err: error, mail: mail.id }, 'a mail about a request was not taken; it is tried again')
      await postponeMail(db, mail.id, now)
    }
  }
}

/** A request to see data is answered once the mail with the link went out. Refused by the mail server, a person answers it otherwise. */
const settleMail = (
  deps: Sending,
  { id, kind, request_id: requestId }: Claimed,
  sentAt: string | null,
  passing: number | undefined,
) =>
  transact(deps, async (trx) => {
    await mailGone(trx, id, sentAt)
    if (requestId !== null && kind === 'lifting') await liftRestriction(trx, requestId, deps.clock.now().toString())
    if (requestId !== null && passing !== undefined) return organisationTold(trx, deps, { requestId, passing, sentAt })
    if (kind !== 'export' || requestId === null || sentAt === null) return
    const row = await lockRequest(trx, requestId)
    if (row?.status !== 'open') return
    const { due_on: dueOn, state, personal } = row
    await setRequest(trx, requestId, { status: 'answered', dueOn, answeredAt: sentAt, state, personal })
  })
