import { sql } from 'kysely'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** What became of a mail about a recall; of one that was written anew since, nothing is heard any more. */
export async function recallMailSettled(
  trx: Trx,
  deps: Deps,
  { mailId, orderId, outcome, at }: { mailId: string; orderId: string; outcome: 'told' | 'unreachable'; at: string },
) {
  const { rows } = await sql<{ notice_id: string; newest: string }>`
    select detail ->> 'noticeId' as notice_id, (
      select newer.id from mail newer where newer.about_id = mail.about_id and newer.kind = mail.kind
        and newer.detail ->> 'noticeId' = mail.detail ->> 'noticeId' order by newer.created_at desc limit 1) as newest
    from mail where id = ${mailId}`.execute(trx)
  const found = rows[0]
  if (found === undefined || found.newest !== mailId) return
  const data = { orderId, noticeId: found.notice_id, outcome, at }
  await handle(trx, { type: 'SettleRecallNotice', data }, deps)
}
