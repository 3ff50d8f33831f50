import { readFile } from 'node:fs/promises'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import t from 'tap'
import { codes as codesEn } from '../desk/words/codes-en.ts'
import { codes as codesNb } from '../desk/words/codes-nb.ts'
import { events as eventsEn } from '../desk/words/events-en.ts'
import { events as eventsNb } from '../desk/words/events-nb.ts'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const en: Record<string, string> = { ...codesEn, ...eventsEn }
const nb: Record<string, string> = { ...codesNb, ...eventsNb }
type Schema = {
  enum?: string[]
  anyOf?: { const?: string; enum?: string[] }[]
  items?: Schema
  properties?: Record<string, Schema>
}
const documentOf = async (service: string): Promise<Record<string, Schema>> =>
  JSON.parse(await readFile(new URL(`../../../docs/api/${service}.openapi.json`, import.meta.url), 'utf8')).components
    .schemas
const valuesOf = (schema: Schema | undefined): string[] =>
  schema?.enum ?? schema?.anyOf?.flatMap((each) => each.enum ?? (each.const === undefined ? [] : [each.const])) ?? []

t.test('every code that the documents of the services have for the desk has words in both languages', async (t) => {
  const [orders, shipping, returns] = await Promise.all(['orders', 'shipping', 'returns'].map(documentOf))
  const { CaseItem, Statement } = returns!
  const enumerations = {
    event_: Object.values(allEvents).flatMap((events) => events.map(nameOf)),
    stands_: valuesOf(CaseItem?.properties?.status),
    awaits_: valuesOf(CaseItem?.properties?.awaits),
    alarm_: [orders, shipping, returns].flatMap((document) => valuesOf(document!.Alarm?.properties?.kind)),
    said_: valuesOf(Statement?.properties?.status),
    channel_: valuesOf(Statement?.properties?.channel),
    hold_: valuesOf(shipping!.Shipment?.properties?.held?.properties?.waitsFor?.items),
  }
  for (const [prefix, values] of Object.entries(enumerations)) {
    t.ok(values.length > 1, `there are values of ${prefix}`)
    for (const value of values)
      for (const words of [en, nb]) {
        const said = words[`${prefix}${value}`]
        t.ok(said, `${prefix}${value}`)
        t.notMatch(said, /[a-z][A-Z]|[a-z]_[a-z]/, `${prefix}${value} is not a name of code`)
      }
  }
})

t.test('the desk says how a case stands, what it waits for and what happened in words', async (t) => {
  const at = '2026-11-27T09:00:00Z'
  const aCase = {
    ...{ id: '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff', orderId: ORDER_ID, number: 'SG-34265-3WB02', kind: 'withdrawal' },
    ...{ status: 'sent', awaits: 'inspection', awaitsSince: at, dueOn: '2090-01-01', openedAt: at, notes: [] },
    timeline: ['WithdrawalDeclared', 'EventOfALaterRelease'].map((type) => ({
      ...{ at, service: 'returns', type, subject: ORDER_ID },
    })),
  }
  const complaint = { ...aCase, id: ORDER_ID, kind: 'complaint', status: 'received', awaits: 'judgement' }
  const statement = { id: ORDER_ID, orderId: ORDER_ID, status: 'unclear', channel: 'in-person', receivedAt: at }
  const house = await startTestConsole(t, {
    ...deskAnswers,
    ...answersAbout(anOrder()),
    'GET /returns': { items: [aCase, complaint] },
    [`GET /returns/${aCase.id}/case`]: aCase,
    'GET /statements': { items: [statement] },
    [`GET /orders/${ORDER_ID}/statements`]: { items: [statement] },
    [`GET /orders/${ORDER_ID}/history`]: {
      items: [
        { type: 'OrderPlaced', at, data: {} },
        { type: 'CancelOrder refused', at, data: { code: 'order-dispatched', detail: 'The goods have left.' } },
      ],
    },
  })
  for (const [language, words] of Object.entries({ en, nb })) {
    const visitor = createVisitor(house, { 'accept-language': language })
    await visitor.signIn('support')
    const seen = async (path: string) => (await visitor.ask(path)).text
    const [work, one, order] = await Promise.all(
      ['/desk/work', `/desk/cases/${aCase.id}`, `/desk/orders/${ORDER_ID}`].map(seen),
    )
    for (const key of ['stands_sent', 'awaits_inspection', 'stands_judged', 'awaits_judgement', 'alarm_relay-behind'])
      t.ok(work!.includes(words[key]!), `${key} on the work lists`)
    for (const key of ['stands_sent', 'awaits_inspection', 'event_WithdrawalDeclared'])
      t.ok(one!.includes(words[key]!), `${key} on the case`)
    t.ok(one!.includes('<code>EventOfALaterRelease</code>'), 'what a later release tells is named')
    for (const key of ['said_unclear', 'channel_in-person', 'event_OrderPlaced', 'refused'])
      t.ok(order!.includes(words[key]!), `${key} on the order`)
    t.match(order, 'The goods have left.')
    for (const page of [work!, one!, order!])
      t.notMatch(
        page,
        />\s*(inspection|judgement|sent|WithdrawalDeclared|OrderPlaced|relay-behind|unclear|in-person)\s*</,
      )
  }
})
