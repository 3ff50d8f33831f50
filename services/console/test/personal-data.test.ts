import { createPool } from '@vilkar/server/postgres.ts'
import { columnFaults, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { personalData } from '../personal-data.ts'
import { createVisitor, startTestConsole } from './console.ts'
import { aShop } from './shop/answers.ts'

const { answers } = aShop()
const house = await startTestConsole(t, answers, { SHOP_CLIENT_ID: 'shop' })
const pool = createPool(house.database, { max: 1 })
t.teardown(() => pool.end())

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('of who is signed in and of who buys nothing stands in the clear but whom the issuer names', async (t) => {
  const staff = createVisitor(house)
  await staff.signIn('support')
  const customer = createVisitor(house)
  const typed = { name: 'Kari Eksempelsen', email: 'kari@eksempel.example', street: 'Storgata 77' }
  const shop = await customer.ask('/shop')
  await customer.send('/shop/basket/goods', customer.fieldsOf(shop.text, '/shop/basket/goods'))
  const form = customer.fieldsOf((await customer.ask('/shop/checkout')).text, '/shop/checkout')
  const more = { kind: 'consumer', postalCode: '0155', city: 'Oslo', country: 'NO' }
  t.equal((await customer.send('/shop/checkout', { ...form, ...typed, ...more })).status, 303)
  t.strictSame([...(await placesOf(pool, Object.values(typed)))], [])
  const places = [...(await placesOf(pool, ['support']))]
  t.ok(places.includes('session.subject'))
  t.strictSame(
    places.filter((place) => !isMapped(place, personalData)),
    [],
  )
})
