import { createSignedLinks, orderLink } from '@vilkar/server/signed-links.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { dispatch, formed } from '../alarming.ts'

const secrets = 'test-only-test-only-test-only-test-only'
const EMAIL = 'kari@example.com'

/** A confirmed order whose goods have left, and what links to it are signed with. */
async function sent(t: Test) {
  const { house, id, read } = await formed(t)
  Object.assign(house.deps.settings, { linkSecrets: secrets })
  t.teardown(() => Object.assign(house.deps.settings, { linkSecrets: undefined, linkRequestsPerMinute: 1_000_000 }))
  await dispatch(house, id)
  const links = createSignedLinks({ secrets, now: house.deps.clock.now })
  const expiresAt = house.deps.clock.now().add({ hours: 24 }).toString()
  const link = await links.sign({ ...orderLink(id, EMAIL), expiresAt })
  const open = (path: string, token: string) => house.call('nobody', 'GET', `/linked-order${path}?link=${token}`)
  return { house, id, read, links, link, expiresAt, open }
}

t.test('a link reads its order and its documents, as a token does', async (t) => {
  const { house, id, read, link, open } = await sent(t)
  const { proposal: _, ...expected } = await read()
  t.strictSame((await open('', link)).body, expected)
  const items = await eventually('the invoice', async () => {
    const { body } = await open('/documents', link)
    return body.items.length > 0 && body.items
  })
  const { links: __, ...invoice } = (await house.call('support', 'GET', `/orders/${id}/documents`)).body.items[0]
  t.strictSame(items, [invoice])
  const file = await house.app.inject(`/linked-order/documents/${invoice.id}/pdf?link=${link}`)
  t.equal(file.statusCode, 200)
  t.equal(file.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assertProblem(await open('/documents/credit-note-99/pdf', link), 404, 'document-unknown', /no such document/)
})

t.test(
  'a link reads the prices that were offered, as the mail about them has them, and not why nor by whom',
  async (t) => {
    const { house, id, read, link, open } = await sent(t)
    t.strictSame((await open('/price-offers', link)).body, { items: [] })
    const [{ sku }] = (await read()).lines
    const until = house.deps.clock.now().add({ hours: 48 }).round('millisecond').toString()
    const offerId = crypto.randomUUID()
    const body = { lines: [{ sku, quantity: 2, unitPrice: 9_000 }], currency: 'NOK', until, reason: 'It came late.' }
    const made = await house.call('support', 'PUT', `/orders/${id}/price-offers/${offerId}`, body)
    t.equal(made.status, 201)
    const { items } = (await open('/price-offers', link)).body
    t.hasStrict(items, [
      { offerId, status: 'open', until, currency: 'NOK', lines: [{ quantity: 2, unitPrice: 9_000 }] },
    ])
    t.match(items[0], { lines: [{ name: { nb: /./, en: /./ }, cataloguePrice: 10_000 }], label: { nb: /MVA|mva/ } })
    t.match(JSON.stringify(items[0].reasons), /avtaleloven/)
    t.notMatch(JSON.stringify(items), /It came late|support/)
  },
)

t.test('whatever is wrong with a link, no door tells anything, and all answer alike', async (t) => {
  const { house, id, links, link, expiresAt, open } = await sent(t)
  await eventually('the invoice to be made and every mail to be sent', async () => {
    const { rows } = await house.pool.query(
      `select exists (select from sales_document) and not exists (select from mail where status = 'queued') as rests`,
    )
    return rows[0].rests
  })
  const strange = createSignedLinks({ secrets: 'another-another-another-another-another', now: house.deps.clock.now })
  const [head, payload, signature] = link.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const wrong = {
    nonsense: 'nonsense',
    'cut short': link.slice(0, -1),
    'another order’s, by its claims': [
      head,
      Buffer.from(JSON.stringify({ ...claims, sub: crypto.randomUUID() })).toString('base64url'),
      signature,
    ].join('.'),
    'of another secret': await strange.sign({ ...orderLink(id, EMAIL), expiresAt }),
    'of another purpose': await links.sign({ ...orderLink(id, EMAIL), purpose: 'receipt', expiresAt }),
    expired: await links.sign({ ...orderLink(id, EMAIL), expiresAt: '2020-01-01T00:00:00Z' }),
    'to another address': await links.sign({ ...orderLink(id, 'another@example.com'), expiresAt }),
    'to an order that there is not': await links.sign({ ...orderLink(crypto.randomUUID(), EMAIL), expiresAt }),
  }
  const answers = new Set<string>()
  await changesNothing(house.db, async () => {
    for (const [what, token] of Object.entries(wrong))
      for (const path of ['', '/documents', '/price-offers', '/documents/invoice-1/pdf']) {
        const answer = await open(path, token)
        t.equal(answer.status, 404, `${path} by a link ${what}`)
        answers.add(JSON.stringify(answer.body))
      }
  })
  Object.assign(house.deps.settings, { linkSecrets: undefined })
  answers.add(JSON.stringify((await open('', link)).body))
  t.equal(answers.size, 1, 'also where none are signed')
})

t.test('one address asks so often by links in a minute', async (t) => {
  const { house, link, open } = await sent(t)
  Object.assign(house.deps.settings, { linkRequestsPerMinute: 1 })
  assertProblem(await open('', link), 429, 'too-many-requests', /Try again in/)
})

t.test('a dossier is what the doors of a link say, and opens by no other', async (t) => {
  const { link, open } = await sent(t)
  await eventually('the invoice', async () => (await open('/documents', link)).body.items.length > 0)
  const { unread, ...dossier } = (await open('/dossier', link)).body
  t.strictSame(unread, [])
  for (const [name, path] of Object.entries({ order: '', documents: '/documents', priceOffers: '/price-offers' }))
    t.strictSame(dossier[name], (await open(path, link)).body, name)
  t.equal(Object.keys(dossier).length, 3)
  assertProblem(await open('/dossier', 'x'), 404, 'link-unknown', /not good any more/)
})
