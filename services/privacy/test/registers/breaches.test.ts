import { createWatch } from '@vilkar/alarms/watch.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { registerSources } from '../../registers/alarms.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call, db, deps, clock } = await startPrivacyForTest()
const FOUND = '2026-06-12T22:30:00Z'
/** A Friday night; the 72 hours end on a Monday night, weekend or not. */
const BY = '2026-06-15T22:30:00Z'
const body = (changes: object = {}) => ({
  ...{ controller: 'smartgroup', foundAt: FOUND, risk: 'risk', nature: 'A list of orders was sent to the wrong shop.' },
  ...{ categories: ['contact'], ...changes },
})
const at = (moment: string) => {
  clock.at = moment
}
async function opened(changes: object = {}) {
  const id = crypto.randomUUID()
  const answer = await call('support', 'PUT', `/breaches/${id}`, body(changes))
  return { id, path: `/breaches/${id}`, ...answer }
}
t.beforeEach(() => at('2026-06-13T08:00:00Z'))

t.test('a breach', async (t) => {
  t.test('is told to the authority within 72 hours, nights and weekends included', async (t) => {
    const { status, body: breach } = await opened()
    t.equal(status, 200)
    t.match(breach, { authorityBy: BY, tellPeople: false, open: ['authority'] })
    t.strictSame(breach.notice.authority.missing, ['people', 'contact', 'consequences', 'measures'])
    t.equal(breach.notice.people, undefined)
    t.ok(breach.reasons.some(({ code }: { code: string }) => code === 'reported-within-72-hours'))
  })
  t.test('of high risk is told to people too, in what they can use', async (t) => {
    const { body: breach } = await opened({ risk: 'high', contact: 'post@shop.example', consequences: 'Fraud.' })
    t.strictSame([breach.tellPeople, breach.open], [true, ['authority', 'people']])
    t.strictSame(breach.notice.people.missing, ['measures'])
  })
  t.test('that is no risk has no clock', async (t) => {
    const { body: breach, path } = await opened({ risk: 'none' })
    t.strictSame([breach.authorityBy, breach.open, breach.notice], [undefined, [], {}])
    t.match((await call('support', 'PUT', `${path}/closing`, { outcome: 'Encrypted.' })).body, { closedAt: clock.at })
  })
  t.test('is put better under its id, and stays the one that it is', async (t) => {
    const { path } = await opened({ risk: 'none' })
    const { body: better } = await call('support', 'PUT', path, body({ risk: 'high', people: 12, measures: 'Keys.' }))
    t.match(better, { people: 12, measures: 'Keys.', authorityBy: BY, tellPeople: true })
    for (const other of [{ controller: 'smarti' }, { foundAt: '2026-06-12T23:30:00Z' }])
      assertProblem(await call('support', 'PUT', path, body(other)), 409, 'breach-differs', /under this id/)
  })
  t.test('is not found in the future, nor told of before it was found', async () => {
    const late = await opened({ foundAt: '2026-06-13T08:00:01Z' })
    assertProblem(late, 400, 'invalid-input', /still to come/)
    const { path } = await opened()
    const early = { reportedAt: '2026-06-12T22:29:59Z', reference: '1' }
    assertProblem(await call('support', 'PUT', `${path}/report`, early), 400, 'invalid-input', /before/)
  })
  t.test('is told late only with why, to the second', async (t) => {
    at('2026-06-16T08:00:00Z')
    const { path } = await opened()
    const late = { reportedAt: '2026-06-15T22:30:01Z', reference: '26/1' }
    assertProblem(await call('support', 'PUT', `${path}/report`, late), 400, 'invalid-input', /delay is needed/)
    t.equal((await call('support', 'PUT', `${path}/report`, { ...late, reportedAt: BY })).status, 200)
    const { body: kept } = await call('support', 'PUT', `${path}/report`, { ...late, reference: '26/2', delay: 'x' })
    t.match(kept, { reportedAt: BY, reference: '26/1' }, 'the first word stands')
  })
  t.test('is closed once whoever has to be told was, and then for good', async (t) => {
    const { path } = await opened({ risk: 'high' })
    const close = () => call('support', 'PUT', `${path}/closing`, { outcome: 'The list was deleted.' })
    assertProblem(await close(), 409, 'breach-untold', /authority, people/)
    await call('support', 'PUT', `${path}/report`, { reportedAt: clock.at, reference: '26/7' })
    assertProblem(await close(), 409, 'breach-untold', /people/)
    await call('support', 'PUT', `${path}/people-told`, { toldAt: clock.at, how: 'By mail to each.' })
    t.match((await close()).body, { closedAt: clock.at, open: [] })
    assertProblem(await close(), 409, 'breach-closed', /closed/)
    assertProblem(await call('support', 'PUT', path, body({ risk: 'high' })), 409, 'breach-closed', /closed/)
  })
  t.test('is for staff, and of one that there is not nothing is said', async () => {
    const path = `/breaches/${crypto.randomUUID()}`
    await changesNothing(db, async () => {
      assertProblem(await call('a staff privacy:read', 'PUT', path, body()), 403, 'scope-missing', /privacy:write/)
      assertProblem(await call('a staff', 'GET', '/breaches'), 403, 'scope-missing', /privacy:read/)
      for (const [step, said] of [
        ['report', { reportedAt: FOUND, reference: '1' }],
        ['people-told', { toldAt: FOUND, how: 'x' }],
        ['closing', { outcome: 'x' }],
      ] as const)
        assertProblem(await call('support', 'PUT', `${path}/${step}`, said), 404, 'breach-unknown', /no such/)
    })
    assertProblem(await call('support', 'GET', path), 404, 'breach-unknown', /no such/)
  })
  t.test('opened twice at once is one, and the open ones are listed first', async (t) => {
    const id = crypto.randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => call('support', 'PUT', `/breaches/${id}`, body())))
    t.strictSame(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    const { items } = (await call('support', 'GET', '/breaches')).body
    t.equal(items.filter((each: { id: string }) => each.id === id).length, 1)
    const closed = items.map(({ closedAt }: { closedAt?: string }) => closedAt !== undefined)
    t.strictSame(closed, closed.toSorted())
  })
})

t.test('a person is called a day before the 72 hours end, until the authority was told', async (t) => {
  const { id, path } = await opened()
  const look = createWatch(deps, registerSources)
  const called = async () => {
    for (const _ of [1, 2]) await look()
    const { items } = (await call('support', 'GET', '/alarms?kind=breach-not-reported')).body
    return items.some(
      ({ about, resolvedAt }: { about?: string; resolvedAt?: string }) => about === id && resolvedAt === undefined,
    )
  }
  at('2026-06-14T22:29:00Z')
  t.equal(await called(), false)
  at('2026-06-14T22:30:00Z')
  t.equal(await called(), true)
  await call('support', 'PUT', `${path}/report`, { reportedAt: clock.at, reference: '26/9' })
  t.equal(await called(), false)
})
