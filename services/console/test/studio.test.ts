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
const answers = {
  ...{ before: old.id, now: now.id, cases: 9, same: 6 },
  differing: [
    {
      ...{ id: 'W001', topic: 'withdrawal-deadline', title: EVIL, clauses: ['8.2', '7.1'] },
      parts: [
        { part: 'lastDay', before: '"2026-06-15"', now: '"2026-07-01"' },
        { part: 'fee', now: '100' },
      ],
    },
    {
      id: 'C01',
      topic: 'capture',
      title: 'Sent',
      clauses: [],
      parts: [{ part: 'outcome', before: '"a"', now: '"b"' }],
    },
  ],
  unjudged: [{ id: 'L01', topic: 'steps', title: 'In steps', why: 'It happens across services.' }],
}
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
    'GET /terms/shop/2026-06-01/answers': answers,
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

t.test('what worked cases would get otherwise stands by topic, and leads to the sentence', async (t) => {
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  const { text } = await visitor.ask('/studio/shop/2026-06-01?against=shop/2026-01-15')
  t.equal(
    house.asked.find(({ url }) => url.includes('/answers'))!.url,
    '/terms/shop/2026-06-01/answers?against=shop%2F2026-01-15',
  )
  t.match(text, 'Of 9 worked cases 6 get the same answer, 2 another, and 1 cannot be judged under both.')
  t.match(text, en.judgedHow)
  const topics = [...text.matchAll(/<summary>([a-z-]+: \d+ cases?)</g)].map(([, topic]) => topic)
  t.strictSame(topics, ['capture: 1 case', 'withdrawal-deadline: 1 case'])
  t.match(text, /<td[^>]*>2026-06-15<br>–<\/td><td[^>]*>2026-07-01<br>100<\/td>/)
  t.match(text, '<a class="ds-link" href="#c8.2">8.2</a> 7.1', 'a sentence that this edition has not leads nowhere')
  t.match(text, 'It happens across services.')
  t.ok(text.includes(ESCAPED) && !text.includes(EVIL))
  house.answers['GET /terms/shop/2026-06-01/answers'] = 'silent'
  const without = (await visitor.ask('/studio/shop/2026-06-01?against=shop/2026-01-15')).text
  t.match(without, 'Within 30 days.', 'the texts are compared all the same')
  t.match(without, 'does not answer')
  house.answers['GET /terms/shop/2026-06-01/answers'] = answers
})

if (browser !== undefined)
  t.test('all of it is in order for those who cannot see it, and on a phone', async (t) => {
    for (const locale of ['en-GB', 'nb-NO']) {
      const { page, context } = await openPage(browser, house.url, { viewport: NARROW, locale })
      await signInAs(page, 'support', '/studio')
      for (const path of ['/studio', '/studio/shop/2026-06-01?against=shop/2026-01-15']) {
        await page.goto(path)
        for (const folded of await page.locator('#answers details > summary').all()) await folded.click()
        t.strictSame(await accessibilityFaults(page), [], `${path} in ${locale}`)
        t.notOk(await scrollsSideways(page), path)
      }
      await context.close()
    }
  })
