import { randomUUID } from 'node:crypto'
import { phonePicture, SVG } from '@vilkar/photos/test/pictures.ts'
import { orderLink } from '@vilkar/server/signed-links.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { lineByLine } from '../line-by-line.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { app, db, clock, deps, mailbox, hear, call, delivered, ordered } = await startReturnsForTest()
const one = [{ lineId: '1', quantity: 1 }]
const EXPIRES = '2026-09-01T00:00:00Z'
/** While a consumer can withdraw, and a day after that is over: goods were received on the fourth of June. */
const WITHIN = '2026-06-10T09:00:00Z'
const AFTER = '2026-06-20T09:00:00Z'

const signed = (link: object) => deps.links.sign(link as Parameters<typeof deps.links.sign>[0])
const linkTo = ({ id, email }: { id: string; email: string }) => signed({ ...orderLink(id, email), expiresAt: EXPIRES })
async function linked(at = WITHIN) {
  const order = await delivered()
  clock.at = at
  return { ...order, link: await linkTo(order) }
}
const open = (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) => call('nobody', method, url, body)
async function send(path: string, payload: Buffer) {
  const sent = { method: 'POST' as const, url: path, payload, headers: { 'content-type': 'image/jpeg' } }
  const { statusCode: status, headers, body } = await app.inject(sent)
  return { status, headers, body: JSON.parse(body) }
}
const mailTo = (email: string, subject: RegExp) =>
  eventually(`a mail about ${subject}`, async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))

t.test('a link sends goods back by the offer, as a token does', async (t) => {
  const { id, email, link } = await linked(AFTER)
  const asked = await open('POST', '/linked-order/voluntary-returns', { link, lines: one, statement: 'Én for mye' })
  t.hasStrict(asked, { status: 201, body: { orderId: id, channel: 'web-form', lines: one, refundEstimate: 49_900 } })
  await mailTo(email, /sender du varene/)
  const both = [{ lineId: '1', quantity: 2 }]
  const rest = await open('POST', '/linked-order/voluntary-returns', { link, lines: both })
  t.hasStrict(rest.body, { lines: one, refused: one }, 'of two, one goes back already')
  const { body } = await open('GET', `/linked-order/cases?link=${link}`)
  t.hasStrict(body.items, [
    { id: asked.body.id, kind: 'voluntary-return', status: 'requested' },
    { id: rest.body.id, kind: 'voluntary-return' },
  ])
  t.match(body.items[0].answer, { nb: /etter tilbudet vårt.*punkt 9/, en: /by our offer/ })
  const { body: read } = await open('GET', `/linked-order/cases/${asked.body.id}?link=${link}`)
  t.strictSame(read.voluntaryReturn, (await call('storefront', 'GET', `/voluntary-returns/${asked.body.id}`)).body)
  for (const staffs of ['assignee', 'notes', 'tags', 'orderTags']) t.notOk(staffs in read, staffs)
})

t.test('while the law gives more, the offer is refused with what it rests on', async () => {
  const { link } = await linked()
  const answer = await open('POST', '/linked-order/voluntary-returns', { link, lines: one })
  assertProblem(answer, 409, 'withdrawal-gives-more', /still open/)
})

t.test('a link complains, with pictures that are seen by the links of that order alone', async (t) => {
  const { link, id } = await linked()
  const said = {
    link,
    lines: [{ lineId: '1', quantity: 2 }],
    defect: 'Den uler uten grunn',
    noticedAt: '2026-06-09T09:00:00Z',
  }
  const { status, body } = await open('POST', '/linked-order/complaints', said)
  t.equal(status, 201)
  t.hasStrict(body, { orderId: id, channel: 'web-form', defect: said.defect, noticedAt: said.noticedAt })
  t.equal((await open('POST', '/linked-order/complaints', said)).status, 200, 'of the same units it is the same')
  const photos = `/linked-order/cases/${body.id}/photos`
  const added = await send(`${photos}?link=${link}`, await phonePicture())
  t.hasStrict(added, { status: 201, body: { width: 120, height: 80 } })
  t.equal((await send(`${photos}?link=${link}`, await phonePicture())).status, 200)
  assertProblem(await send(`${photos}?link=${link}`, SVG as Buffer), 415, 'photo-type-unsupported', /picture/i)
  const { body: listed } = await open('GET', `${photos}?link=${link}`)
  t.equal(listed.items.length, 1)
  const shown = await app.inject(`${photos}/${added.body.sha256}?link=${link}`)
  t.equal(shown.headers['content-type'], 'image/jpeg')
  const row = await db.selectFrom('photo').select('personal').where('case_id', '=', body.id).execute()
  t.strictSame(row, [{ personal: { addedBy: 'customer' } }])
  const { items } = (await call('support', 'GET', `/personal-data/${id}`)).body
  t.hasStrict(
    items.filter(({ value }: { value: unknown }) => value === added.body.sha256),
    [{ place: 'photo.sha256', category: 'given' }],
  )
  const stranger = (await linked()).link
  for (const answer of [
    await open('GET', `${photos}?link=${stranger}`),
    await open('GET', `${photos}/${added.body.sha256}?link=${stranger}`),
    await send(`${photos}?link=${stranger}`, await phonePicture()),
    await open('GET', `/linked-order/cases/${body.id}?link=${stranger}`),
  ])
    assertProblem(answer, 404, 'case-unknown', /no such case/)
})

t.test('an exchange needs the links of both orders', async (t) => {
  const { id, link } = await linked()
  const { body } = await open('POST', '/linked-order/withdrawals', { link, lines: one })
  const newer = await ordered({ placed: { placedAt: '2026-06-10T09:05:00Z' } })
  clock.at = '2026-06-10T09:10:00Z'
  const newLink = await linkTo(newer)
  const path = `/linked-order/exchanges/${randomUUID()}`
  const asked = { link, returnId: body.id, newLink }
  assertProblem(await open('PUT', path, { ...asked, newLink: `${newLink}x` }), 404, 'link-unknown', /not whole/)
  assertProblem(
    await open('PUT', path, { ...asked, newLink: link }),
    409,
    'exchange-mismatch',
    /the one that the goods/,
  )
  const other = await linked()
  assertProblem(await open('PUT', path, { ...asked, link: other.link }), 404, 'return-unknown', /no such return/)
  const agreed = await open('PUT', path, asked)
  t.hasStrict(agreed, { status: 201, body: { orderId: id, newOrderId: newer.id } })
  t.equal((await open('PUT', path, asked)).status, 200)
  const { body: cases } = await open('GET', `/linked-order/cases?link=${link}`)
  t.strictSame(
    cases.items.map(({ kind }: { kind: string }) => kind),
    ['withdrawal', 'exchange'],
  )
  const exchange = await open('GET', `/linked-order/cases/${cases.items[1].id}?link=${link}`)
  t.hasStrict(exchange.body.exchange, { newOrderId: newer.id })
})

t.test('a link says that goods were sent, and is believed as a customer with a token is', async (t) => {
  const { link } = await linked()
  const { body } = await open('POST', '/linked-order/withdrawals', { link, lines: one })
  const path = `/linked-order/cases/${body.id}/proof-of-sending`
  const said = { link, carrier: 'Posten', trackingNumber: 'KVIT-1', sentAt: '2026-06-10T08:00:00Z' }
  assertProblem(await open('PUT', path, { ...said, link: (await linked()).link }), 404, 'case-unknown', /no such case/)
  assertProblem(await open('PUT', path, { link, carrier: 'Posten' }), 400, 'invalid-input', /trackingNumber/)
  const { status, body: sent } = await open('PUT', path, said)
  t.equal(status, 200)
  t.hasStrict(sent, { status: 'sent', proof: { carrier: 'Posten', trackingNumber: 'KVIT-1' } })
  t.type(sent.proof.paysFrom, 'string', 'nobody of the staff has looked')
  t.notOk('refund' in sent)
  const complaint = await open('POST', '/linked-order/complaints', {
    ...{ link, lines: [{ lineId: '2', quantity: 1 }], defect: 'Den uler' },
  })
  const ofComplaint = `/linked-order/cases/${complaint.body.id}/proof-of-sending`
  assertProblem(await open('PUT', ofComplaint, said), 404, 'case-unknown', /no such case/)
})

t.test('a withdrawal by link answers with the address of its receipt', async (t) => {
  const { link } = await linked()
  const { status, body } = await open('POST', '/linked-order/withdrawals', { link, lines: one })
  t.equal(status, 201)
  const receipt = new URL(body.receipt)
  t.hasStrict((await open('GET', receipt.pathname + receipt.search)).body, { id: body.statementId, lines: one })
})

t.test('what is to become of defective goods is chosen by link, once there is something to choose', async (t) => {
  const { link } = await linked()
  const { body } = await open('POST', '/linked-order/complaints', { link, lines: one, defect: 'Den uler' })
  const choice = `/linked-order/complaints/${body.id}/choice`
  const choose = (with_ = link, path = choice) => open('PUT', path, { link: with_, remedy: 'repair' })
  assertProblem(await choose(), 409, 'remedy-not-open', /nothing to choose/)
  await call('support', 'PUT', `/complaints/${body.id}/assessment`, { outcome: 'accepted' })
  assertProblem(await choose((await linked()).link), 404, 'case-unknown', /no such case/)
  const { body: withdrawal } = await open('POST', '/linked-order/withdrawals', { link, lines: one })
  const other = `/linked-order/complaints/${withdrawal.id}/choice`
  assertProblem(await choose(link, other), 404, 'case-unknown', /no such case/)
  t.hasStrict(await choose(), { status: 200, body: { status: 'curing', chosen: { remedy: 'repair' } } })
})

t.test('what staff proposes and nobody has decided is not told', async (t) => {
  const { id, link } = await linked()
  const goodwill = { amount: 10_000, why: 'Lang ventetid' }
  const { status } = await call('support', 'PUT', `/orders/${id}/goodwill/${randomUUID()}`, goodwill)
  t.equal(status, 201)
  t.strictSame((await open('GET', `/linked-order/cases?link=${link}`)).body, { items: [] })
})

t.test('asks what would hold on another day', async (t) => {
  const { link } = await linked()
  const outcomeAt = async (at: string) =>
    (await open('GET', `/linked-order/eligibility?link=${link}&at=${at}`)).body.lines[0].withdrawal.outcome
  t.equal(await outcomeAt('2026-06-18T10:00:00Z'), 'granted')
  t.equal(await outcomeAt('2026-06-19T10:00:00Z'), 'refused')
})

t.test('whatever is wrong with a link, no door tells anything, and all answer alike', async (t) => {
  const { id, email, link } = await linked()
  const { body: complaint } = await open('POST', '/linked-order/complaints', { link, defect: 'Den uler' })
  const gone = await linked()
  await hear('EmailCorrected', gone.id, { personal: { email: 'another@example.com' } })
  const [head, payload, signature] = link.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const rewritten = (changed: object) => Buffer.from(JSON.stringify({ ...claims, ...changed })).toString('base64url')
  const other = await linked()
  const links = {
    nonsense: 'nonsense',
    'cut short': link.slice(0, -1),
    'another order’s, by its claims': [head, rewritten({ sub: other.id }), signature].join('.'),
    'made to last': [head, rewritten({ exp: claims.exp + 1_000_000 }), signature].join('.'),
    'signed with nothing': [Buffer.from('{"alg":"none"}').toString('base64url'), payload, ''].join('.'),
    'of a receipt': await signed({ purpose: 'receipt', subject: id }),
    'of a picture': await signed({ purpose: 'photo', subject: id }),
    'of a label': await signed({ purpose: 'return-label', subject: complaint.id }),
    'of a draft': await signed({ purpose: 'withdrawal-draft', subject: id, expiresAt: EXPIRES }),
    expired: await signed({ ...orderLink(id, email), expiresAt: '2026-06-10T08:59:59Z' }),
    'to another address': await signed({ ...orderLink(id, 'another@example.com'), expiresAt: EXPIRES }),
    'to an address that was corrected': gone.link,
    'without an address': await signed({ purpose: 'order', subject: id, expiresAt: EXPIRES }),
  }
  const aCase = `/linked-order/cases/${complaint.id}`
  const doors = (link: string) => ({
    eligibility: () => open('GET', `/linked-order/eligibility?link=${link}`),
    function: () => open('GET', `/linked-order/withdrawal-function?link=${link}`),
    withdraw: () => open('POST', '/linked-order/withdrawals', { link }),
    'send back': () => open('POST', '/linked-order/voluntary-returns', { link }),
    complain: () => open('POST', '/linked-order/complaints', { link, defect: 'Den uler' }),
    exchange: () =>
      open('PUT', `/linked-order/exchanges/${randomUUID()}`, { link, returnId: randomUUID(), newLink: link }),
    choose: () => open('PUT', `/linked-order/complaints/${complaint.id}/choice`, { link, remedy: 'repair' }),
    cases: () => open('GET', `/linked-order/cases?link=${link}`),
    case: () => open('GET', `${aCase}?link=${link}`),
    photos: () => open('GET', `${aCase}/photos?link=${link}`),
    photo: () => open('GET', `${aCase}/photos/${'a'.repeat(64)}?link=${link}`),
    'add a photo': async () => send(`${aCase}/photos?link=${link}`, await phonePicture()),
  })
  const answers = new Set<string>()
  await changesNothing(db, async () => {
    for (const [what, wrong] of Object.entries(links))
      for (const [door, ask] of Object.entries(doors(wrong))) {
        const answer = await ask()
        t.equal(answer.status, 404, `${door} by a link ${what}`)
        answers.add(JSON.stringify(answer.body))
      }
  })
  t.equal(answers.size, 1, [...answers].join('\n'))

  t.equal((await doors(link).cases()).status, 200, 'and the right one opens')
})

t.test('a dossier is what the doors of a link say, now and at another moment', async (t) => {
  const { link, email } = await linked()
  await open('POST', '/linked-order/withdrawals', { link, lines: one })
  await mailTo(email, /./)
  const read = async (path: string) => (await open('GET', `${path}${path.includes('?') ? '&' : '?'}link=${link}`)).body
  const { unread, eligibility, eligibilityThen, ...parts } = await read(`/linked-order/dossier?at=${AFTER}`)
  t.strictSame(unread, [])
  for (const [said, path] of [
    [eligibility, '/linked-order/eligibility'],
    [eligibilityThen, `/linked-order/eligibility?at=${AFTER}`],
  ] as const) {
    const { groups, ...rest } = said
    t.strictSame({ ...rest, lines: lineByLine(groups) }, await read(path), path)
    t.strictSame(said, await read(path.replace('eligibility', 'eligibility/alike')), path)
  }
  t.strictSame(parts.cases, await read('/linked-order/cases'))
  t.equal(parts.cases.items.length, 1)
  t.strictSame(parts.withdrawalFunction, (await open('GET', '/withdrawal-function')).body)
  t.notOk('eligibilityThen' in (await read('/linked-order/dossier')), 'unless it is asked about')
  assertProblem(await open('GET', '/linked-order/dossier?link=x'), 404, 'link-unknown', /not good any more/)
  const never = await open('GET', `/linked-order/dossier?link=${link}&at=1900-01-01T00:00:00Z`)
  t.equal(never.status, (await open('GET', `/linked-order/eligibility?link=${link}&at=1900-01-01T00:00:00Z`)).status)
})
