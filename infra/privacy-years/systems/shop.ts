import complaintEnded from '@vilkar/contracts/test/examples/ComplaintEnded.json' with { type: 'json' }
import complaintReceived from '@vilkar/contracts/test/examples/ComplaintReceived.json' with { type: 'json' }
import contractFormed from '@vilkar/contracts/test/examples/ContractFormed.json' with { type: 'json' }
import cancelled from '@vilkar/contracts/test/examples/OrderCancelled.json' with { type: 'json' }
import delivered from '@vilkar/contracts/test/examples/OrderDelivered.json' with { type: 'json' }
import placed from '@vilkar/contracts/test/examples/OrderPlaced.json' with { type: 'json' }
import captured from '@vilkar/contracts/test/examples/PaymentCaptured.json' with { type: 'json' }
import { v7 as uuidv7 } from 'uuid'
import { type Diary, type Kept, newKept, type Person } from '../diary.ts'
import type { World } from '../world.ts'
import { OWN, OWN_CASES } from './kinds.ts'
import { idOf, type Mood, moodOf } from './mood.ts'
import type { System, Tally } from './system.ts'
import { type Due, openShopWire } from './wire.ts'

const DAY = 24 * 3_600_000
/** Each of the shop's services answers for itself, by an event of its own. */
const HOLDERS = [
  ['orders', 'OrderDataErased'],
  ['shipping', 'ShipmentDataErased'],
  ['returns', 'ReturnDataErased'],
] as const

type Parts = { world: World; diary: Diary; controller: string; seed: number; tally: Tally }
type Open = { due: Due; holders: (typeof HOLDERS)[number][]; moods: Mood[]; answered: boolean[]; left: Set<string> }

/** Stands in for orders, shipping and returns: tells the events that they would tell of an order, hears what has to go, and answers thrice. */
export function createShop({
  world,
  diary,
  controller,
  seed,
  tally,
}: Parts): System & { quiet(): Promise<void>; close(): Promise<void> } {
  const { time } = world
  const wire = openShopWire(world)
  const current = new Map<string, Kept>()
  /** What was said in the complaints of an order, once one was over: a record beside it. */
  const cases = new Map<string, Kept>()
  const versions = new Map<string, number>()
  const open = new Map<string, Open>()
  const moment = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toString()

  const tell = (by: 'orders' | 'shipping' | 'returns', type: string, aggregate: string, data: object) => {
    const version = (versions.get(`${by} ${aggregate}`) ?? 0) + 1
    versions.set(`${by} ${aggregate}`, version)
    const envelope = { specversion: '1.0', id: uuidv7(), source: `/vilkar/${by}`, type, subject: aggregate }
    return wire.publish(by, {
      ...{ ...envelope, time: moment(time.at()), datacontenttype: 'application/json', aggregateversion: version, data },
    })
  }

  /** What an order's own services tell of what happened to it. */
  async function tellOf({ record: orderId, person, longLived }: Kept, what: string, at: number) {
    const of = { orderId }
    if (what === 'placed') {
      const [line] = placed.data.lines
      const lines = [{ ...line, traits: { ...line!.traits, longLived } }]
      const personal = { ...placed.data.personal, email: diary.persons[person]!.email }
      await tell('orders', placed.type, orderId, {
        ...{ ...placed.data, ...of, seller: controller, placedAt: moment(at), lines, personal },
      })
      await tell('orders', contractFormed.type, orderId, { ...contractFormed.data, ...of, formedAt: moment(at) })
    }
    if (what === 'cancelled')
      await tell('orders', cancelled.type, orderId, { ...cancelled.data, ...of, cancelledAt: moment(at) })
    if (what === 'document')
      await tell('orders', captured.type, orderId, { ...captured.data, ...of, capturedAt: moment(at) })
    if (what === 'delivered')
      await tell('orders', delivered.type, orderId, { ...delivered.data, ...of, deliveredAt: moment(at) })
  }

  /** One of the three has got to it: what it can let go is gone with it, and of what is under way it says so. */
  async function answer({ due, left }: Open, [holder, type]: (typeof HOLDERS)[number]) {
    const { erasureId, orderIds } = due
    const now = time.at()
    const isBusy = (id: string) => holder === 'orders' && (current.get(id)?.busyUntil ?? 0) > now
    for (const id of orderIds.filter(isBusy)) left.add(id)
    const gone = orderIds.filter((id) => !isBusy(id))
    const postponed = orderIds.filter(isBusy).map((orderId) => ({ orderId, why: 'money-open' }))
    const counts = { blanked: gone.length, deleted: 0, events: 0, files: 0 }
    const data = { erasureId, erased: gone, postponed, counts, erasedAt: moment(now) }
    await tell(holder, type, erasureId, data)
  }

  function settle({ due: { orderIds, keeps }, left, moods }: Open) {
    for (const id of orderIds) {
      const kept = aboutOf(keeps).get(id)!
      kept.asked!.answeredAt = time.at()
      if (left.has(id)) {
        kept.postponedUntil = time.at() + DAY
        tally.postponed += 1
        continue
      }
      // With an order its complaints go.
      for (const each of new Set([kept, cases.get(id)]))
        if (each && each.state !== 'gone') Object.assign(each, { state: 'gone', goneAt: time.at() })
      if (keeps.includes('accounts')) kept.state = 'accounts'
      tally.accountsKept += keeps.includes('accounts') ? 1 : 0
      tally.erased += 1
    }
    tally.late += moods.some(({ after }) => after > 0) ? 1 : 0
  }

  function hear(due: Due) {
    const { erasureId, orderIds, cause, askedAt, keeps } = due
    if (open.has(erasureId)) return
    const holders = HOLDERS.filter(([holder]) => holder === 'returns' || !keeps.includes('order'))
    const moods = holders.map(([holder]) =>
      moodOf(`${seed} ${holder} ${orderIds.toSorted()[0]} ${askedAt}`, { slow: false }),
    )
    open.set(erasureId, { due, holders, moods, answered: holders.map(() => false), left: new Set() })
    for (const id of orderIds) {
      const kept = aboutOf(keeps).get(id)!
      kept.asked = { erasure: erasureId, at: askedAt, wished: cause === 'requested', knewOf: kept.happened.length }
    }
  }

  /** What is to go: orders, or what was said about them alone. */
  const aboutOf = (keeps: readonly string[]) => (keeps.includes('order') ? cases : current)
  /** What was said in complaints is held from when the first was over. */
  function casesOf(kept: Kept) {
    const before = cases.get(kept.record)
    if (before?.state === 'whole') return before
    const person = diary.persons[kept.person]!
    const one = newKept(diary, person, { system: OWN_CASES, record: kept.record, kind: 'cases', at: time.at() })
    cases.set(kept.record, one)
    return one
  }

  async function happen(kept: Kept, what: string, at = time.at()) {
    if (kept.state === 'gone') return
    kept.happened.push({ what, at })
    if (what === 'cancelled' || what === 'delivered') for (const each of kept.matters) each.until ??= time.at()
    await tellOf(kept, what, at)
  }
  return {
    async make(person: Person, kind, what, { at = time.at(), longLived = false } = {}) {
      const record = idOf(`${seed} order ${person.n} ${person.records.length}`)
      const kept = newKept(diary, person, { system: OWN, record, kind, at: time.at(), longLived })
      current.set(record, kept)
      // A contract that is being performed: nothing of it goes.
      kept.matters.push({ from: time.at() })
      await happen(kept, what, at)
      return kept
    },
    happen,
    async begin(kept) {
      if (kept.state !== 'whole') return
      for (const each of [kept, cases.get(kept.record)]) each?.matters.push({ from: time.at() })
      const returnId = idOf(`${kept.record} complaint ${kept.matters.length}`)
      await tell('returns', complaintReceived.type, returnId, {
        ...{ ...complaintReceived.data, returnId, orderId: kept.record, receivedAt: moment(time.at()) },
      })
    },
    async end(kept, at = time.at()) {
      const returnId = idOf(`${kept.record} complaint ${kept.matters.length}`)
      const said = casesOf(kept)
      for (const matter of [...kept.matters, ...said.matters]) matter.until ??= time.at()
      said.happened.push({ what: 'closed', at })
      await tell('returns', complaintEnded.type, returnId, {
        ...{ ...complaintEnded.data, returnId, orderId: kept.record, endedAt: moment(at) },
      })
    },
    remove: async () => {},
    hasMore: () => true,
    async work() {
      await wire.quiet()
      for (const due of wire.heard()) hear(due)
      for (const [id, one] of open) {
        for (const [n, holder] of one.holders.entries()) {
          if (one.answered[n] || one.due.askedAt + one.moods[n]!.after > time.at()) continue
          one.answered[n] = true
          await answer(one, holder)
          if (one.moods[n]!.again !== undefined) {
            tally.twice += 1
            await answer(one, holder)
          }
        }
        if (!one.answered.every(Boolean)) continue
        settle(one)
        open.delete(id)
      }
      await wire.quiet()
    },
    quiet: wire.quiet,
    close: wire.close,
  }
}
