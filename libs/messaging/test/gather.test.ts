import t from 'tap'
import { gathering, share } from '../gather.ts'

/** Doubles numbers, and notes which it was asked for together. A negative number fails. */
function doubling() {
  const together: number[][] = []
  const double = gathering(async (_handle: object, asks: number[]) => {
    together.push(asks)
    if (asks.some((ask) => ask < 0)) throw new Error('negative')
    return asks.map((ask) => 2 * ask)
  })
  return { double, together }
}

t.test(
  'what is asked of a shared handle in one turn is asked in one statement, and each has their own answer',
  async (t) => {
    const { double, together } = doubling()
    const trx = share({})
    t.strictSame(await Promise.all([double(trx, 1), double(trx, 2), double(trx, 3)]), [2, 4, 6])
    t.equal(await double(trx, 4), 8)
    t.strictSame(together, [[1, 2, 3], [4]])
  },
)

t.test('works that go on in step go on being asked together', async (t) => {
  const { double, together } = doubling()
  const trx = share({})
  const twice = async (value: number) => double(trx, await double(trx, value))
  t.strictSame(await Promise.all([twice(1), twice(2)]), [4, 8])
  t.strictSame(together, [
    [1, 2],
    [2, 4],
  ])
})

t.test('a handle that nobody shares is asked at once, and two handles never together', async (t) => {
  const { double, together } = doubling()
  const alone = {}
  await Promise.all([double(alone, 1), double(alone, 2), double(share({}), 3), double(share({}), 4)])
  t.strictSame(together, [[1], [2], [3], [4]])
})

t.test('in a transaction a statement that fails fails all who asked', async (t) => {
  const { double, together } = doubling()
  const trx = share({})
  const ended = await Promise.allSettled([double(trx, 1), double(trx, -1)])
  t.strictSame(
    ended.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  t.strictSame(together, [[1, -1]])
})

t.test('outside a transaction whoever fails does so alone', async (t) => {
  const { double, together } = doubling()
  const db = share({}, { transaction: false })
  const [good, bad] = await Promise.allSettled([double(db, 1), double(db, -1)])
  t.match(good, { status: 'fulfilled', value: 2 })
  t.equal(bad.status, 'rejected')
  t.strictSame(together, [[1, -1], [1], [-1]])
})
