import { told } from '@vilkar/contracts/test/told.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { decider } from '../../erasure/decider.ts'
import { AT, ask } from '../an-erasure.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call, db, clock } = await startPrivacyForTest()
clock.at = AT
const why = 'The customer asked for it by mail.'
const body = () => ({ controller: 'smartgroup', orderIds: [crypto.randomUUID(), crypto.randomUUID()], why })

t.test('an erasure', async (t) => {
  t.test('is told to holders, who have a week', async (t) => {
    const state = given(decider)
      .when(ask())
      .thenHappens({ type: 'ErasureDue', data: { answerBy: '2026-06-22T09:05:00Z' } })
    t.match(state, { status: 'asked', askedAt: AT })
  })
  t.test('is told once, in whatever order its orders are named', async () => {
    const orderIds = [crypto.randomUUID(), crypto.randomUUID()]
    const past = told(decider, ask({ orderIds }))
    given(decider, ...past)
      .when(ask({ orderIds: orderIds.toReversed(), at: '2026-06-16T09:05:00Z' }))
      .thenNothing()
  })
  t.test('is not another one under the same id', async () => {
    for (const other of [{ orderIds: [crypto.randomUUID()] }, { controller: 'smarti' }, { keeps: [] }])
      given(decider, ...told(decider, ask()))
        .when(ask(other))
        .thenRefused('erasure-differs')
  })
  t.test('does not tell who of the staff asked for it', async (t) => {
    t.notMatch(JSON.stringify(told(decider, ask({ by: 'support-7', why }))), /support-7|by mail/)
  })
})

t.test('PUT /erasures/{id}', async (t) => {
  t.test('stores it with its event, and rests it on the policy and the law', async (t) => {
    const id = crypto.randomUUID()
    const wanted = body()
    const { status, body: asked } = await call('support', 'PUT', `/erasures/${id}`, wanted)
    const { controller, orderIds } = wanted
    t.equal(status, 200)
    t.match(asked, { id, controller, orderIds, keeps: ['accounts'], cause: 'requested', askedAt: AT })
    t.strictSame((await call('support', 'GET', `/erasures/${id}`)).body, asked)
    const sections = asked.reasons.flatMap(({ cites }: { cites: { section: string }[] }) => cites)
    for (const section of ['§ 11', 'Art. 17(1)'])
      t.ok(sections.some((cite: { section: string }) => cite.section === section))
    const [told, ...more] = await readHistory(db, id)
    t.match(told, { type: 'ErasureDue', data: { erasureId: id, orderIds } })
    t.strictSame(more, [])
  })
  t.test('said twice at once, it is stored and told once', async (t) => {
    const id = crypto.randomUUID()
    const wanted = body()
    const answers = await Promise.all([1, 2, 3].map(() => call('support', 'PUT', `/erasures/${id}`, wanted)))
    t.strictSame(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    t.equal((await readHistory(db, id)).length, 1)
    assertProblem(await call('support', 'PUT', `/erasures/${id}`, body()), 409, 'erasure-differs', /under this id/)
  })
  t.test('is for staff who may write, names a policy that there is, and no order twice', async () => {
    const wanted = body()
    const path = `/erasures/${crypto.randomUUID()}`
    await changesNothing(db, async () => {
      assertProblem(await call('a privacy:write', 'PUT', path, wanted), 403, 'scope-missing', /staff/)
      assertProblem(await call('a staff privacy:read', 'PUT', path, wanted), 403, 'scope-missing', /privacy:write/)
      const [one] = wanted.orderIds
      for (const wrong of [{ controller: 'nobody' }, { orderIds: [] }, { orderIds: [one, one] }, { why: '' }])
        assertProblem(await call('support', 'PUT', path, { ...wanted, ...wrong }), 400, 'invalid-input', /body/)
    })
    assertProblem(await call('support', 'GET', path), 404, 'erasure-unknown', /No such erasure/)
  })
})
