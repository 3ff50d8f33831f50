import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Deps } from '../../deps.ts'
import { setFollowed } from '../../shipment/store.ts'
import { allExplained } from '../explained.ts'
import { isAllDelivered, ripe, unfollowed } from '../follow.ts'
import { applyWaiting, hearEvents } from '../hear.ts'
import { type Carrier, signs } from '../port.ts'
import { reviveCodes } from '../revive.ts'
import {
  type ClaimedParcel,
  checkNow,
  claimChecks,
  claimSubscriptions,
  lockParcel,
  openActivations,
  type Parcel,
  setActivated,
  setNextCheck,
  setSubscribed,
} from '../store.ts'

/** How often a carrier is read that has not called: what it forgot to tell is known after so long. */
const CHECK_EVERY_HOURS = 4
/** After so long nobody expects news of a parcel any more. */
const FOLLOW_DAYS = 90
/** One of which no shipment is known is read for less. */
const FOLLOW_UNKNOWN_DAYS = 30
/** A subscription is renewed while it still runs. */
const RENEW_HOURS_BEFORE = 24
const MAX_SUBSCRIPTIONS_PER_LOOK = 20
const RETRY_MINUTES = 5
const MOST_EXPLAINED = 1_000
const MAX_RETRY_MINUTES = 60

/** Follows every parcel at its carrier for as long as this process runs, by the shop's clock. */
export function watchParcels(deps: Deps) {
  let hasRevived = false
  return startWatcher({
    log: deps.log,
    clock: deps.clock,
    complaint: 'carriers could not be followed',
    look: async () => {
      if (!hasRevived) await reviveUnknown(deps)
      hasRevived = true
      await followParcels(deps)
    },
  })
}

/** One look: what left is followed, what waited is applied, and carriers are read and asked to call us. */
export async function followParcels(deps: Deps) {
  await beginFollowing(deps)
  await applyRipe(deps)
  const readable = deps.carriers.readable()
  const now = deps.clock.now()
  const due = await claimChecks(
    deps.db,
    readable.map(({ name }) => name),
    now,
  )
  await Promise.all(
    readable.map(async (carrier) => {
      for (const parcel of due.filter((each) => each.carrier === carrier.name)) await check(deps, carrier, parcel)
      await subscribe(deps, carrier)
      await activate(deps, carrier)
    }),
  )
}

/** What was of an unknown code is applied once a table has it, or somebody explained it. */
export async function reviveUnknown(deps: Deps) {
  const explained = await allExplained(deps.db, MOST_EXPLAINED)
  for (const carrier of deps.carriers.all()) {
    const own = explained.flatMap((each) => (each.carrier === carrier.name ? [each.code] : []))
    await reviveCodes(deps, carrier, [...Object.keys(carrier.codes), ...own])
  }
}

async function beginFollowing(deps: Deps) {
  const begin = ({ id, carrier: spelling, trackingNumber, isOver }: Awaited<ReturnType<typeof unfollowed>>[number]) => {
    const carrier = deps.carriers.spelt(spelling)
    return transact(deps, async (trx) => {
      const now = deps.clock.now()
      if (carrier !== undefined) {
        const name = { carrier: carrier.name, trackingNumber }
        const parcel = await lockParcel(trx, name, now.toString(), id)
        if (!signs(carrier) && !isOver) await checkNow(trx, name, now.toString(), true)
        await applyWaiting(trx, carrier, parcel, now)
      }
      await setFollowed(trx, id, now.toString())
    })
  }
  const complaint = 'a parcel could not be followed'
  const how = { log: deps.log, complaint, about: ({ id }: { id: string }) => ({ shipmentId: id }) }
  await oneByOne(await unfollowed(deps.db), how, begin)
}

async function applyRipe(deps: Deps) {
  const now = deps.clock.now()
  const complaint = 'what was told of a parcel could not be applied'
  const how = { log: deps.log, complaint, about: ({ carrier }: { carrier: string }) => ({ carrier }) }
  await oneByOne(await ripe(deps.db, now.toString()), how, async (name) => {
    const carrier = deps.carriers.named(name.carrier)
    if (carrier === undefined) return
    await transact(deps, async (trx) => applyWaiting(trx, carrier, await lockParcel(trx, name, now.toString()), now))
  })
}

/** Reads one parcel at its carrier. One that cannot be read is read again soon and then ever more seldom. */
async function check(deps: Deps, carrier: Carrier, parcel: ClaimedParcel) {
  const now = deps.clock.now()
  try {
    const events = await carrier.read(parcel.tracking_number)
    await transact(deps, (trx) => hearEvents(trx, carrier, parcel.tracking_number, events, deps.clock.now()))
    const next = (await isExpected(deps, parcel, now)) ? now.add({ hours: CHECK_EVERY_HOURS }).toString() : null
    await setNextCheck(deps.db, parcel, next, null)
  } catch (error) {
    deps.log.warn({ err: error, carrier: carrier.name }, 'a carrier could not be read')
    const minutes = Math.min(RETRY_MINUTES * 2 ** Math.min(parcel.failures, 10), MAX_RETRY_MINUTES)
    await setNextCheck(deps.db, parcel, now.add({ minutes }).toString(), now.toString())
  }
}

async function isExpected({ db }: Deps, { shipment_ids, followed_since }: Parcel, now: Temporal.Instant) {
  if (await isAllDelivered(db, shipment_ids)) return false
  const days = shipment_ids.length > 0 ? FOLLOW_DAYS : FOLLOW_UNKNOWN_DAYS
  return Temporal.Instant.compare(Temporal.Instant.from(followed_since).add({ hours: 24 * days }), now) > 0
}

/** Has a carrier call us about parcels of which it does not, or soon would not any more, however few one request may name. */
async function subscribe(deps: Deps, carrier: Carrier) {
  for (let asked = 0; asked < MAX_SUBSCRIPTIONS_PER_LOOK; asked += carrier.subscribing.batch)
    if (!(await subscribeSome(deps, carrier))) return
}

/** Whether more may wait, of a carrier that answers. */
async function subscribeSome(deps: Deps, carrier: Carrier) {
  const now = deps.clock.now()
  const { claim, numbers: claimed } = await claimSubscriptions(deps.db, carrier.name, carrier.subscribing.batch, now)
  const numbers: string[] = []
  for (const trackingNumber of claimed) {
    const parcel = await deps.db
      .selectFrom('parcel')
      .select(['carrier', 'tracking_number', 'shipment_ids', 'followed_since'])
      .where('carrier', '=', carrier.name)
      .where('tracking_number', '=', trackingNumber)
      .executeTakeFirstOrThrow()
    if (await isExpected(deps, parcel, now)) numbers.push(trackingNumber)
    else await setSubscribed(deps.db, carrier.name, [trackingNumber], { due: null, claim })
  }
  if (numbers.length === 0) return claimed.length > 0
  try {
    const { until } = await carrier.subscribing.open(numbers)
    const due = Temporal.Instant.from(until).subtract({ hours: RENEW_HOURS_BEFORE })
    const later = Temporal.Instant.compare(due, now) > 0 ? due : now.add({ hours: 1 })
    await setSubscribed(deps.db, carrier.name, numbers, { until, due: later.toString(), claim })
    // What was told after the last reading and before this, nobody called us about.
    for (const trackingNumber of numbers)
      await checkNow(deps.db, { carrier: carrier.name, trackingNumber }, now.toString(), false)
    return true
  } catch (error) {
    // News of these is read all the same, only later.
    deps.log.warn({ err: error, carrier: carrier.name }, 'a carrier could not be asked to call us')
    await setSubscribed(deps.db, carrier.name, numbers, {
      due: now.add({ minutes: MAX_RETRY_MINUTES }).toString(),
      claim,
    })
    return false
  }
}

/** Answers a carrier that asks whether we want what we subscribed to. */
async function activate(deps: Deps, carrier: Carrier) {
  const { activate: answer } = carrier.subscribing
  if (answer === undefined) return
  for (const { subscription_id, secret } of await openActivations(deps.db, carrier.name))
    try {
      await answer(subscription_id, secret)
      await setActivated(deps.db, carrier.name, subscription_id, deps.clock.now().toString())
    } catch (error) {
      deps.log.warn({ err: error, carrier: carrier.name }, 'a subscription could not be activated')
    }
}
