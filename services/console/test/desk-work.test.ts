import t from 'tap'
import { en as desk } from '../desk/words/en.ts'
import { work as en } from '../desk/words/work-en.ts'
import { ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const at = '2026-11-01T09:00:00Z'
const house = await startTestConsole(t)
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')

type Asked = { query: Record<string, string> }
/** A list of so many, a page at a time, as services have them. */
const listOf =
  (most: number, item: (n: number) => object) =>
  ({ query: { limit = '50', after } }: Asked) => {
    const begin = after === undefined ? 0 : Number(after)
    const end = Math.min(most, begin + Number(limit))
    const items = Array.from({ length: end - begin }, (_, n) => item(begin + n))
    return { items, ...(end < most && { next: String(end) }) }
  }
const late = listOf(130, (n) => ({
  ...{ orderId: ORDER_ID, number: `SG-${n}`, dueOn: '2026-11-01', unsent: [], underway: [] },
  promise: n % 2 === 0 ? 'last-day' : 'estimate',
}))
const alarms = listOf(70, (n) => ({ id: `alarm-${n}`, kind: 'relay-behind', detail: {}, raisedAt: at }))
const failed = { type: 'OrderPlaced', aggregateId: ORDER_ID, attempts: 9, receivedAt: at }
const dead = ({ query: { limit } }: Asked) => ({
  items: Array.from({ length: Number(limit) }, () => failed),
  count: 60,
})
const counts = {
  late: { count: 130, overdue: 65 },
  alarms: { count: 70 },
  payouts: { count: 0, overdue: 0 },
}

/** How many rows a list has on a page. */
const rowsOf = (text: string, id: string) =>
  (
    /<tbody>(.*?)<\/tbody>/s.exec(
      new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(text)?.[0] ?? '',
    )?.[1] ?? ''
  ).split('<tr>').length - 1

t.test('of each list the first ten are shown, and all are counted', async (t) => {
  Object.assign(house.answers, deskAnswers, {
    ...{ 'GET /orders/late': late, 'GET /alarms': alarms, 'GET /dead-letters': dead, 'GET /work/counts': counts },
  })
  const { text } = await support.ask('/desk/work')
  for (const [id, rows, said] of [
    ['late', 10, `${en.late} (130)`],
    // The services of the test are one, which answers thrice.
    ['alarms', 30, `${desk.alarms} (210)`],
    ['dead', 30, `${desk.deadLetters} (180)`],
  ] as const) {
    t.equal(rowsOf(text, id), rows, id)
    t.ok(text.includes(said), said)
    t.ok(text.includes(`href="/desk/work/lists/${id}"`), id)
  }
  t.match(text, '65 overdue', 'also of those that are not shown')
  t.ok(house.asked.filter(({ url }) => url.startsWith('/work?')).every(({ url }) => url.includes('limit=10')))

  delete house.answers['GET /work/counts']
  t.ok((await support.ask('/desk/work')).text.includes(`${en.late} (10+)`), 'where nobody counted')
  house.answers['GET /work/counts'] = counts
})

t.test('a list alone is read to its end, page by page', async (t) => {
  const seen = new Set<string>()
  let pages = 0
  for (let path: string | undefined = '/desk/work/lists/late'; path !== undefined; pages += 1) {
    const { text, status } = await support.ask(path)
    t.equal(status, 200)
    for (const [, number] of text.matchAll(/>(SG-\d+)<\/a>/g)) seen.add(number!)
    path = /href="(\/desk\/work\/lists\/late\?[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  }
  t.strictSame([seen.size, pages], [130, 3])
})

t.test('of what several services have each is read on by itself', async (t) => {
  const { text } = await support.ask('/desk/work/lists/alarms')
  const onward = [...text.matchAll(/href="(\/desk\/work\/lists\/alarms\?[^"]+)"/g)].map(([, path]) => path!)
  t.equal(onward.length, 3)
  house.asked.length = 0
  const rest = await support.ask(onward[1]!.replaceAll('&amp;', '&'))
  t.equal(rest.text.match(/\/desk\/work\/alarms\/shipping\//g)?.length, 20)
  t.equal(house.asked.length, 1)
})

t.test('what is no list is not there, and one that has nothing says so', async (t) => {
  t.equal((await support.ask('/desk/work/lists/nonsense')).status, 404)
  t.equal((await support.ask('/desk/work/lists/toString')).status, 404)
  t.match((await support.ask('/desk/work/lists/payouts')).text, en.nothingWaits)
})
