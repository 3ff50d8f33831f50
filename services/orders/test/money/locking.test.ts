import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Kysely, KyselyPlugin, RootOperationNode } from 'kysely'
import t from 'tap'
import type { Database } from '../../database.ts'
import type { Trx } from '../../deps.ts'
import { decideRefund, dispatch, formed, tell } from '../alarming.ts'
import { stopAll } from '../stop-all.ts'

/** Whether a statement reads the row of an order to change it. */
const locksAnOrder = (node: RootOperationNode) => {
  if (node.kind !== 'SelectQueryNode') return false
  const text = JSON.stringify(node)
  return text.includes('"identifier":{"kind":"IdentifierNode","name":"orders"}') && text.includes('"ForUpdate"')
}

/** The same database; `locks` counts for each transaction how often it read an order to change it. */
function counting(db: Kysely<Database>) {
  const locks: number[] = []
  const execute = async <T>(work: (trx: Trx) => Promise<T>) => {
    let count = 0
    const plugin: KyselyPlugin = {
      transformQuery({ node }) {
        if (locksAnOrder(node)) count += 1
        return node
      },
      transformResult: async ({ result }) => result,
    }
    try {
      return await db.withPlugin(plugin).transaction().execute(work)
    } finally {
      locks.push(count)
    }
  }
  const counted = new Proxy(db, {
    get(target, key) {
      if (key === 'transaction') return () => ({ execute })
      const value = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { counted, locks }
}

t.test('a transaction locks its order once and hands it on', async (t) => {
  const { house, id, read, pageOf } = await formed(t)
  const { counted, locks } = counting(house.db)
  const { together, wake } = house.deps
  Object.assign(house.deps, {
    db: counted,
    // Work that may share a transaction is counted by itself.
    together: (_about: string, work: (trx: Trx) => Promise<unknown>) => transact({ db: counted, wake }, work),
  })
  t.teardown(() => void Object.assign(house.deps, { db: house.db, together }))
  await dispatch(house, id, 1)
  await eventually('the capture', async () => (await read()).payment.captured > 0)
  await decideRefund(house, id, 1_000)
  await eventually('the refund', async () => (await read()).payment.refunded === 1_000)

  const { body: other } = await house.place()
  house.klarna.approve(await pageOf(other.payment.url))
  const at = house.clock.now().toString()
  await eventually('the contract', async () => (await seen(other.id)).status === 'formed')
  await tell(house, {
    type: 'CancelOrder',
    data: { requestId: crypto.randomUUID(), orderId: other.id, at, by: 'customer', reason: 'customer-wish' },
  })
  await stopAll(house, other.id, at)
  await eventually('the release', async () => (await seen(other.id)).payment.released)
  t.ok(locks.filter((count) => count === 1).length >= 8, `${locks}`)
  t.strictSame(
    locks.filter((count) => count > 1),
    [],
  )

  async function seen(orderId: string) {
    return (await house.call('support', 'GET', `/orders/${orderId}`)).body
  }
})
