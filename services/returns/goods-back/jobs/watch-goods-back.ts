import type { Source } from '@vilkar/alarms/sources.ts'
import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { sql } from 'kysely'
import { ON_ITS_WAY_DAYS } from '../../cases/store.ts'
import type { Deps } from '../../deps.ts'
import { hearParcel } from '../hear-parcel.ts'
import { receiveGoods } from '../receive.ts'
import { casesToReceive, parcelsToLookAt } from '../store.ts'

const MAX_PER_LOOK = 50

/** Has cases hear of goods that they did not take at once, by the shop's clock. */
export const watchGoodsBack = (deps: Deps) =>
  startWatcher({
    look: () => checkGoodsBack(deps),
    log: deps.log,
    complaint: 'goods that come back were not looked at',
  })

/** One after another, each in a transaction of its own: one that fails is tried again at the next look. */
export async function checkGoodsBack(deps: Deps) {
  const now = deps.clock.now().toString()
  const { db, log } = deps
  const ofParcel = { log, complaint: 'a parcel that goes back waits', about: (parcelId: string) => ({ parcelId }) }
  await oneByOne(await parcelsToLookAt(db, now), ofParcel, (id) => transact(deps, (trx) => hearParcel(trx, deps, id)))
  const ofCase = { log, complaint: 'goods that were received wait', about: (caseId: string) => ({ caseId }) }
  await oneByOne(await casesToReceive(db, now), ofCase, (id) => transact(deps, (trx) => receiveGoods(trx, deps, id)))
}

/** What people are called for about goods that come back. */
export const goodsBackSources: Source[] = [
  {
    kind: 'received-goods-unsettled',
    over: 'It was settled.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('caseId', case_id, 'outcome', outcome, 'dueOn', due_on) as detail
      from goods_received where status = 'unsettled' and due_on <= (${now}::timestamptz at time zone 'Europe/Oslo')::date
      order by due_on, id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'return-parcel-stuck',
    over: 'It arrived, or its case is over.',
    find: (now) => sql`
      select parcel_back.id::text as about, jsonb_build_object('caseId', case_id, 'carrier', carrier, 'since', scanned_at) as detail
      from parcel_back join return_case on return_case.id = case_id and closed_at is null
      where arrived_at is null and scanned_at < ${now}::timestamptz - ${ON_ITS_WAY_DAYS} * interval '1 day'
      order by scanned_at limit ${MAX_PER_LOOK}`,
  },
]
