import t from 'tap'
import { oneByOne } from '../one-by-one.ts'

t.test('one that throws is logged, and those behind it are seen to in their order', async (t) => {
  const seen: string[] = []
  const logged: unknown[] = []
  const failure = new Error('its data are broken')
  const log = { warn: (...said: unknown[]) => void logged.push(said) }
  const how = { log, complaint: 'an order waits', about: (orderId: string) => ({ orderId }) }
  const count = await oneByOne(['1', '2', '3'], how, async (orderId) => {
    if (orderId === '1') throw failure
    seen.push(orderId)
  })
  t.strictSame(seen, ['2', '3'])
  t.equal(count, 2)
  t.strictSame(logged, [[{ err: failure, orderId: '1' }, 'an order waits']])
})

t.test('what throws at once is no other', async (t) => {
  const how = { log: { warn: () => {} }, complaint: '', about: () => ({}) }
  const broken = () => {
    throw new Error('before anything was awaited')
  }
  t.equal(await oneByOne(['1', '2'], how, broken), 0)
})
