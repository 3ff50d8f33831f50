import { readFileSync } from 'node:fs'
import { type Answer, readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt, notAsked } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

/** Worked cases of when a record goes, each told by a system that holds it. */

const { clock, call } = await startPrivacyForTest()
const bank = readCases(readFileSync(new URL('../../../../libs/terms/cases/cases.csv', import.meta.url), 'utf8'))
const listed = askedAt['services/privacy/test/retention/cases.test.ts']!
type Facts = Record<string, string> & { orderLinked?: boolean; account?: boolean; openCase?: boolean }

/** The words of the cases for what happened last. */
const EVENTS: Record<string, string> = {
  ...{ docDate: 'document', lastActivity: 'login', closedAt: 'caseClosed', endedAt: 'consentEnded' },
  ...{ unsubscribedAt: 'unsubscribed', accountDeletedAt: 'accountDeleted', lastOrderAt: 'lastOrder' },
  ...{ lastContactAt: 'lastContact', orderedAt: 'ordered', savedAt: 'saved', newOrderAt: 'newOrder' },
  ...{ uploadedAt: 'uploaded', purposeEndedAt: 'purposeEnded' },
}
const dayOf = (moment: string) =>
  moment.includes('T')
    ? Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
    : moment

/** What a system is answered that holds a record like this. */
async function held({ policy, class: category, visitEndedAt, orderLinked, account, openCase, ...told }: Facts) {
  const on = Object.fromEntries(
    Object.entries(EVENTS).flatMap(([key, event]) => (told[key] ? [[event, dayOf(told[key])]] : [])),
  )
  const facts = { on, visitEndedAt, orderLinked, account, openComplaint: openCase }
  const person = { kind: 'email', value: 'kari@example.com' }
  const said = { category, identifiers: [person], facts, ...(category === 'member' && { age: 30 }) }
  const { status, body } = await call('holder', 'PUT', `/holdings/${policy}/photo-store/${crypto.randomUUID()}`, said)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as { dueAt?: string; holds: string[]; missing?: string }
}

async function answerTo(facts: Facts): Promise<Answer> {
  clock.at = '2026-06-15T09:05:00Z'
  const { dueAt, holds, missing } = await held(facts)
  if (dueAt === undefined) return { eraseBy: null, needsConfig: missing }
  const from = Temporal.Instant.from(dueAt).toZonedDateTimeISO('Europe/Oslo')
  const eraseFrom = from.toPlainDate().toString()
  const last = from.subtract({ days: 1 }).toPlainDate().toString()
  const isAtOnce = dueAt === clock.at
  return {
    ...{ keepThrough: last, inactiveUntil: last, eraseFrom, defaultErase: last },
    eraseBy: facts.visitEndedAt ? dueAt : last,
    erase: isAtOnce ? 'without-undue-delay' : holds.length === 0,
    ...{ eraseProfile: isAtOnce, hold: holds[0] === 'open-complaint' ? 'complaint' : undefined },
  }
}

t.test('a system is answered what the bank expects', async (t) => {
  const cases = bank.filter(({ id }) => listed.includes(id))
  t.equal(cases.length, listed.length)
  for (const { id, title, facts, expected } of cases)
    t.test(`${id} ${title}`, async (t) => {
      const got = await answerTo(facts as Facts)
      const said = Object.keys(expected).filter((key) => !(`${id}.${key}` in notAsked))
      t.ok(said.length > 0)
      for (const key of said) t.strictSame(got[key], expected[key], key)
    })
})
