import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFaultless, storm } from '@vilkar/storm/storm.ts'

const ORDERS = 10

// Where the shop places the order and where the provider does; the other front ends of Klarna lead to the same books.
for (const provider of ['klarna-payments', 'vipps'] as const)
  test(`after a short storm at ${provider} the ledger says what its books say`, async () => {
    const result = await storm({ seed: 7, orders: ORDERS, provider })
    assert.ok(isFaultless(result), JSON.stringify(result))
    assert.ok(result.faultsInjected > 0, 'it has blown')
  })
