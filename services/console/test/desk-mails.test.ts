import { readFile } from 'node:fs/promises'
import fastify from 'fastify'
import t from 'tap'
import { mails as en } from '../desk/words/mails-en.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'

const ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e8'
const confirmation = {
  ...{ id: `${ID}01`, about: ORDER_ID, kind: 'confirmation', at: '2026-11-20T09:31:00Z', to: 'kari@example.com' },
  ...{ subject: 'Ordrebekreftelse', status: 'accepted', settledAt: '2026-11-20T09:31:02Z', content: 'kept' },
}
const acknowledgement = { ...confirmation, id: `${ID}02`, kind: 'acknowledgement', at: '2026-11-20T09:30:00Z' }
const { to: _, subject: __, ...bare } = confirmation
const erased = { ...bare, id: `${ID}03`, kind: 'sent', at: '2026-11-22T09:30:00Z', content: 'erased' }
const queued = {
  ...{ id: `${ID}04`, about: ORDER_ID, kind: 'withdrawal-receipt', at: '2026-11-21T09:30:00Z' },
  ...{ to: 'kari@example.com', status: 'queued', content: 'unwritten' },
}
const unheardOf = { ...queued, id: `${ID}05`, kind: 'brand-new', at: '2026-11-23T09:30:00Z', status: 'rejected' }
const ofAnother = { ...confirmation, id: `${ID}06`, about: `${ID}07`, to: 'ola@example.com' }
const asSent = {
  ...{ ...confirmation, sentAt: '2026-11-20T09:31:00Z', text: `Hei,\n\n${EVIL}`, response: '250 taken' },
  attachments: [
    { number: 1, filename: 'vilkår.pdf', contentType: 'application/pdf', bytes: 81_000 },
    { number: 2, filename: 'vilkår.md', contentType: 'text/markdown', bytes: 12 },
  ],
}

/** The returns service, which has mails of its own about the order. */
const returns = fastify()
const ofReturns = { items: [queued, unheardOf] }
returns.get(`/orders/${ORDER_ID}/mails`, async () => ofReturns)
returns.get(`/orders/${ORDER_ID}/dossier`, async () => ({ mails: ofReturns, unread: [] }))
returns.get(`/mails/${queued.id}`, async () => ({ ...queued, attachments: [] }))
const RETURNS_URL = await returns.listen({ host: '127.0.0.1', port: 0 })
t.teardown(() => returns.close())

const house = await startTestConsole(
  t,
  {
    ...answersAbout(anOrder()),
    [`GET /orders/${ORDER_ID}/mails`]: ({ query }: { query: { after?: string } }) =>
      query.after === undefined
        ? { items: [acknowledgement, confirmation], next: confirmation.id }
        : { items: query.after === confirmation.id ? [erased] : [] },
    [`GET /mails/${confirmation.id}`]: asSent,
    [`GET /mails/${erased.id}`]: { ...erased, attachments: [] },
    [`GET /mails/${ofAnother.id}`]: { ...asSent, ...ofAnother },
    [`GET /mails/${ofAnother.id}/attachments/1`]: Buffer.from('the file of another'),
  },
  { RETURNS_URL },
)
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const at = (mail: { id: string }, writer = 'orders') => `/desk/orders/${ORDER_ID}/mails/${writer}/${mail.id}`

t.test('an order’s page has every mail about it, of all services and pages, the oldest first', async (t) => {
  const { text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  const [, table = ''] = /<section class="ds-card" id="mails".*?<tbody>(.*?)<\/tbody>/s.exec(text)!
  const order = [
    [acknowledgement, 'orders', en.kind_acknowledgement, 'Ordrebekreftelse', en.state_accepted],
    [confirmation, 'orders', en.kind_confirmation, 'Ordrebekreftelse', en.state_accepted],
    [queued, 'returns', en['kind_withdrawal-receipt'], en.unwritten, en.state_queued],
    [erased, 'orders', en.kind_sent, en.erased, en.state_accepted],
    [unheardOf, 'returns', 'brand-new', en.never, en.state_rejected],
  ] as const
  const rows = table.split('</tr>').slice(0, -1)
  t.equal(rows.length, order.length)
  for (const [i, [mail, writer, ...said]] of order.entries())
    for (const each of [`href="${at(mail, writer)}"`, ...said]) t.ok(rows[i]!.includes(each), `${mail.kind}: ${each}`)
})

t.test('a mail is read word for word, and says what became of it', async (t) => {
  const { text } = await support.ask(at(confirmation))
  for (const said of [ESCAPED, '250 taken', en.state_accepted, 'kari@example.com']) t.match(text, said)
  t.match(text, /<div class="verbatim" lang="nb">Hei,\n\n/)
  t.match(text, `href="${at(confirmation)}/attachments/1"`)
  t.match(text, '81 kB')
})

t.test('one that is erased, or not written yet, says so', async (t) => {
  t.match((await support.ask(at(erased))).text, en.content_erased)
  t.match((await support.ask(at(queued, 'returns'))).text, en.content_unwritten)
})

t.test('under the address of one order there is no mail of another: who looks is written down by it', async (t) => {
  for (const path of [at(ofAnother), `${at(ofAnother)}/attachments/1`]) {
    const { status, text } = await support.ask(path)
    t.equal(status, 404, path)
    t.notMatch(text, /ola@example|the file/)
  }
})

t.test('what went with it is a file; a document is shown by the browser', async (t) => {
  for (const [number, type, disposition] of [
    [1, 'application/pdf', /^inline; filename\*=UTF-8''vilk/],
    [2, 'text/markdown', /^attachment; /],
  ] as const) {
    house.answers[`GET /mails/${confirmation.id}/attachments/${number}`] = (_: unknown, reply: never) =>
      sendFile(reply, type)
    const file = await support.ask(`${at(confirmation)}/attachments/${number}`)
    t.equal(file.text, 'the file')
    t.match(file.headers.get('content-type'), type)
    t.match(file.headers.get('content-disposition'), disposition)
    t.equal(file.headers.get('x-content-type-options'), 'nosniff')
  }
  t.equal((await support.ask(`${at(confirmation)}/attachments/9`)).status, 404)
  t.equal((await support.ask(at(confirmation, 'privacy'))).status, 404)
})
const sendFile = (
  reply: { header(name: string, value: string): typeof reply; send(body: Buffer): unknown },
  type: string,
) =>
  reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename*=UTF-8''vilk%C3%A5r`)
    .send(Buffer.from('the file'))

t.test('there is a word for every kind of mail about an order', async (t) => {
  const listed = await readFile(new URL('../../../docs/mails.md', import.meta.url), 'utf8')
  const [aboutOrders = ''] = listed.split('## Privacy')
  const kinds = [...aboutOrders.matchAll(/^\| `([a-z-]+)`/gm)].map(([, kind]) => `kind_${kind}`)
  const known = Object.keys(en).filter((key) => key.startsWith('kind_'))
  t.strictSame(known.sort(), kinds.sort())
})
