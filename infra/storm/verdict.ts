import type { ProviderBooks } from './simulators.ts'
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

export type Verdict = {
  doubleCaptures: number
  doubleRefunds: number
  overCaptures: number
  overRefunds: number
  ledgerMismatches: number
  /** Money operations that came to no end. */
  stuck: number
}

const sum = (movements: { amount: number }[]) => movements.reduce((total, { amount }) => total + amount, 0)
const repeated = (movements: { intent: string }[]) =>
  movements.length - new Set(movements.map(({ intent }) => intent)).size
const count = <Value>(values: readonly Value[], counts: (value: Value) => boolean) => values.filter(counts).length

/** Compares the ledger with the provider's books, payment by payment, once nothing moves any more. */
export async function judge({ books, simulator }: Stage): Promise<Verdict> {
  const { rows: accounts } = await books.query<Account>(
    'select order_id, payment_id, authorised::float8, captured::float8, refunded::float8, released::float8 from payment_account',
  )
  const { rows: open } = await books.query<{ count: number }>(
    `select count(*)::int as count from payment_operation where kind <> 'start' and status <> 'done'`,
  )
  const truths = simulator.books()
  const believed = new Map(accounts.map((account) => [account.payment_id, account]))
  return {
    doubleCaptures: truths.reduce((total, { captures }) => total + repeated(captures), 0),
    doubleRefunds: truths.reduce((total, { refunds }) => total + repeated(refunds), 0),
    overCaptures: count(truths, ({ captures, authorised }) => sum(captures) > authorised),
    overRefunds: count(truths, ({ captures, refunds }) => sum(refunds) > sum(captures)),
    ledgerMismatches:
      count(truths, (truth) => !agrees(truth, believed.get(truth.paymentId))) +
      count(accounts, ({ payment_id }) => !truths.some(({ paymentId }) => paymentId === payment_id)) +
      simulator.violations().length,
    stuck: open[0]!.count,
  }
}

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
