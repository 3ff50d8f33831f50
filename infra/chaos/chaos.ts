import { auditHouse, type Counted, figuresOf } from './audit.ts'
import { carryOut } from './faults.ts'
import { type House, type HouseOptions, openHouse, placesOf } from './house.ts'
import { startLoad } from './load.ts'
import { repeatedMails } from './mails.ts'
import { countKinds, type Fault, planOf } from './plan.ts'
import { awaitRest } from './rest.ts'

/** Within which everything is to be at rest after the last fault. */
const REST_WITHIN_MS = 20_000
/** How long it is waited for all the same, so that what is merely slow is told from what hangs. */
const GIVE_UP_AFTER_MS = 240_000

/** `perSecond`: customers. */
export type ChaosOptions = HouseOptions & { seed: number; minutes: number; perSecond: number }

/** Plays chaos in a house of its own, and audits it; what was found is told on standard error. */
export async function chaos(options: ChaosOptions) {
  const house = await openHouse(options)
  try {
    return await play(house, options)
  } finally {
    await house.stop()
  }
}

/** Load and faults, rest, and the audit. */
export async function play(house: House, { seed, minutes, perSecond }: Omit<ChaosOptions, 'replicas'>) {
  const load = await startLoad(house, { seed, perSecond })
  const { happened, missed } = await carryOut(house, planOf(seed, minutes * 60, placesOf(house)))
  const sinceMs = performance.now()
  await load.stop()
  const { settleMs, inGrace, openUntilMs, open } = await awaitRest(house, { sinceMs, withinMs: GIVE_UP_AFTER_MS })
  if (settleMs > REST_WITHIN_MS) console.error('Open for so many milliseconds:', openUntilMs)
  const found = await auditHouse(house, { happened, open })
  tell(found, missed, load.failures())
  for (const { name, crashes } of house.replicas)
    for (const words of crashes()) console.error(`${name} ended by itself:\n${words}`)
  return {
    ...{ seed, minutes },
    ...figuresOf(found),
    ...{ settleMs, inGrace },
    faults: countKinds(happened),
    ...(await sizesOf(house)),
    customers: load.customers(),
    repeatedMails: repeatedMails(house.mailLog.taken()),
    crashes: house.replicas.flatMap((replica) => replica.crashes()).length,
    slowestAnswerMs: house.witness.slowestMs(),
    slowestStopMs: Math.max(...house.replicas.map((replica) => replica.slowestStopMs())),
  }
}
export type ChaosResult = Awaited<ReturnType<typeof play>>

/** Whether nothing was lost, doubled, out of order or left hanging, and all was at rest in time. */
export const isFaultless = ({ lost, doubled, outOfOrder, hung, settleMs }: ChaosResult) =>
  lost + doubled + outOfOrder + hung === 0 && settleMs <= REST_WITHIN_MS

async function sizesOf({ pools, mailLog }: House) {
  const count = async (pool: House['pools']['orders'], table: string) =>
    (await pool.query<{ count: number }>(`select count(*)::int from ${table}`)).rows[0]!.count
  const events = await Promise.all(Object.values(pools).map((pool) => count(pool, 'outbox')))
  return {
    orders: await count(pools.orders, 'orders'),
    events: events.reduce((sum, each) => sum + each, 0),
    mails: mailLog.taken().length,
  }
}

/** What was found, for whoever looks into it. */
function tell(
  found: readonly Counted[],
  missed: readonly { fault: Fault; error: unknown }[],
  failures: readonly unknown[],
) {
  for (const each of found) console.error(JSON.stringify(each))
  for (const { fault, error } of missed) console.error(`Did not come about: ${JSON.stringify(fault)}: ${String(error)}`)
  for (const failure of failures) console.error('Somebody was at a loss:', failure)
}
