import type { Answer } from '@vilkar/local/shopper.ts'
import t from 'tap'
import { audit } from '../audit.ts'
import { createRefusals } from '../refusals.ts'
import { openWorld } from '../world.ts'
import { isFaultless, play } from '../year.ts'
import { planted } from './planted.ts'
import { plantedOfCarriers } from './planted-carriers.ts'

/** A few customers of a few days: it shows that all parts work, and that each figure finds what it is about. */
const SHORT = { seed: 2, customers: 6, days: 3, looksADay: 1 }

const world = await openWorld()
t.teardown(() => world.stop())
const { databases } = world

t.test('a short year ends with every case decided, cited and paid in time', async (t) => {
  const result = await play(world, SHORT)
  t.ok(isFaultless(result), JSON.stringify(result))
  for (const kind of ['withdrawal', 'voluntary-return', 'complaint']) t.ok(result.cases[kind]! > 0, kind)
  for (const what of ['refunds', 'statements', 'agreements', 'labels', 'offers', 'offersTaken'] as const)
    t.ok(result[what] > 0, `${what} ${JSON.stringify(result)}`)
  for (const fate of ['imagined', 'lost', 'refused', 'delivered']) t.ok(result.parcels[fate]! > 0, fate)
  for (const kind of ['access', 'erase', 'withdraw-consent']) t.ok(result.requests[kind]! > 0, kind)
  for (const cause of ['requested', 'retention-over']) t.ok(result.erasures[cause]! > 0, cause)
})

/** Who asked for erasure for certain. */
const forgotten = () => world.diary.of(SHORT.customers + 5)!
const orderOf = async (certain: number) =>
  (
    await databases.rows<{ id: string }>('orders', `select id from orders where personal ->> 'email' = $1`, [
      `customer-${SHORT.customers + certain}@example.com`,
    ])
  )[0]!.id

for (const [what, { service, sql, undo, figure, times = 1 }] of Object.entries({
  ...planted,
  ...plantedOfCarriers,
}))
  t.test(`the audit finds ${what}`, async (t) => {
    t.capture(console, 'error')
    const { name, email } = forgotten()
    const filled = sql
      .replaceAll('$REGRETTED', await orderOf(4))
      .replaceAll('$LOST', await orderOf(7))
      .replaceAll('$NAME', name)
      .replaceAll('$EMAIL', email)
    await databases.run(service, filled)
    const found = await audit(world)
    await databases.run(service, undo)
    t.equal(found[figure], times, JSON.stringify(found))
  })

t.test('and nothing once that is undone, until money is moved in the portal of the provider', async (t) => {
  t.capture(console, 'error')
  t.ok(isFaultless(await audit(world)))
  const paid = world.klarna.orders().find(({ captured_amount, refunded_amount }) => captured_amount > refunded_amount)!
  world.klarna.portal.refund(paid.order_id, 1)
  t.equal((await audit(world)).unlikeProvider, 1)
})

t.test('a refusal without a citation is found', async (t) => {
  const refusals = createRefusals()
  const answer = (body: object) => ({ status: 409, body }) as Answer
  const cites = [{ edition: 'shop/2026-01-01', clause: '8.1', text: 'Fourteen days.' }]
  refusals.look('one', answer({ type: '/problems/withdrawal-refused', reasons: [{ code: 'too-late', cites }] }))
  t.strictSame(refusals.uncited(), [])
  refusals.look('two', answer({ type: '/problems/withdrawal-refused', reasons: [{ code: 'too-late', cites: [] }] }))
  refusals.look('three', answer({ type: '/problems/complaint-refused' }))
  const agreement = { agreement: 'a', agreedOn: '2026-06-01', text: 'Sixty days.' }
  const because = (...more: object[]) =>
    answer({ type: '/problems/withdrawal-refused', reasons: [{ code: 'late', cites: more }] })
  refusals.look('four', because(cites[0]!, agreement))
  refusals.look('five', because(agreement))
  t.equal(refusals.uncited().length, 3)
  t.equal(refusals.count(), 5)
})
