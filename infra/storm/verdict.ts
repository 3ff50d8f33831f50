import { COUNT_UNITS, type Counted } from '@vilkar/orders/stock/audit.ts'
import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Movement, ProviderBooks } from './simulators.ts'
import type { Stage } from './stage.ts'

/** What the orders service believes of one payment. Amounts in the smallest unit. */
type Account = {
  order_id: string
  payment_id: string
  authorised: number
  captured: number
  refunded: number
  released: number
}

/** What an order, with all its payments, took and gave back by the ledger, and as it was told itself. */
type Told = { order_id: string; captured: number; refunded: number; told_captured: number; told_refunded: number }

export type Verdict = {
  doubleCaptures: number
  doubleRefunds: number
  overCaptures: number
  overRefunds: number
  ledgerMismatches: number
  /** Money operations that came to no end. */
  stuck: number
  /** Orders that were taken although the provider would open no payment page for them. */
  unpayable: number
  /** Products of which units were lost, or sold twice. */
  stockAstray: number
}

/** What has no end yet. What is claimed has one, and so has an extension that the provider will not give. */
export const UNDER_WAY = `status not in ('done', 'claimed') and not (kind = 'extend' and status = 'declined')`

const KINDS = ['authorised', 'captured', 'refunded', 'released'] as const
const sumOf = (kind: string) => `coalesce(sum(amount) filter (where kind = '${kind}'), 0)::float8`
const sum = (movements: Movement[]) => movements.reduce((total, { amount }) => total + amount, 0)
const repeated = (movements: Movement[]) => movements.length - new Set(movements.map(({ intent }) => intent)).size
const count = <Value>(values: readonly Value[], counts: (value: Value) => boolean) => values.filter(counts).length

/** Compares the ledger with the provider's books, payment by payment, once nothing moves any more. */
export async function judge({ books, simulator }: Pick<Stage, 'books' | 'simulator'>): Promise<Verdict> {
  const { rows: accounts } = await books.query<Account>(
    `select order_id, payment_id, ${KINDS.map((kind) => `${sumOf(kind)} as ${kind}`).join(', ')}
     from ledger_entry group by order_id, payment_id`,
  )
  const { rows: told } = await books.query<Told>(
    `select order_id, captured::float8, refunded::float8,
       (state ->> 'captured')::float8 as told_captured, (state ->> 'refunded')::float8 as told_refunded
     from payment_account join orders on orders.id = order_id`,
  )
  const { rows: open } = await books.query(`select * from money_operation where ${UNDER_WAY}`)
  const { rows: unpayable } = await books.query(
    `select order_id, last_result from payment_session where status = 'declined'`,
  )
  const { rows: units } = await books.query<Counted>(COUNT_UNITS)
  const astray = units.filter(({ stock, kept, changed }) => stock + kept !== changed)
  for (const product of astray) console.error('Stock astray:', JSON.stringify(product))
  for (const session of unpayable) console.error('Nobody could pay:', JSON.stringify(session))
  for (const operation of open) console.error('Stuck:', JSON.stringify(operation))
  const intents = await intentsByKey(books)
  const intentOf = ({ intent, amount }: Movement): Movement => ({ intent: intents.get(intent) ?? intent, amount })
  const truths = simulator.books().map(({ captures, refunds, ...truth }) => ({
    ...truth,
    captures: captures.map(intentOf),
    refunds: refunds.map(intentOf),
  }))
  for (const { paymentId, captures, refunds } of truths)
    if (repeated(captures) + repeated(refunds) > 0)
      console.error(
        'Moved twice:',
        paymentId,
        JSON.stringify({ captures, refunds, asked: await askedOf(books, paymentId) }),
      )
  const believed = new Map(accounts.map((account) => [account.payment_id, account]))
  for (const truth of truths)
    if (!agrees(truth, believed.get(truth.paymentId)))
      console.error('Not as the provider says:', JSON.stringify({ truth, believed: believed.get(truth.paymentId) }))
  const known = new Set(truths.map(({ paymentId }) => paymentId))
  return {
    doubleCaptures: truths.reduce((total, { captures }) => total + repeated(captures), 0),
    doubleRefunds: truths.reduce((total, { refunds }) => total + repeated(refunds), 0),
    overCaptures: count(truths, ({ captures, authorised }) => sum(captures) > authorised),
    overRefunds: count(truths, ({ captures, refunds }) => sum(refunds) > sum(captures)),
    ledgerMismatches:
      count(truths, (truth) => !agrees(truth, believed.get(truth.paymentId))) +
      count(accounts, ({ payment_id }) => !known.has(payment_id)) +
      count(told, (order) => !isTold(order)) +
      simulator.violations().length,
    stuck: open.length,
    unpayable: unpayable.length,
    stockAstray: astray.length,
  }
}

/** What was asked of a payment, for whoever looks into it. */
const askedOf = async (books: Stage['books'], paymentId: string) =>
  (await books.query(`select * from money_operation where payment_id = $1 order by created_at`, [paymentId])).rows

/** Which operation a key stands for. A provider that shows keys and no references shows another one for every attempt. */
async function intentsByKey(books: Stage['books']) {
  const { rows } = await books.query<{ id: string; kind: 'capture' | 'refund'; amount: string; attempt: number }>(
    `select id, kind, amount, attempt from money_operation where kind in ('capture', 'refund')`,
  )
  return new Map(
    rows.flatMap(({ id, kind, amount, attempt: last }) =>
      Array.from({ length: last }, (_, i) => {
        const key = idempotencyKey({ op: kind, intentId: id, amount: Number(amount), attempt: i + 1 })
        return [key, id] as const
      }),
    ),
  )
}

const isTold = ({ captured, refunded, told_captured, told_refunded }: Told) =>
  captured === told_captured && refunded === told_refunded

/** A payment that came after its order had ended has no account: then all of it must have been let go. */
function agrees({ authorised, capturable, captures, refunds }: ProviderBooks, account: Account | undefined) {
  if (account === undefined) return capturable === 0 && captures.length === 0
  return (
    account.authorised === authorised &&
    account.captured === sum(captures) &&
    account.refunded === sum(refunds) &&
    account.authorised - account.captured - account.released === capturable
  )
}
