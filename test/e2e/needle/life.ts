import assert from 'node:assert/strict'
import { createCaller, payAt } from '@vilkar/local/shopper.ts'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import { unzipSync } from 'fflate'
import type { House } from '../house.ts'

/** A customer whose every datum is found nowhere else. */
export const PERSON = {
  name: 'Qvistin Nåløye',
  login: 'qvistin-login',
  mistyped: 'naaloye.feil@example.com',
  email: 'Naaloye.Rett@example.com',
  phone: '+47 918 27 364',
  address: {
    ...{ name: 'Qvistin Nåløye', street: 'Høystakkveien 4711', postalCode: '0155', city: 'Bekkasinvik', country: 'NO' },
    phone: '+47 918 27 364',
  },
}
/** What of it is searched for; the last is in all that anybody writes. */
export const NEEDLES = [
  'Qvistin',
  'Nåløye',
  'naaloye',
  '918 27 364',
  '91827364',
  'Høystakkveien',
  'Bekkasinvik',
  'Blåkløyv',
]
const now = () => systemClock.now().toString()
const words = (door: string) => `Qvistin i Høystakkveien sier Blåkløyv ved ${door}`

/** What `PERSON` and the staff do with the house. Each door that takes words gets some that name the person. */
export async function livePerson(house: House) {
  const { urls, issuer, shop } = house
  const call = createCaller((role) =>
    role === 'person' ? issuer.tokenFor(PERSON.login, roles.customer.scopes) : issuer.token(role as keyof typeof roles),
  )
  const bought = await buy()
  await receive(bought)
  await sendBack(bought)
  await complain(bought)
  await write(bought)
  return bought

  async function buy() {
    const skus = [await shop.stock(20), await shop.stock(20), await shop.stock(20)]
    const lines = skus.map((sku, n) => ({ sku, quantity: n + 2 }))
    const wanted = { lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'en' }
    const { body: quote } = await call('person', 'POST', `${urls.orders}/quotes`, { body: wanted })
    const body = {
      ...{ quoteId: quote.id, acceptedTermsSha256: quote.terms.sha256, email: PERSON.mistyped, locale: 'en' },
      customer: { kind: 'consumer', name: PERSON.name },
      ...{ shippingAddress: { ...PERSON.address, street: 'Høystakkveien 4710' }, billingAddress: PERSON.address },
    }
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const { body: order } = await call('person', 'POST', `${urls.orders}/orders`, { body, headers })
    await call('support', 'PUT', `${urls.orders}/orders/${order.id}/email`, {
      body: { email: PERSON.email, why: words('email') },
    })
    await payAt(order.payment.url)
    const shipmentId = await shop.shipmentOf(order)
    await call('support', 'PUT', `${urls.orders}/orders/${order.id}/shipping-address`, {
      body: { shippingAddress: PERSON.address, why: words('shipping-address') },
    })
    await call('support', 'PUT', `${urls.orders}/orders/${order.id}/hindrances/${crypto.randomUUID()}`, {
      body: { event: 'strike', what: words('hindrances'), foreseeable: false, avoidable: false },
    })
    return { id: order.id as string, number: order.number as string, shipmentId }
  }

  async function receive({ id, shipmentId }: Bought) {
    const shipment = `${urls.shipping}/shipments/${shipmentId}`
    await shop.dispatch(shipmentId, id)
    await call('warehouse', 'PUT', `${shipment}/whereabouts`, {
      body: { report: 'at-pickup-point', place: words('whereabouts') },
    })
    await shop.deliver(shipmentId, id, PERSON.name)
    await call('support', 'PUT', `${shipment}/delivery/correction`, {
      body: {
        delivered: {
          receivedAt: now(),
          receivedBy: `Bror av ${PERSON.name}`,
          takenBy: 'named-by-customer',
        },
        why: words('delivery/correction'),
      },
    })
    await call('support', 'PUT', `${shipment}/circumstances`, {
      body: { circumstance: { identified: true }, since: now(), why: words('circumstances') },
    })
    const report = `${urls.shipping}/damage-reports/${crypto.randomUUID()}`
    await call('warehouse', 'PUT', report, {
      body: {
        ...{ shipmentId, kind: 'damaged', reportedBy: 'customer', what: words('damage-reports') },
        lines: [{ lineId: '3', quantity: 1 }],
        photos: ['https://pictures.example/qvistin/1.jpg'],
      },
    })
    await upload('warehouse', `${report}/photos`)
    await call('warehouse', 'PUT', `${report}/claim`)
  }

  async function sendBack({ id }: Bought) {
    const order = `${urls.returns}/orders/${id}`
    const some = { lines: [{ lineId: '1', quantity: 1 }], statement: words('withdrawals') }
    const { body } = await eventually('returns to know the delivery', async () => {
      const answer = await call('person', 'POST', `${order}/withdrawals`, { body: some, expect: [201, 404, 409] })
      return answer.status === 201 && answer
    })
    const url = `${urls.returns}/returns/${body.id}`
    await call('support', 'POST', `${url}/notes`, { body: { text: words('notes') } })
    await call('support', 'PUT', `${url}/assignee`, { body: {} })
    await inspect(body.id, '1')
  }

  async function complain({ id }: Bought) {
    const said = { lines: [{ lineId: '2', quantity: 1 }], defect: words('complaints') }
    const { body } = await call('person', 'POST', `${urls.returns}/orders/${id}/complaints`, { body: said })
    await upload('person', `${urls.returns}/returns/${body.id}/photos`)
    await call('support', 'PUT', `${urls.returns}/complaints/${body.id}/assessment`, {
      body: { outcome: 'rejected', cause: 'no-defect', proof: words('proof'), grounds: words('grounds') },
    })
    await closed(body.id)
  }

  async function write({ id, number }: Bought) {
    const order = `${urls.returns}/orders/${id}`
    await call('support', 'PUT', `${order}/goodwill/${crypto.randomUUID()}`, {
      body: { amount: 1_000, why: words('goodwill') },
    })
    await call('support', 'PUT', `${order}/agreements/${crypto.randomUUID()}`, {
      body: {
        ...{ changes: { lowerDelivery: 100 }, text: words('agreements'), party: PERSON.name },
        agreedAt: now(),
      },
      expect: [201, 409],
    })
    await call('mailer', 'POST', `${urls.orders}/mail/events`, {
      body: { event: 'soft_bounce', 'message-id': `<${id}@example.com>`, reason: `450 <${PERSON.email}>` },
    })
    for (const query of [`email=${encodeURIComponent(PERSON.email)}`, `name=${encodeURIComponent(PERSON.name)}`])
      await call('support', 'GET', `${urls.orders}/orders?${query}`)
    for (const query of [number, PERSON.name, PERSON.email])
      await call('support', 'GET', `${urls.returns}/returns?q=${encodeURIComponent(query)}`)
    const letter = {
      ...{ channel: 'letter', statement: words('statements'), orderNumber: 'SG-99999999', name: PERSON.name },
      email: PERSON.email,
    }
    const { body: statement } = await call('support', 'POST', `${urls.returns}/statements`, { body: letter })
    // Nobody finds its order within the patience for it, and the time for all rights of choice is over.
    await house.moveClock(60)
    await eventually('a person to be asked about the statement', async () => {
      const url = `${urls.returns}/statements/${statement.id}/clarification`
      const answer = { body: { reason: words('clarification') }, expect: [200, 201, 204, 409] }
      return (await call('support', 'PUT', url, answer)).status !== 409
    })
    await call('support', 'PUT', `${order}/overrides/${crypto.randomUUID()}`, {
      body: {
        ...{ about: 'withdrawal', lines: [{ lineId: '2', quantity: 1 }] },
        ...{ why: words('overrides'), words: words('overrides words') },
      },
    })
    const returned = await eventually('the return that was granted', async () => {
      const { body } = await call('support', 'GET', `${urls.returns}/returns?status=open`)
      return body.items.find(
        (item: { orderId: string; kind: string }) => item.orderId === id && item.kind === 'withdrawal',
      )
    })
    await inspect(returned.id, '2')
    const { body: payouts } = await call('support', 'GET', `${urls.orders}/payouts`)
    for (const payout of payouts.items)
      await call('support', 'PUT', `${urls.orders}/payouts/${payout.id}/payment`, { body: { reference: 'bank 8-1' } })
  }

  async function inspect(returnId: string, lineId: string) {
    const looked = { complete: true, wear: 'tried', seal: 'intact', fitForSale: true }
    await call('warehouse', 'PUT', `${urls.returns}/returns/${returnId}/inspection`, {
      body: { units: [{ lineId, quantity: 1, ...looked }], note: words('inspection') },
    })
    await closed(returnId)
  }

  async function closed(caseId: string) {
    await eventually('the case to be over', async () => {
      const { body } = await call('support', 'GET', `${urls.returns}/returns?status=closed`)
      return body.items.some(
        (item: { id: string; closedAt?: string }) => item.id === caseId && item.closedAt !== undefined,
      )
    })
  }

  async function upload(role: string, url: string) {
    const token =
      role === 'person' ? issuer.tokenFor(PERSON.login, roles.customer.scopes) : issuer.token(role as 'support')
    const { status } = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token}`, 'content-type': 'image/jpeg' },
      body: await phonePicture(120, 80, '#4466aa'),
    })
    assert.equal(status, 201)
  }
}
export type Bought = { id: string; number: string; shipmentId: string }

const identifiers = [PERSON.email, PERSON.mistyped].map((value) => ({ kind: 'email', value }))
const asked = { controller: 'smartgroup', channel: 'signed-in', identifiers, replyTo: PERSON.email }

/** They ask to see what is kept of them. Answers the archive, once it is made of what all services hold. */
export async function askForArchive({ call, urls, issuer }: Pick<House, 'call' | 'urls' | 'issuer'>) {
  const id = crypto.randomUUID()
  await call('storefront', 'PUT', `${urls.privacy}/requests/${id}`, {
    body: { ...asked, kind: 'access', words: words('requests access') },
  })
  await eventually('the archive to be ready', async () => {
    const { body } = await call('support', 'GET', `${urls.privacy}/exports/${id}`)
    return body.status === 'ready'
  })
  const answer = await fetch(`${urls.privacy}/exports/${id}/archive`, {
    headers: { authorization: `Bearer ${await issuer.token('support')}` },
  })
  assert.equal(answer.status, 200)
  // By the mail that brings the link: erased before that, the archive would be mailed to nobody, and a person would have to answer.
  await eventually('the request to be answered', async () => {
    const { body } = await call('support', 'GET', `${urls.privacy}/requests/${id}`)
    return body.status === 'answered'
  })
  return unzipSync(new Uint8Array(await answer.arrayBuffer()))
}

/** A request of theirs was answered, and a hold was set and lifted; now they ask to be erased. Answers the request's id. */
export async function askForErasure({ call, urls }: Pick<House, 'call' | 'urls'>) {
  const [rectify, erasure, hold] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  await call('storefront', 'PUT', `${urls.privacy}/requests/${rectify}`, {
    body: { ...asked, kind: 'rectify', words: words('requests') },
  })
  await call('support', 'PUT', `${urls.privacy}/requests/${rectify}/answer`, {
    body: { outcome: 'done', answer: words('requests answer') },
  })
  await call('support', 'PUT', `${urls.privacy}/data-holds/${hold}`, {
    body: { controller: 'smartgroup', person: identifiers[0], why: words('data-holds') },
  })
  await call('support', 'DELETE', `${urls.privacy}/data-holds/${hold}`)
  await call('storefront', 'PUT', `${urls.privacy}/consents`, {
    body: {
      ...{ controller: 'smartgroup', kind: 'email', value: PERSON.email, purpose: 'newsletter', given: true },
      ...{ text: 'Send me news.', language: 'en', source: 'checkout', proven: true, age: 40 },
    },
  })
  // Whoever is not known to be the person is asked by mail.
  await call('storefront', 'PUT', `${urls.privacy}/consents`, {
    body: {
      ...{ controller: 'smartgroup', kind: 'email', value: PERSON.mistyped, purpose: 'newsletter', given: true },
      ...{ text: 'Send me news.', language: 'en', source: 'form', proven: false, age: 40 },
    },
  })
  await call('support', 'POST', `${urls.privacy}/holdings/of-person`, {
    body: { controller: 'smartgroup', identifiers },
  })
  await call('storefront', 'PUT', `${urls.privacy}/requests/${erasure}`, {
    body: { ...asked, kind: 'erase', words: words('requests erase') },
  })
  return erasure
}
