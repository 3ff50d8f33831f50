import { phonePicture, SVG } from '@vilkar/photos/test/pictures.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { app, call, requested } = await startShippingForTest()
const send = (role: string, url: string, payload: Buffer) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { authorization: `Bearer ${role}`, 'content-type': 'image/png' },
  })

t.test('pictures of a damage are added to its report, beside addresses of pictures elsewhere', async (t) => {
  const { id: shipmentId, orderId } = await requested()
  await call('warehouse', 'PUT', `/shipments/${shipmentId}/dispatch`, { carrier: 'bring', trackingNumber: 'NO1' })
  const report = `/damage-reports/${crypto.randomUUID()}`
  const photos = ['https://shop.example/a.jpg']
  const told = { shipmentId, kind: 'damaged', reportedBy: 'customer', what: 'Knust', photos }
  t.match(await call('warehouse', 'PUT', report, told), { status: 200, body: { photos } })
  const added = await send('warehouse', `${report}/photos`, await phonePicture())
  t.equal(added.statusCode, 201)
  const { items } = (await call('warehouse', 'GET', `${report}/photos`)).body
  t.match(items, [{ sha256: added.json().sha256, url: /^https:\/\/shipping\.example\/photos\?link=/ }])
  const linked = await app.inject({ method: 'GET', url: items[0].url.replace('https://shipping.example', '') })
  t.equal(linked.rawPayload.length, items[0].bytes)
  const collected = async (order: string) =>
    app.inject({
      ...{ method: 'GET', url: `/personal-data/${order}/photos/${items[0].sha256}` },
      headers: { authorization: 'Bearer support' },
    })
  t.ok((await collected(orderId)).rawPayload.equals(linked.rawPayload), 'and collected for whose order it is')
  t.equal((await collected((await requested()).orderId)).statusCode, 404)
  t.equal((await send('warehouse', `${report}/photos`, SVG)).statusCode, 415)
  t.equal((await send('storefront', `${report}/photos`, await phonePicture())).statusCode, 403)
  t.equal(
    (await send('warehouse', `/damage-reports/${crypto.randomUUID()}/photos`, await phonePicture())).statusCode,
    404,
  )
})
