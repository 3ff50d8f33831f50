import t from 'tap'
import { lineByLine } from '../line-by-line.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { call, delivered } = await startReturnsForTest()
const read = async (url: string, who = 'support') => (await call(who, 'GET', url)).body
const lines = [{ lineId: '1', quantity: 1 }]

t.test('a dossier is what the doors of an order say, also on another day', async (t) => {
  const { id } = await delivered()
  await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines })
  await call('support', 'PUT', `/orders/${id}/tags/vip`, {})
  const of = `/orders/${id}`
  for (const at of ['', '?at=2027-01-01T11:00:00Z']) {
    const { unread, entitlements, ...parts } = await read(`${of}/dossier${at}`)
    t.strictSame(unread, [])
    const { at: _, ...then } = await read(`${of}/entitlements${at}`)
    const { at: __, groups, ...said } = entitlements
    const { lines, ...rest } = then
    t.strictSame(said, rest)
    t.strictSame(lineByLine(groups), lines, 'every line, with all that holds for it')
    for (const [name, door] of Object.entries({
      inWords: `${of}/entitlements/in-words${at}`,
      statements: `${of}/statements`,
      payouts: `${of}/payouts`,
      overrides: `${of}/overrides`,
      agreements: `${of}/agreements`,
      tags: `${of}/tags`,
      cases: `/returns?orderId=${id}`,
    }))
      t.strictSame(parts[name], await read(door), name)
    // They are written meanwhile.
    const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)
    t.strictSame(idsOf(parts.mails), idsOf(await read(`${of}/mails`)))
    t.equal(parts.cases.items.length, 1)
    t.equal(Object.keys(parts).length, 8)
  }
})

t.test('of an order that is not known there is next to nothing, and a customer’s program asks for none', async (t) => {
  const unknown = `/orders/${crypto.randomUUID()}/dossier`
  t.strictSame(await read(unknown), { cases: { items: [] }, mails: { items: [] }, unread: [] })
  t.equal((await call('storefront', 'GET', unknown)).status, 403)
})

t.test('what waits is the beginning of every list; with a tag, of cases alone', async (t) => {
  const { id } = await delivered()
  await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines })
  const work = await read('/work?limit=1')
  for (const [name, door] of Object.entries({
    cases: '/returns?status=open&limit=1',
    caseFigures: '/returns/figures?status=open',
    refunds: '/returns?refund=unpaid&limit=1',
    pendingStatements: '/statements?status=pending&limit=1',
    unclearStatements: '/statements?status=unclear&limit=1',
    alarms: '/alarms?limit=1',
    deadLetters: '/dead-letters?limit=1',
    unsentMails: '/mails/unsent?limit=1',
    tags: '/tags',
    counts: '/work/counts',
  }))
    t.strictSame(work[name], await read(door), name)
  t.equal(work.cases.items.length, 1)
  const tagged = await read('/work?tag=vip')
  t.strictSame(Object.keys(tagged), ['cases', 'caseFigures', 'refunds', 'tags', 'counts', 'unread'])
  t.equal(tagged.cases.items.length, 1)
  t.equal((await read('/work?assignee=nobody')).cases.items.length, 0)
})
