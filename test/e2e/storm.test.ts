import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PROVIDERS } from '@vilkar/storm/provider.ts'
import { isFaultless, storm } from '@vilkar/storm/storm.ts'

const ORDERS = 10

for (const provider of PROVIDERS)
  test(`after a short storm at ${provider} the ledger says what its books say`, async () => {
    const result = await storm({ seed: 7, orders: ORDERS, provider })
    assert.ok(isFaultless(result), JSON.stringify(result))
    assert.ok(result.faultsInjected > 0, 'it has blown')
  })
