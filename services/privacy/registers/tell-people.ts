import { transact } from '@vilkar/server/transact.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Deps } from '../deps.ts'
import { addressOf } from '../requests/mails/address.ts'
import { queueMail } from '../requests/mails/queue.ts'
import { readBreach } from './breach-store.ts'
import { composeNotice } from './notice-mail.ts'
import { type Claimed, claimNotice, postponeNotice, settleNotice } from './notice-store.ts'

const MAX_PER_LOOK = 100
/** A mail that no server took for so long says nothing any more that helps. */
const SENT_WITHIN_DAYS = 30

/** One look: whoever is to be told of a breach is written to, at the address that orders has. It is kept nowhere here but sealed in the mail. */
export async function tellPeopleOfBreaches(deps: Deps) {
  for (let count = 0; count < MAX_PER_LOOK; count += 1) {
    const now = deps.clock.now().toString()
    const notice = await claimNotice(deps.db, now)
    if (notice === undefined) return
    await tell(deps, notice, now)
  }
}

async function tell(deps: Deps, notice: Claimed, now: string) {
  const answer = await addressOf(deps.holders, notice.order_id)
  if ('silent' in answer) {
    deps.log.warn(
      { order: notice.order_id, said: answer.silent },
      'whom a breach hit is not known: orders did not answer',
    )
    return void (await postponeNotice(deps.db, notice, now))
  }
  const { to } = answer
  if (to === undefined) {
    return transact(deps, async (trx) => void (await settleNotice(trx, notice, 'no-address')))
  }
  const { state, personal } = (await readBreach(deps.db, notice.breach_id))!
  const { controller, contact, authorities } = policyOf(state.controller as PolicyId)
  const { language } = notice
  const mail = composeNotice(language, { company: controller.name, contact, authorities, ...personal })
  return transact(deps, async (trx) => {
    await queueMail(trx, deps.consent.seal, {
      ...{ about: `breach ${notice.breach_id} ${notice.order_id}`, kind: 'breach', at: now },
      until: deps.clock
        .now()
        .add({ hours: SENT_WITHIN_DAYS * 24 })
        .toString(),
      written: { to, language, ...mail },
    })
    await settleNotice(trx, notice, 'written')
  })
}
