import t from 'tap'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'

const house = await startTestConsole(t)
const visitor = createVisitor(house, { 'accept-language': 'en' })
await visitor.signIn('support')

t.test('an order of many lines says once what holds, and its sentences are read on page by page', async (t) => {
  const names = Array.from({ length: 100 }, (_, n) => `Vare nummer ${n + 1}`)
  const known = answersAbout(anOrder())
  const lines = names.map((name, n) => ({ ...anOrder().lines[0]!, lineId: String(n + 1), name }))
  const entitled = known[`GET /orders/${ORDER_ID}/entitlements`] as { lines: object[] }
  const inWords = (ids: string[], next?: string) => ({
    ...{ locale: 'nb', next },
    items: ids.map((lineId) => ({ lineId, nb: `Svar om ${lineId}.`, en: `Answer about ${lineId}.` })),
  })
  Object.assign(house.answers, known, {
    [`GET /orders/${ORDER_ID}`]: anOrder({ lines }),
    [`GET /orders/${ORDER_ID}/entitlements`]: {
      ...entitled,
      lines: names.map((_, n) => ({ ...entitled.lines[0], lineId: String(n + 1) })),
    },
    [`GET /orders/${ORDER_ID}/entitlements/in-words`]: ({ query }: { query: Record<string, string> }) =>
      query.after === '2' ? inWords(['3']) : inWords(['1', '2'], '2'),
  })
  const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}?at=2027-01-15`)
  for (const name of names) t.match(text, `<li>${name} <span class="quiet">`, name)
  t.ok(text.length < 120_000, `${text.length} characters`)
  t.match(text, 'Answer about 2.')
  const [, next] = /href="(\/desk\/orders\/[^"]+\/words[^"]*)"/.exec(text)!
  const rest = await visitor.ask(next!.replaceAll('&amp;', '&'))
  t.match(rest.text, 'Answer about 3.')
  t.match(rest.text, 'Vare nummer 3')
  t.notMatch(rest.text, '/words?', 'and there is no more')
  const asked = house.asked.findLast(({ url }) => url.includes('in-words?'))!
  t.match(decodeURIComponent(asked.url), 'at=2027-01-15T11:00:00Z', 'of the same day')
})
