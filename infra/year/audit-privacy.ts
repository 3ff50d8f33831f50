import { CONTROLLER } from '@vilkar/storm/people/data.ts'
import { booksBroken, ERASED } from '@vilkar/storm/privacy/books.ts'
import { type Erased, personalDataLeft, type Withheld } from '@vilkar/storm/privacy/left.ts'
import { requestsUnanswered } from '@vilkar/storm/privacy/requests.ts'
import type { World } from './world.ts'

type Audited = Pick<World, 'databases' | 'clock' | 'ask' | 'urls' | 'diary'>

/** What is wrong with how personal data were kept, asked about and erased. */
export async function auditPrivacy(world: Audited) {
  const { databases, clock, diary } = world
  const now = clock.now()
  const erased: Erased[] = []
  for (const person of diary.erased()) erased.push({ ...person, ...(await toldOf(world, person)) })
  return {
    requestsUnanswered: await requestsUnanswered(databases.rows, now),
    personalDataLeft: await personalDataLeft(databases.rows, erased, now),
    heldPastTheirDay: [...(await pastTheirDay(world)), ...(await cancelledAndNamed(world))],
    booksBroken: await booksBroken(databases.rows, now),
  }
}

/** What the privacy service says of somebody's erasure. */
async function toldOf({ ask, urls }: Audited, { email }: { email: string }) {
  const { body } = await ask('support', 'POST', `${urls.privacy}/requests/of-person`, {
    ...{ controller: CONTROLLER, identifiers: [{ kind: 'email', value: email }] },
  })
  const items = body.items as { kind: string; answeredAt?: string; kept?: Withheld[] }[]
  const withheld = items.flatMap(({ kind, kept = [] }) => (kind === 'erase' ? kept : []))
  const answers = items.map(({ answeredAt }) => answeredAt)
  const answeredAt = answers.includes(undefined) ? undefined : answers.toSorted().at(-1)
  return { withheld, ...(answeredAt !== undefined && { answeredAt }) }
}

/** Records of which the day is over by what the service itself says, with nothing that keeps them: neither asked for, nor gone when their holders were. */
const pastTheirDay = ({ databases, clock }: Audited) =>
  databases.rows(
    'privacy',
    `select holding.system, record, category, holding.status, due_at from holding left join erasure on erasure.id = erasure_id
     where holding.status <> 'erased' and due_at < $1::timestamptz - interval '1 day'
       and case holding.status when 'due' then answer_by < $1
         else not open and coalesce(postponed_until, '-infinity') < $1::timestamptz - interval '1 day' end`,
    [clock.now().toString()],
  )

/** So long after it was cancelled an order of which nothing was sold still says whose it was, written down here once more; and three days for all to be told. */
const CANCELLED_DAYS = 30 + 3

/** Orders that nobody has a reason to know any more: cancelled, with nothing booked and nobody's work waiting. */
async function cancelledAndNamed({ databases, clock }: Audited) {
  const named = await databases.rows<{ id: string }>(
    'orders',
    `select orders.id from orders join outbox on aggregate_id = orders.id and type = 'OrderCancelled'
     where not (${ERASED}) and (data ->> 'cancelledAt')::timestamptz < $1::timestamptz - interval '${CANCELLED_DAYS} days'
       and not exists (select from sales_document where order_id = orders.id)
       and not exists (select from alarm where order_id = orders.id and resolved_at is null)`,
    [clock.now().toString()],
  )
  const cases = await databases.rows<{ order_id: string }>(
    'returns',
    'select order_id from return_case where closed_at is null union all select order_id from alarm where resolved_at is null',
  )
  const busy = new Set(cases.map(({ order_id }) => order_id))
  return named.filter(({ id }) => !busy.has(id))
}
