import t from 'tap'
// Alone in its process, which sells for one more.
import '@vilkar/terms/test/fixtures/add-nordlys.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { call, clock, delivered, mailbox } = await startReturnsForTest()

const under = (edition: string) => ({ placed: { terms: { edition, sha256: editionById(edition)!.sha256 } } })
const [first, nordlys, later] = ['smartgroup/2026-01-15', 'nordlys/2026-01-01', 'nordlys/2026-07-01'] as const
type Why = { reasons: { cites: { edition?: string; clause?: string }[] }[] }
const cited = ({ reasons }: Why) => reasons.flatMap(({ cites }) => cites).find(({ edition }) => edition !== undefined)

t.test('each order may go back under the terms that it was placed under, which are cited', async (t) => {
  const until = []
  for (const edition of [first, nordlys, later]) {
    const { id } = await delivered('2026-06-04T14:30:00Z', under(edition))
    const { body } = await call('storefront', 'GET', `/orders/${id}/eligibility?at=2026-06-10T09:00:00Z`)
    t.equal(body.edition, edition)
    t.equal(cited(body.lines[0].withdrawal)?.edition, edition)
    until.push([
      body.lines[0].withdrawal.until,
      cited(body.lines[0].withdrawal)?.clause,
      body.lines[0].voluntaryReturn.until,
    ])
  }
  t.strictSame(until, [
    ['2026-06-18', '8.1', '2026-07-06'],
    ['2026-07-06', '4.1', '2026-08-03'],
    ['2026-07-20', '4.1', '2026-08-03'],
  ])
})

t.test('the receipt of a withdrawal comes from the seller of the order', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  for (const [edition, from, name] of [
    [first, 'post@smartgroup.no', /SmartGroup AS/],
    [nordlys, 'hei@nordlys-ull.example', /Nordlys Ull AS/],
  ] as const) {
    const { id, email } = await delivered('2026-06-04T14:30:00Z', under(edition))
    t.equal((await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})).status, 201)
    const [mail] = await eventually('the receipt', async () => mailbox.to(email).length > 0 && mailbox.to(email))
    t.equal(mail!.from, from)
    t.match(mail!.text, name)
  }
})

t.test('a question about imagined facts names its seller, or the edition', async (t) => {
  const facts = {
    customerKind: 'consumer',
    placedAt: '2026-02-01T00:00:00Z',
    lines: [{ lineId: '1', quantity: 1, total: 1 }],
  }
  const ask = (changes: object) => call('storefront', 'POST', '/eligibility', { ...facts, ...changes })
  t.equal((await ask({ seller: 'nordlys' })).body.edition, nordlys)
  t.equal((await ask({ edition: first })).body.edition, first)
  const { status, body } = await ask({})
  t.equal(status, 400)
  t.match(body.detail, /body\.seller must name a seller of this shop: smartgroup or nordlys/)
})
