import { readFileSync } from 'node:fs'
import { readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

/** Worked cases of the day by which a request about data is answered, each made on its day of a moved clock. */

const { clock, call } = await startPrivacyForTest()
const bank = (file: string) => readFileSync(new URL(`../../../../libs/terms/cases/${file}`, import.meta.url), 'utf8')
const listed = askedAt['services/privacy/test/requests/cases.test.ts']!
const asked = {
  ...{ controller: 'smartgroup', kind: 'access', channel: 'email' },
  identifiers: [{ kind: 'email', value: 'kari@eksempel.example' }],
}

/** The day by which a request of a moment is answered, which may have taken two months more. */
async function dueBy(receivedAt: string, extended = false) {
  const noon = (day: string) => `${day}T10:00:00Z`
  clock.at = receivedAt.includes('T') ? receivedAt : noon(receivedAt)
  const id = crypto.randomUUID()
  const { body } = await call('support', 'PUT', `/requests/${id}`, asked)
  if (!extended) return body.dueOn
  return (await call('support', 'PUT', `/requests/${id}/extension`, { why: 'There is much to look through.' })).body
    .dueOn
}

t.test('a request is answered by the day that the bank expects', async (t) => {
  const cases = readCases(bank('cases.csv')).filter(({ topic }) => listed.includes(topic))
  t.ok(cases.length > 0)
  for (const { id, facts, expected } of cases) {
    const { receivedAt, extended } = facts as { receivedAt: string; extended: boolean }
    t.strictSame({ dueBy: await dueBy(receivedAt, extended) }, expected, id)
  }
  for (const { id, facts, expected } of readFactsCases(bank('facts.csv')).filter(({ id }) => listed.includes(id)))
    t.strictSame({ day: await dueBy((facts as { fromOn: string }).fromOn) }, expected, id)
})

const step = async (id: string, path: string, at: string) => {
  clock.at = `${at}T10:00:00Z`
  return call('support', 'PUT', `/requests/${id}/${path}`, { why: 'As it was said.' })
}
const said = new Map(readCases(bank('cases.csv')).map(({ id, facts, expected }) => [id, { facts, expected }]))
const caseOf = (id: string) => said.get(id) as { facts: Record<string, string>; expected: object }
async function made({ receivedAt }: Record<string, string>) {
  clock.at = `${receivedAt}T10:00:00Z`
  const id = crypto.randomUUID()
  await call('support', 'PUT', `/requests/${id}`, asked)
  return id
}

t.test('G020 two months more are not had once the first is over', async (t) => {
  const { facts, expected } = caseOf('G020')
  const { status } = await step(await made(facts), 'extension', facts.extensionNoticeAt!)
  t.strictSame({ extensionValid: status === 200 }, expected)
})

t.test('G022 who was asked at once for proof of who they are is answered a month from when it came', async (t) => {
  const { facts, expected } = caseOf('G022')
  const id = await made(facts)
  await step(id, 'doubt', facts.receivedAt!)
  const { body } = await step(id, 'identity', facts.idReceivedAt!)
  t.strictSame({ dueBy: body.dueOn }, expected)
})
