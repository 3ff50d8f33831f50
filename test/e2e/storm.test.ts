import { isFaultless, storm } from '@vilkar/storm/storm.ts'
import t from 'tap'

const ORDERS = 6

// Where the shop places the order and where the provider does; the other front ends of Klarna lead to the same books.
for (const provider of ['klarna-payments', 'vipps'] as const)
  t.test(`after a short storm at ${provider} the ledger says what its books say`, async (t) => {
    const result = await storm({ seed: 7, orders: ORDERS, provider })
    t.ok(isFaultless(result), JSON.stringify(result))
    t.ok(result.faultsInjected > 0, 'it has blown')
    t.ok(result.erased > 0, 'somebody was erased')
  })
