import { CONTROLLER } from '../people/data.ts'
import { until } from '../people/persist.ts'
import type { Stage } from '../stage.ts'
import { booksBroken } from './books.ts'
import { type Erased, personalDataLeft, type Withheld } from './left.ts'
import { stillOpen } from './requests.ts'

/** What is wrong with personal data once nothing moves any more. */
export type DataVerdict = {
  /** Rows of any table of any service that name somebody who was erased, but for what the privacy service says that stays. */
  personalDataLeft: number
  /** Requests that nobody answered, though nothing that is under way keeps what they are about. */
  requestsUnanswered: number
  /** Sales documents of orders that were erased that are missing, name no buyer or do not add up, and ledgers unlike their order. */
  booksBroken: number
}

/** A shopper who asked to be erased; their order is known by its id alone afterwards. */
export type Asked = { name: string; email: string; orderId: string }
type Judged = Pick<Stage, 'look' | 'call' | 'urls' | 'privacyClock'>

/** What could not go is asked for again each day, and what somebody might ask back about goes after a week. */
const DAYS = 12

/** Lets days pass for the privacy service alone, each until all that it asked for is answered. */
export async function letDaysPass({ look, privacyClock }: Pick<Judged, 'look' | 'privacyClock'>) {
  for (let day = 0; day < DAYS; day += 1) {
    await privacyClock.advance(24)
    await until('all holders answer what they are to erase', async () => {
      const open = await look('privacy', 'select id from erasure where settled_at is null')
      return open.length === 0 || undefined
    })
  }
}

export async function judgeData(judged: Judged, asked: readonly Asked[]): Promise<DataVerdict> {
  const { look, privacyClock } = judged
  const now = privacyClock.now()
  const erased: Erased[] = []
  for (const person of asked) erased.push(await erasedOf(judged, person))
  const found = {
    personalDataLeft: await personalDataLeft(look, erased, now),
    requestsUnanswered: await stillOpen(look),
    booksBroken: await booksBroken(look, now),
  }
  for (const [what, each] of Object.entries(found))
    for (const one of each.slice(0, 20)) console.error(`${what}:`, JSON.stringify(one))
  return {
    personalDataLeft: found.personalDataLeft.length,
    requestsUnanswered: found.requestsUnanswered.length,
    booksBroken: found.booksBroken.length,
  }
}

type Request = { id: string; kind: string; answeredAt?: string; kept?: Withheld[] }

/** What the privacy service says of somebody's erasure, and whether their order was placed before they asked for the last. */
async function erasedOf({ look, call, urls }: Judged, { name, email, orderId }: Asked): Promise<Erased> {
  const identifiers = [{ kind: 'email', value: email }]
  const body = { controller: CONTROLLER, identifiers }
  const said = await call('support', 'POST', `${urls.privacy}/requests/of-person`, { body })
  const items = said.body.items as Request[]
  const answers = items.map(({ answeredAt }) => answeredAt)
  const answeredAt = answers.includes(undefined) ? undefined : answers.toSorted().at(-1)
  const ids = items.flatMap(({ kind, id }) => (kind === 'erase' ? [id] : []))
  const [last] = await look<{ at: string | null }>(
    'privacy',
    `select max(recorded_at)::timestamptz as at from request where id = any($1)`,
    [ids],
  )
  const before = await look(
    'orders',
    `select id from orders where id = $1 and (state -> 'placed' ->> 'placedAt')::timestamptz <= $2`,
    [orderId, last!.at],
  )
  return {
    ...{ name, email, orders: before.length > 0 ? [orderId] : [], ordersSince: before.length > 0 ? [] : [orderId] },
    withheld: items.flatMap(({ kind, kept = [] }) => (kind === 'erase' ? kept : [])),
    ...(answeredAt !== undefined && { answeredAt }),
  }
}
