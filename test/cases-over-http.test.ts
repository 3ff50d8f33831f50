import { existsSync, readFileSync } from 'node:fs'
import { isSteps, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt, notAsked } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'

/** Every worked case of both banks is asked over HTTP, in the file that `askedAt` says, or stands in `notAsked` with why it is not. */

const bank = (file: string) => readFileSync(new URL(`../libs/terms/cases/${file}`, import.meta.url), 'utf8')
const rules = readCases(bank('cases.csv'))
const orders = readFactsCases(bank('facts.csv'))
const listed = new Set(Object.values(askedAt).flat())
const ids = new Set([...rules, ...orders].map(({ id }) => id))
const topics = new Set(rules.map(({ topic }) => topic))
/** Every case that is told as the facts of an order is asked by both: given, and as an order that becomes so. */
const OF_ORDERS = ['worked-cases', 'told-facts'].map((name) => `services/returns/test/order-facts/${name}.test.ts`)

t.test('every case of a rule is asked at a door, or it is said why not', async (t) => {
  t.ok(rules.length > 0)
  for (const { id, topic } of rules) {
    const isNot = id in notAsked || topic in notAsked
    const isAsked = listed.has(id) || (listed.has(topic) && !isNot)
    t.not(isAsked, isNot, `${id} of ${topic} is ${isAsked ? 'asked, and has to leave the list' : 'neither'}`)
  }
})

t.test('every case of the facts of an order, of a rule by its name or in steps is too', async (t) => {
  t.ok(orders.length > 0)
  for (const each of orders) {
    // What is told in steps is held by `test/cases-in-steps.test.ts`.
    const isAsked = !('function' in each.facts) || isSteps(each) || listed.has(each.id)
    t.not(isAsked, each.id in notAsked, each.id)
  }
})

t.test('the files that ask are there, and read what they are said to ask', async (t) => {
  for (const file of OF_ORDERS) t.match(readFileSync(file, 'utf8'), /readFactsCases\(/, file)
  for (const [file, asked] of Object.entries(askedAt)) {
    t.ok(existsSync(file), file)
    t.match(readFileSync(file, 'utf8'), /ask(Facts)?Cases\(import\.meta\.url|askedAt\[/, file)
    for (const name of asked) t.ok(ids.has(name) || topics.has(name), `${file}: ${name}`)
  }
})

t.test('what is not asked is a case, a topic, or something that one of them expects', async (t) => {
  for (const [name, why] of Object.entries(notAsked)) {
    t.match(why, /\S+ \S+/, name)
    const [of, key] = name.split('.') as [string, string?]
    const cases = rules.filter(({ id, topic }) => id === of || topic === of)
    const expects = key === undefined || cases.some(({ expected }) => key in expected)
    t.ok(expects && (ids.has(of) || topics.has(of)), name)
  }
})
