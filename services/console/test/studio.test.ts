import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { differencesBetween } from '../studio/difference.ts'
import { en } from '../studio/words/en.ts'
import { cites, ESCAPED, EVIL } from './an-order.ts'
import { accessibilityFaults, NARROW, openPage, scrollsSideways, signInAs, startBrowser } from './browser.ts'
import { createVisitor, startTestConsole } from './console.ts'

type Said = { number: string; text: string; enforcedBy?: string; unenforced?: string }
const of = (date: string, sentences: Said[], findings: object[] = []) => ({
  ...{ id: `shop/${date}`, seller: 'shop', title: 'Terms of sale', inForceFrom: `${date}T00:00:00Z`, findings },
  clauses: [{ number: '8', title: 'Withdrawal', sentences }],
})
const first = { number: '8.1', text: 'You may withdraw.', enforcedBy: 'rules/withdrawal.ts' }
const old = of('2026-01-15', [first, { number: '8.2', text: 'Within 14 days.', unenforced: 'It is said elsewhere.' }])
const finding = { clauses: ['8.2'], summary: EVIL, instead: 'The law holds.', cites, severity: 'high' }
const now = of(
  '2026-06-01',
  [first, { number: '8.2', text: 'Within 30 days.' }, { number: '8.3', text: 'No reason.' }],
  [finding],
)
// Before any test: one that is queued and done before the browser is there would end the file.
const browser = await startBrowser(t)
const port = String(await freePort())
const house = await startTestConsole(
  t,
  {
    'GET /terms': {
      items: [
        { ...now, inForce: true },
        { ...old, until: now.inForceFrom, inForce: false },
      ],
    },
    'GET /terms/shop/2026-01-15': old,
    'GET /terms/shop/2026-06-01': now,
  },
  { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
)

t.test('an edition stands beside what keeps it, and its findings beside what customers get instead', async (t) => {
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  t.equal((await visitor.ask('/studio')).status, 303, 'for staff')
  await visitor.signIn('support')
  t.match((await visitor.ask('/studio')).text, 'href="/studio/shop/2026-06-01"')
  const { text } = await visitor.ask('/studio/shop/2026-01-15')
  t.match(text, '<code>rules/withdrawal.ts</code>')
  t.match(text, 'No rule keeps it: It is said elsewhere.')
  t.match(text, en.noFindings)
  const found = (await visitor.ask('/studio/shop/2026-06-01')).text
  t.match(found, 'The law holds.')
  t.ok(found.includes(ESCAPED) && !found.includes(EVIL))
  t.match(found, cites[0]!.text)
  t.equal((await visitor.ask('/studio/shop/2020-01-01')).status, 404)
})

t.test('what differs from another edition is said sentence by sentence', async (t) => {
  t.strictSame(differencesBetween(old, now), [
    { kind: 'changed', number: '8.2', before: 'Within 14 days.', now: 'Within 30 days.' },
    { kind: 'added', number: '8.3', now: 'No reason.' },
  ])
  t.strictSame(
    differencesBetween(now, old).map(({ kind }) => kind),
    ['changed', 'removed'],
  )
  t.strictSame(differencesBetween(old, old), [])
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  const { text } = await visitor.ask('/studio/shop/2026-06-01?against=shop/2026-01-15')
  t.match(text, 'What differs from shop/2026-01-15')
  t.match(text, 'Within 14 days.')
  t.notMatch((await visitor.ask('/studio/shop/2026-06-01?against=shop/nothing')).text, 'What differs')
})

if (browser !== undefined)
  t.test('all of it is in order for those who cannot see it, and on a phone', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'support', '/studio')
    for (const path of ['/studio', '/studio/shop/2026-06-01?against=shop/2026-01-15']) {
      await page.goto(path)
      t.strictSame(await accessibilityFaults(page), [], path)
      t.notOk(await scrollsSideways(page), path)
    }
    await context.close()
  })
