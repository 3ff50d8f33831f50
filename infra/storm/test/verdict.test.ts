import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import t from 'tap'
import type { ProviderBooks } from '../simulators.ts'
import type { Stage } from '../stage.ts'
import { isFaultless } from '../storm.ts'
import { judge } from '../verdict.ts'

const paid: ProviderBooks = {
  paymentId: 'p',
  authorised: 100,
  capturable: 0,
  captures: [{ intent: 'c', amount: 100 }],
  refunds: [{ intent: 'r', amount: 30 }],
}
const sums = { authorised: 100, captured: 100, refunded: 30, released: 0 }
const whole = {
  ...{ unitsAstray: 0, unpaidGoods: 0, heldThoughGone: 0, unanswered: 0, openReturns: 0 },
  ...{ personalDataLeft: 0, requestsUnanswered: 0, booksBroken: 0 },
}
const account = { order_id: 'o', payment_id: 'p', ...sums }

/** What the order was told, unless it is said otherwise, is what the ledger holds. */
const told = ({ captured = 100, refunded = 30 }: { captured?: number; refunded?: number }) => ({
  told_captured: captured,
  told_refunded: refunded,
})

/** What is said of these books of a provider beside this ledger. */
function verdict(
  truth: Partial<ProviderBooks>,
  changes: object | null = {},
  rest: { open?: object[]; ops?: object[]; broken?: string[]; unpayable?: object[]; units?: object[] } = {},
) {
  const answers: [RegExp, object[]][] = [
    [/from ledger_entry/, changes === null ? [] : [{ ...account, ...changes }]],
    [/from payment_account/, changes === null ? [] : [{ ...account, ...told(changes), ...changes }]],
    [/from money_operation where status not in/, rest.open ?? []],
    [/from payment_session/, rest.unpayable ?? []],
    [/select id, kind/, rest.ops ?? []],
    [/where payment_id =/, []],
    [/from stock_change/, rest.units ?? []],
  ]
  const query = async (sql: string) => ({ rows: answers.find(([pattern]) => pattern.test(sql))![1] })
  const simulator = { books: () => [{ ...paid, ...truth }], violations: () => rest.broken ?? [] }
  return judge({ books: { query }, simulator } as unknown as Stage)
}

const faults = async (said: ReturnType<typeof verdict>) =>
  Object.entries(await said).flatMap(([name, count]) => (count > 0 ? [name] : []))

t.test('books that say the same are faultless', async (t) => {
  t.ok(isFaultless({ ...(await verdict({})), ...whole }))
  t.ok(
    isFaultless({ ...(await verdict({ captures: [], refunds: [] }, null)), ...whole }),
    'a payment that was let go has no account',
  )
  for (const part of Object.keys(whole)) t.notOk(isFaultless({ ...(await verdict({})), ...whole, [part]: 1 }), part)
})

t.test('money that moved twice, too far or unbeknown to us is seen', async (t) => {
  const twice = [
    { intent: 'c', amount: 50 },
    { intent: 'c', amount: 50 },
  ]
  const said = t.capture(console, 'error')
  t.strictSame(await faults(verdict({ captures: twice })), ['doubleCaptures'])
  t.match(String(said()[0]?.args), /Moved twice/)
  t.strictSame(await faults(verdict({ refunds: twice }, { refunded: 100 })), ['doubleRefunds'])
  const over = [{ intent: 'c', amount: 120 }]
  t.strictSame(await faults(verdict({ captures: over }, { captured: 120 })), ['overCaptures', 'ledgerMismatches'])
  t.strictSame(await faults(verdict({ refunds: over }, { refunded: 120 })), ['overRefunds'])
  for (const change of [
    { captured: 90 },
    { refunded: 0 },
    { authorised: 90 },
    { released: 10 },
    { payment_id: 'q' },
    { told_refunded: 60 },
  ])
    t.strictSame(await faults(verdict({}, change)), ['ledgerMismatches'], JSON.stringify(change))
  t.strictSame(await faults(verdict({}, null)), ['ledgerMismatches'])
  t.strictSame(await faults(verdict({}, {}, { broken: ['It captured twice.'] })), ['ledgerMismatches'])
  t.strictSame(await faults(verdict({}, {}, { open: [{ kind: 'capture' }] })), ['stuck'])
  t.strictSame(await faults(verdict({}, {}, { unpayable: [{ order_id: 'o' }] })), ['unpayable'])
  const counted = { sku: 'S-1', stock: 5, kept: 3, opened: 10, changed: 8 }
  t.strictSame(await faults(verdict({}, {}, { units: [counted] })), [])
  t.strictSame(await faults(verdict({}, {}, { units: [{ ...counted, stock: 6 }] })), ['stockAstray'])
})

t.test('two attempts of one operation that both moved money are a double, whatever keys they had', async (t) => {
  t.capture(console, 'error')
  const ops = [{ id: 'c', kind: 'capture', amount: '50', attempt: 2 }]
  const keys = [1, 2].map((attempt) => idempotencyKey({ op: 'capture', intentId: 'c', amount: 50, attempt }))
  const captures = keys.map((intent) => ({ intent, amount: 50 }))
  t.strictSame(await faults(verdict({ captures }, {}, { ops })), ['doubleCaptures'])
})
