import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { dispatch, formed } from '../alarming.ts'

t.test('a dossier is what the doors of an order say, and work the beginning of every list', async (t) => {
  const { house, id } = await formed(t)
  await dispatch(house, id)
  const read = async (url: string) => (await house.call('support', 'GET', url)).body
  const { unread, ...dossier } = await read(`/orders/${id}/dossier`)
  t.strictSame(unread, [])
  t.strictSame(Object.keys(dossier), ['order', 'history', 'payments', 'documents', 'priceOffers', 'mails'])
  t.match(dossier, { order: { id, status: 'dispatched' }, payments: { accounts: [{ currency: 'NOK' }] } })
  t.strictSame(dossier.priceOffers, await read(`/orders/${id}/price-offers`))
  t.ok(dossier.history.items.length > 2 && dossier.mails.items.length > 0)
  t.match(await house.call('support', 'GET', `/orders/${crypto.randomUUID()}/dossier`), {
    ...{ status: 404, body: { detail: 'There is no such order.' } },
  })
  t.equal((await house.call('storefront', 'GET', `/orders/${id}/dossier`)).status, 403)

  // What is dispatched is captured at once: until then a list changes between two looks.
  await eventually('the capture', async () => (await read('/payments/uncaptured')).items.length === 0)
  const { unread: none, ...work } = await read('/work?limit=2')
  t.strictSame(none, [])
  for (const [name, door] of Object.entries({
    unformed: '/orders?status=unformed&limit=2',
    late: '/orders/late?limit=2',
    hindrances: '/hindrances?limit=2',
    payouts: '/payouts?limit=2',
    uncaptured: '/payments/uncaptured?limit=2',
    endingAuthorisations: '/payments/authorisations/ending?limit=2',
    drift: '/alarms?kind=reconciliation-drift&limit=2',
    alarms: '/alarms?limit=2',
    deadLetters: '/dead-letters?limit=2',
    unsentMails: '/mails/unsent?limit=2',
    law: '/law',
    counts: '/work/counts',
  }))
    t.strictSame(work[name], await read(door), name)
})
