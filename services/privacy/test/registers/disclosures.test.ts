import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call, db, clock } = await startPrivacyForTest()
clock.at = '2026-06-15T09:05:00Z'
const body = {
  ...{ controller: 'smartphoto', disclosedAt: '2026-06-14T09:00:00Z', to: 'Oslo tingrett', what: 'Who ordered.' },
  ...{ ground: 'Order of the court of 12 June 2026', toldBefore: false, whyNot: 'The court forbade it.' },
}
const write = (id: string, changes: object = {}, role = 'support') =>
  call(role, 'PUT', `/disclosures/${id}`, { ...body, ...changes })

t.test('what was given to whom is written down once, and read by staff', async (t) => {
  const id = crypto.randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => write(id)))
  for (const { status, body: kept } of answers) t.match({ status, kept }, { status: 200, kept: { id, ...body } })
  t.equal((await write(id, {}, 'another staff privacy:write')).status, 200, 'whoever says the same again')
  assertProblem(await write(id, { what: 'All.' }), 409, 'disclosure-differs', /under this id/)
  const later = crypto.randomUUID()
  await write(later, { disclosedAt: '2026-06-15T09:05:00Z' })
  const { items } = (await call('support', 'GET', '/disclosures/smartphoto')).body
  t.strictSame(
    items.map((each: { id: string }) => each.id),
    [later, id],
  )
  t.strictSame((await call('support', 'GET', '/disclosures/smarti')).body.items, [])
})

t.test('people are told before, or it is said why not; nothing is to come; and only staff write', async () => {
  const id = crypto.randomUUID()
  await changesNothing(db, async () => {
    assertProblem(await write(id, { whyNot: undefined }), 400, 'invalid-input', /whyNot is needed/)
    assertProblem(await write(id, { disclosedAt: '2026-06-15T09:05:01Z' }), 400, 'invalid-input', /still to come/)
    assertProblem(await write(id, {}, 'a staff privacy:read'), 403, 'scope-missing', /privacy:write/)
    assertProblem(await call('a staff', 'GET', '/disclosures/smarti'), 403, 'scope-missing', /privacy:read/)
  })
})
