import { trim } from '@vilkar/server/trimming.ts'
import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { wordsTrim } from '../../requests/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, clock, call, hear } = await startPrivacyForTest()
const COUNTS = { blanked: 1, deleted: 0, events: 0, files: 0 }
const START = '2026-06-15T09:05:00Z'
const someone = () => ({ kind: 'email', value: `p${crypto.randomUUID()}@example.com` })
type Body = Record<string, unknown>
const ask = (changes: Body, id: string = crypto.randomUUID()) =>
  call('support', 'PUT', `/requests/${id}`, {
    ...{ controller: 'smartgroup', kind: 'access', channel: 'email', identifiers: [someone()] },
    ...changes,
  })
const step = (id: string, path: string, why = 'Avsenderadressen er ukjent hos oss') =>
  call('support', 'PUT', `/requests/${id}/${path}`, { why })

const read = async (id: string) => (await call('support', 'GET', `/requests/${id}`)).body
const codesOf = (reasons: { code: string }[]) => reasons.map(({ code }) => code)

t.test('a request is answered within a month of its receipt, which ends on a working day', async (t) => {
  for (const [receivedOn, dueOn] of [
    ['2026-05-15', '2026-06-15'],
    ['2026-03-31', '2026-04-30'],
    ['2026-06-13', '2026-07-13'],
  ] as const)
    t.match((await ask({ receivedOn })).body, {
      receivedOn,
      dueOn,
      status: 'open',
      complainTo: ['Datatilsynet', 'ICO'],
    })
})

t.test('more proof is asked for only with a reason, and stops the month only when asked for at once', async (t) => {
  const early = (await ask({ receivedOn: '2026-06-14' })).body
  t.match((await step(early.id, 'doubt')).body, { status: 'waiting-for-identity', dueOn: undefined })
  clock.at = '2026-06-20T09:00:00Z'
  t.match((await step(early.id, 'identity', 'Ringte tilbake på nummeret i ordren')).body, {
    status: 'open',
    dueOn: '2026-07-20',
  })
  clock.at = START
  const late = (await ask({ receivedOn: '2026-06-01' })).body
  t.match((await step(late.id, 'doubt')).body, { status: 'waiting-for-identity', dueOn: '2026-07-01' })
  const signedIn = (await ask({ channel: 'signed-in' })).body
  t.match((await step(signedIn.id, 'doubt')).body, {
    ...{ type: '/problems/identity-proven', reasons: [{ code: 'over-collection' }] },
  })
  t.ok(codesOf((await read(early.id)).reasons).includes('reasonable-doubt-about-identity'))
})

t.test('two months more are had once, with a reason, within the first', async (t) => {
  const { id } = (await ask({ receivedOn: '2026-06-10' })).body
  t.match((await step(id, 'extension', 'Mange saker på én gang')).body, { extended: true, dueOn: '2026-09-10' })
  t.match((await step(id, 'extension')).body, { type: '/problems/request-extended' })
  const old = (await ask({ receivedOn: '2026-05-01' })).body
  t.match((await step(old.id, 'extension')).body, { type: '/problems/extension-too-late' })
})

t.test(
  'of who has not shown who they are nothing is erased before a person has looked, and the month runs',
  async (t) => {
    const body = { controller: 'smartgroup', kind: 'erase', channel: 'form', identifiers: [someone()] }
    const id = crypto.randomUUID()
    const asked = await call('storefront', 'PUT', `/requests/${id}`, body)
    t.match(asked.body, { status: 'waiting-for-identity', dueOn: '2026-07-15' })
    t.match((await step(id, 'identity', 'Svarte fra adressen i ordren')).body, { status: 'open', dueOn: '2026-07-15' })
  },
)

t.test('a first answer stands, and a refusal says where to complain', async (t) => {
  const { id } = (await ask({ kind: 'rectify', words: 'Jeg heter Kari, ikke Karl' })).body
  const answer = (outcome: string) =>
    call('support', 'PUT', `/requests/${id}/answer`, { outcome, answer: 'Navnet stemmer med folkeregisteret' })
  t.match((await answer('refused')).body, { status: 'refused', complainTo: ['Datatilsynet', 'ICO'] })
  t.match(await answer('done'), { status: 409, body: { type: '/problems/request-over' } })
})

t.test('a refusal within the time says so, and one that comes late says that it is', async (t) => {
  for (const [receivedOn, code] of [
    ['2026-05-15', 'refusal-explained-in-time'],
    ['2026-05-11', 'refusal-needs-reasons-and-complaint-route-in-time'],
  ] as const) {
    const { id, dueOn } = (await ask({ receivedOn, kind: 'rectify', words: 'Jeg heter Kari, ikke Karl' })).body
    const said = { outcome: 'refused', answer: 'Navnet stemmer med folkeregisteret' }
    const { body } = await call('support', 'PUT', `/requests/${id}/answer`, said)
    t.equal(codesOf(body.reasons).at(-1), code, `due on ${dueOn}`)
  }
})

t.test('an answer is free; asked for again within a year a person may find that it is too much', async (t) => {
  const identifiers = [someone()]
  const about = { identifiers, kind: 'rectify', words: 'Jeg heter Kari' }
  const free = async (changes: Body) =>
    codesOf((await ask({ ...about, ...changes })).body.reasons).filter((code) => /free/.test(code))
  t.strictSame(await free({ receivedOn: '2025-06-14' }), ['answers-are-free'])
  t.strictSame(await free({ receivedOn: '2026-06-15' }), ['answers-are-free'], 'more than a year later')
  t.strictSame(await free({}), ['free-unless-shown-to-be-excessive'])
  t.strictSame(await free({ kind: 'access' }), ['answers-are-free'], 'of something else')
  t.strictSame(await free({ identifiers: [someone()] }), ['answers-are-free'], 'of somebody else')
})

t.test('sent twice it is one request; under the id of another it is refused', async (t) => {
  const id = crypto.randomUUID()
  const identifiers = [someone()]
  await ask({ identifiers }, id)
  t.equal((await ask({ identifiers }, id)).status, 200)
  t.match(await ask({ identifiers, kind: 'erase' }, id), { status: 409, body: { type: '/problems/request-differs' } })
  t.match(await ask({ kind: 'human-review' }), { status: 400 })
  t.match(await ask({ receivedOn: '2026-06-16' }), { status: 400 })
})

t.test('what the person wrote goes a year after the answer', async (t) => {
  const { id } = (await ask({ kind: 'rectify', words: 'Jeg heter Kari', replyTo: 'kari@example.com' })).body
  await call('support', 'PUT', `/requests/${id}/answer`, { outcome: 'done', answer: 'Rettet' })
  const words = async () => (await call('support', 'GET', `/requests/${id}`)).body.words
  const look = () => trim({ db, clock, trims: [wordsTrim], keepFor: 'P30D' })
  clock.at = '2027-06-15T09:00:00Z'
  await look()
  t.equal(await words(), 'Jeg heter Kari')
  clock.at = '2027-06-15T09:06:00Z'
  await look()
  t.equal(await words(), undefined)
  clock.at = START
})

t.test('what somebody wrote who was erased on request goes a week after that, and of nobody else', async (t) => {
  const [person, other] = [someone(), someone()]
  const wrote = async (identifiers: object[], kind: string) => {
    const { id } = (await ask({ kind, channel: 'signed-in', identifiers, words: 'Jeg heter Kari' })).body
    if (kind === 'access') await call('support', 'PUT', `/requests/${id}/answer`, { outcome: 'done', answer: 'Sendt' })
    return id
  }
  const [mine, theirs] = [await wrote([person], 'access'), await wrote([other], 'access')]
  const erasure = await wrote([person], 'erase')
  clock.at = '2026-06-16T09:05:00Z'
  await settleRequests(deps)
  const words = (id: string) =>
    call('support', 'GET', `/requests/${id}`).then(({ body }) => [body.status, body.words, body.answer])
  const look = () => trim({ db, clock, trims: [wordsTrim], keepFor: 'P30D' })
  clock.at = '2026-06-23T09:00:00Z'
  await look()
  t.strictSame(await words(mine), ['answered', 'Jeg heter Kari', 'Sendt'])
  clock.at = '2026-06-23T09:06:00Z'
  await look()
  t.strictSame(await words(mine), ['answered', undefined, undefined])
  t.strictSame(await words(erasure), ['answered', undefined, undefined])
  t.strictSame(await words(theirs), ['answered', 'Jeg heter Kari', 'Sendt'])
  clock.at = START
})

t.test(
  'erasure takes all that no law and no open matter keeps, says what stays, and is answered when it has gone',
  async (t) => {
    const person = someone()
    const [done, open] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const orderId of [done, open])
      await hear('OrderPlaced', {
        orderId,
        seller: 'smartgroup',
        personal: { email: person.value, shippingAddress: {} },
      })
    await hear('PaymentCaptured', { orderId: done, capturedAt: '2026-06-03T10:00:00Z' })
    await hear('OrderDelivered', { orderId: done, deliveredAt: '2026-06-05T10:00:00Z' })
    const newsletter = { category: 'account', identifiers: [person], facts: { on: { login: '2026-06-01' } } }
    await call('holder', 'PUT', '/holdings/smartgroup/accounts/u-1', newsletter)
    const { body } = await ask({ kind: 'erase', channel: 'signed-in', identifiers: [person] })
    t.equal(body.status, 'open')
    t.match(
      body.kept.toSorted((a: { record: string }) => (a.record === done ? -1 : 1)),
      [
        { record: done, until: '2031-12-31', holds: [] },
        { record: open, holds: ['open-order'] },
      ],
    )
    const erasures = (await call('support', 'GET', '/erasures?open=true')).body.items
    const of = (record: string) => erasures.filter(({ records }: { records: string[] }) => records.includes(record))
    t.match(of(done), [{ keeps: ['accounts'], cause: 'requested' }])
    t.match(of('u-1'), [{ keeps: [], system: 'accounts' }])
    t.strictSame(of(open), [])

    await settleRequests(deps)
    t.equal((await call('support', 'GET', `/requests/${body.id}`)).body.status, 'open', 'nobody has answered')
    for (const name of ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased'] as const)
      await hear(name, { erasureId: of(done)[0].id, erased: [done], postponed: [], counts: COUNTS })
    await call('holder', 'PUT', `/erasures/${of('u-1')[0].id}/answer`, { erased: ['u-1'], counts: COUNTS })
    clock.at = '2026-06-16T09:05:00Z'
    await settleRequests(deps)
    t.equal((await call('support', 'GET', `/requests/${body.id}`)).body.status, 'answered')

    t.test('and goes on the day after what kept it is over', async (t) => {
      await hear('OrderCancelled', { orderId: open, cancelledAt: '2026-06-16T10:00:00Z' })
      clock.at = '2026-06-17T09:05:00Z'
      await settleRequests(deps)
      const later = (await call('support', 'GET', '/erasures?open=true')).body.items
      t.match(
        later.filter(({ records }: { records: string[] }) => records.includes(open)),
        [{ cause: 'requested', keeps: [] }],
      )
    })
    clock.at = START
  },
)

t.test(
  'who deletes their account chooses: what is kept goes at the end of its period, or by a request at once',
  async (t) => {
    clock.at = START
    const account = { category: 'cat2', facts: { on: { accountDeleted: '2026-06-15' } } }
    const holdingOf = async (record: string, person: ReturnType<typeof someone>) => {
      const body = { ...account, identifiers: [person] }
      return (await call('holder', 'PUT', `/holdings/smartphoto/accounts/${record}`, body)).body
    }
    const [keeps, deletes] = [someone(), someone()]
    t.match(await holdingOf('keeps-1', keeps), { status: 'held', dueAt: '2028-06-15T22:00:00Z' })
    await holdingOf('deletes-1', deletes)
    const choose = (choice: string, person: ReturnType<typeof someone>, id: string = crypto.randomUUID()) =>
      call('storefront', 'PUT', `/account-deletions/${id}`, {
        ...{ controller: 'smartphoto', identifiers: [person], choice },
      })
    const [kept, id] = [crypto.randomUUID(), crypto.randomUUID()]
    t.match((await choose('keep', keeps, kept)).body, {
      ...{ erasureRequested: false, dueOn: undefined, reasons: [{ code: 'kept-for-the-period' }] },
    })
    t.equal((await call('support', 'GET', `/requests/${kept}`)).status, 404)
    const { body } = await choose('delete', deletes, id)
    t.match(body, { erasureRequested: true, dueOn: '2026-07-15' })
    t.match(codesOf(body.reasons), ['deletion-is-an-erasure-request', 'one-month'])
    t.match(await read(id), { kind: 'erase', channel: 'signed-in', status: 'open', dueOn: '2026-07-15', kept: [] })
    t.equal((await choose('delete', deletes, id)).status, 200, 'said twice it is one request')
    for (const [choice, person] of [
      ['keep', deletes],
      ['delete', keeps],
    ] as const)
      t.match(await choose(choice, person, id), { status: 409, body: { type: '/problems/request-differs' } })
    const { items } = (await call('holder', 'GET', '/erasures/of-system/accounts')).body
    const asked = items.flatMap(({ records }: { records: string[] }) => records)
    t.ok(asked.includes('deletes-1') && !asked.includes('keeps-1'))
  },
)

t.test(
  'they are listed a page at a time, those that are due first before all others, and all are counted',
  async (t) => {
    await ask({ kind: 'rectify', receivedOn: '2026-06-14' })
    for (const open of ['', 'open=true&']) {
      const { body: all } = await call('support', 'GET', `/requests?${open}limit=500`)
      const found: string[] = []
      for (let after = '', more = true; more; ) {
        const { body } = await call('support', 'GET', `/requests?${open}limit=3${after}`)
        found.push(...body.items.map(({ id }: { id: string }) => id))
        t.match(body, { count: all.items.length, overdue: all.overdue })
        more = body.next !== undefined
        after = `&after=${body.next}`
      }
      t.strictSame(
        found,
        all.items.map(({ id }: { id: string }) => id),
      )
      t.notOk('next' in all)
      const due = all.items.flatMap((each: Body) => (each.answeredAt ? [] : [each.dueOn ?? '9999']))
      t.strictSame(due, due.toSorted())
      const today = deps.clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
      t.equal(all.overdue, due.filter((day: string) => day < today).length)
    }
  },
)
