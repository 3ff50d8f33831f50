import t from 'tap'
import { lineByLine } from '../line-by-line.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { call, clock, db, delivered } = await startReturnsForTest()
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

t.test('how many wait in each list is counted, and how many of them are over their day', async (t) => {
  const letter = { channel: 'letter', statement: 'Jeg angrer.', name: 'Kari', receivedAt: clock.at }
  t.equal((await call('support', 'POST', '/statements', letter)).status, 201)
  const { id } = await delivered()
  const { body: withdrawal } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines })
  await db
    .updateTable('return_case')
    .set({ awaits: 'payment', awaits_since: clock.at, due_on: '2026-08-01' })
    .where('id', '=', withdrawal.id)
    .execute()
  const today = await read('/work/counts')
  t.strictSame(today.refunds, { count: (await read('/returns?refund=unpaid')).items.length, overdue: 0 })
  clock.at = '2026-09-01T09:00:00Z'
  const counts = await read('/work/counts')
  const { items } = await read('/returns?refund=unpaid')
  const over = items.filter(
    ({ payBy, dueOn }: { payBy?: string; dueOn?: string }) => (payBy ?? dueOn ?? '9') < '2026-09-01',
  )
  t.strictSame(counts.refunds, { count: items.length, overdue: over.length })
  t.ok(over.length > 0)
  for (const status of ['pending', 'unclear'])
    t.strictSame(counts[`${status}Statements`], { count: (await read(`/statements?status=${status}`)).items.length })
  t.equal(counts.pendingStatements.count, 1, 'an order may be heard of in a moment')
  const open = (await read('/alarms')).items.filter(
    ({ resolvedAt }: { resolvedAt?: string }) => resolvedAt === undefined,
  )
  t.strictSame(counts.alarms, { count: open.length })
  t.strictSame((await read('/work/counts?assignee=nobody')).refunds, { count: 0, overdue: 0 })
  t.strictSame((await read('/work?assignee=nobody')).counts.refunds, { count: 0, overdue: 0 })
})
