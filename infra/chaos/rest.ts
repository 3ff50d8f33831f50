import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { quiet } from '@vilkar/messaging/audit/auditor.ts'
import { UNDER_WAY } from '@vilkar/storm/verdict.ts'
import type { House } from './house.ts'

const LOOK_EVERY_MS = 250

/** What a job that is to be tried again is about is looked for in the tables of its work: that may be done meanwhile. */
const SEEN_BY_THEIR_WORK = `'settle-payment', 'start-payment', 'check-payment', 'send-mail'`
const JOBS = `select name, state::text, data from jobs.job
  where state = 'active' or state in ('created', 'retry') and start_after <= now()
    or state = 'retry' and name not in (${SEEN_BY_THEIR_WORK})`
const MAILS = `select id, kind, created_at from mail where status = 'queued' and waits_until is null`
/** What is under way in the tables of a service. What is planned for later, such as another look at a payment, is not. */
const UNDER_WAY_IN: Record<ServiceName, Record<string, string>> = {
  orders: {
    job: JOBS,
    mail: MAILS,
    'money operation': `select id, order_id, kind, status, last_result from money_operation where ${UNDER_WAY}`,
    'payment page': `select order_id, payment_session.status from payment_session join orders on orders.id = order_id
      where orders.status = 'awaiting-payment' and payment_session.status in ('planned', 'approving')`,
    order: `select id as order_id, status from orders where status in ('awaiting-confirmation', 'cancelling') or answer_awaited_since is not null`,
  },
  shipping: {},
  returns: {
    job: JOBS,
    mail: MAILS,
    refund: `select id, order_id, status from "return" where status = 'refund-decided'`,
    statement: `select statement_id, order_id, status from statement_answer where status = 'pending'`,
  },
  privacy: {},
}

/**
 * Orders of which a money operation may or may not have reached the provider, which is asked nothing more before it has certainly given
 * up on it: 65 s at Klarna (docs/operations.md).
 */
const IN_GRACE = `select distinct order_id from money_operation where status = 'sent' and last_sent_at > now() - interval '66 seconds'`

/** Something that is under way: what, where, and its row. */
export type Open = { what: string; service: ServiceName; details: object }

/** All that is under way in a house: events, jobs, mails, money, and orders that wait for any of them. [] is rest. */
export async function openWork(house: Pick<House, 'parties' | 'pools' | 'simulator'>): Promise<Open[]> {
  const { pools, parties } = house
  const found = await Promise.all(
    (Object.keys(UNDER_WAY_IN) as ServiceName[]).map(async (service) => {
      const kinds = Object.entries(UNDER_WAY_IN[service]).map(async ([what, text]) =>
        (await pools[service].query(text)).rows.map((details): Open => ({ what, service, details })),
      )
      return (await Promise.all(kinds)).flat()
    }),
  )
  const events: Open[] = (await quiet(parties)) ? [] : [{ what: 'event', service: 'orders', details: {} }]
  return [...found.flat(), ...events, ...(await unheardPayments(house))]
}

/** What customers approved, and the shop does not know of. */
async function unheardPayments({ pools, simulator }: Pick<House, 'pools' | 'simulator'>): Promise<Open[]> {
  const { rows } = await pools.orders.query<{ payment_id: string }>('select payment_id from payment_account')
  const known = new Set(rows.map(({ payment_id }) => payment_id))
  return simulator
    .books()
    .filter(({ paymentId, capturable }) => capturable > 0 && !known.has(paymentId))
    .map(({ paymentId }) => ({ what: 'payment', service: 'orders', details: { paymentId } }))
}

/** What kind of thing is open, in words. */
const kindOf = ({ what, service, details }: Open) => {
  const { name, kind, status } = details as Record<string, string | undefined>
  return [service, what, name ?? kind, status].filter((part) => part !== undefined).join(' ')
}

/**
 * Waits until nothing is under way, twice in a row, since the one may cause the other; or until the time is over. Tells how long
 * that took, from `sinceMs` by the clock of `performance.now()`, leaving out orders whose provider's grace is waited for; how many
 * those were, how long each kind of thing was open, and what still is.
 */
export async function awaitRest(house: House, { sinceMs, withinMs }: { sinceMs: number; withinMs: number }) {
  let settledMs: number | undefined
  let restingMs: number | undefined
  const openUntilMs: Record<string, number> = {}
  const inGrace = new Set<unknown>()
  for (;;) {
    const passedMs = Math.max(0, Math.round(performance.now() - sinceMs))
    const { open, waiting } = await look(house)
    const moving = open.filter(({ details }) => !waiting.has((details as { order_id?: string }).order_id))
    for (const each of moving) openUntilMs[kindOf(each)] = passedMs
    for (const id of waiting) inGrace.add(id)
    // What moves later, once all else has come to rest, is what waited.
    if (moving.length === 0) settledMs ??= passedMs
    else if (inGrace.size === 0) settledMs = undefined
    const result = { settleMs: settledMs ?? passedMs, inGrace: inGrace.size, openUntilMs, open }
    if (passedMs > withinMs / 2 && open.some(({ what }) => what === 'payment')) await lookAtPayments(house)
    if (open.length > 0) restingMs = undefined
    else if (restingMs !== undefined) return result
    else restingMs = passedMs
    if (passedMs > withinMs && open.length > 0) return result
    await pause(LOOK_EVERY_MS)
  }
}

/**
 * Brings forward the shop's own look at payments that it was not told of, which comes ever more seldom: a provider gives up telling a
 * shop that is away.
 */
const lookAtPayments = ({ pools }: House) =>
  pools.orders
    .query('update orders set payment_check_due_at = now() where payment_check_due_at > now()')
    .catch(() => undefined)

/** What is open, and which orders wait for a provider's grace. A database that is away at this moment is asked again. */
async function look(house: House): Promise<{ open: Open[]; waiting: Set<unknown> }> {
  try {
    const { rows } = await house.pools.orders.query<{ order_id: string }>(IN_GRACE)
    return { waiting: new Set(rows.map(({ order_id }) => order_id)), open: await openWork(house) }
  } catch (error) {
    const away: Open = { what: 'database', service: 'orders', details: { error: String(error) } }
    return { waiting: new Set(), open: [away] }
  }
}
