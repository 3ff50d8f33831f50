import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { app, db, clock, mailbox, look, hear, call, ordered, delivered } = await startReturnsForTest()
const DECLARED = '2026-06-10T09:00:00Z'

/** An order with a number of its own, which the customer has. */
async function bought(receivedAt?: string) {
  const { id, email } = receivedAt ? await delivered(receivedAt) : await ordered()
  const number = `SG-${id.slice(0, 13).toUpperCase()}`
  const { facts } = await db
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', id)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('order_facts')
    .set({ facts: JSON.stringify({ ...facts, number }) })
    .where('order_id', '=', id)
    .execute()
  return { id, email, orderNumber: number }
}
const drafted = (body: object) => call('nobody', 'POST', '/withdrawal-function/drafts', body)
const confirmed = (draft: string) => call('nobody', 'POST', '/withdrawal-function/confirmations', { draft })
async function withdrawn(body: object, at = DECLARED) {
  clock.at = at
  return confirmed((await drafted({ name: 'Kari Eksempel', ...body })).body.draft)
}
const returnsOf = async (id: string) => (await call('support', 'GET', `/orders/${id}/returns`)).body.items
const mailTo = (email: string, subject: RegExp) =>
  eventually(`a mail ${subject}`, async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))
const pathIn = (url: string) => url.slice(url.indexOf('/', 'https://'.length))
async function pdfOf(receipt: string) {
  const { statusCode: status, headers, rawPayload } = await app.inject(pathIn(receipt).replace('?', '/pdf?'))
  return { status, headers, bytes: rawPayload }
}
const linkIn = (text: string) => /order\?link=([\w.-]+)/.exec(text)?.[1]

t.test('the withdrawal function', async (t) => {
  t.test('has words for its buttons in every language that is sold in', async (t) => {
    const { languages } = (await call('nobody', 'GET', '/withdrawal-function')).body
    for (const language of ['nb', 'nn', 'en', 'sv', 'da', 'de', 'fr'])
      t.match(languages[language], {
        withdraw: /\S/,
        confirm: /\S/,
        fields: { name: /\S/, orderNumber: /\S/, email: /\S/ },
      })
    t.hasStrict(languages.nb, { withdraw: 'Angre avtalen', confirm: 'Bekreft bruk av angrerett' })
    t.hasStrict(languages.en, { withdraw: 'Withdraw from contract here', confirm: 'Confirm withdrawal' })
  })
  t.test('takes a withdrawal in two steps from whoever knows number and address, without an account', async (t) => {
    const { id, email, orderNumber } = await bought('2026-06-04T14:30:00Z')
    clock.at = DECLARED
    const typed = { name: 'Kari Eksempel', orderNumber: ` ${orderNumber.toLowerCase()}`, email: email.toUpperCase() }
    const draft = { body: {} as { draft: string; confirm: string } }
    await changesNothing(db, async () => Object.assign(draft, await drafted({ ...typed, language: 'da' })))
    t.equal(draft.body.confirm, 'Bekræft fortrydelse')
    const { status, body } = await confirmed(draft.body.draft)
    t.equal(status, 202)
    t.equal(body.receivedAt, DECLARED)
    await look()
    t.hasStrict(await returnsOf(id), [{ channel: 'withdrawal-function', statementId: body.id, declaredAt: DECLARED }])
    const mail = await mailTo(email, /mottatt angremeldingen/)
    t.match(mail.text, /10\. juni 2026, 11:00:00 \(Europe\/Oslo\)/)
    t.equal(Buffer.from(mail.attachments[0]!.bytes).subarray(0, 5).toString(), '%PDF-')
  })
  t.test('answers alike, whatever is typed, and does the same work for it', async (t) => {
    const { email, orderNumber } = await bought('2026-06-04T14:30:00Z')
    for (const typed of [
      { orderNumber, email },
      { orderNumber: 'SG-NONE', email },
      { orderNumber, email: 'nobody@example.com' },
      { orderNumber: 'x'.repeat(64), email: 'nobody@example.com' },
    ]) {
      const kept = { answer: { status: 0, headers: {} as Record<string, unknown>, body: {} as object } }
      const added = await rowsAdded(db, async () => Object.assign(kept.answer, await withdrawn(typed)))
      t.strictSame(added, { statement: 1, statement_answer: 1 })
      t.equal(kept.answer.status, 202)
      t.strictSame(Object.keys(kept.answer.body), ['id', 'receivedAt', 'receipt'])
    }
  })
  t.test('keeps what is confirmed twice, at the same moment too, as one statement', async (t) => {
    const { id, email, orderNumber } = await bought('2026-06-04T14:30:00Z')
    clock.at = DECLARED
    const { draft } = (await drafted({ name: 'Kari', orderNumber, email, lines: [{ lineId: '1', quantity: 1 }] })).body
    const answers = await Promise.all([confirmed(draft), confirmed(draft), confirmed(draft)])
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
    clock.at = '2026-06-10T09:30:00Z'
    t.strictSame((await confirmed(draft)).body, answers[0]!.body, 'with the moment of the first')
    await Promise.all([look(), look()])
    t.hasStrict(await returnsOf(id), [{ declaredAt: DECLARED, lines: [{ lineId: '1', quantity: 1 }] }])
  })
  t.test(
    'counts from the confirmation: a draft is none, and one that is confirmed a second too late is late',
    async (t) => {
      const inTime = await bought('2026-06-04T14:30:00Z')
      const late = await bought('2026-06-04T14:30:00Z')
      clock.at = '2026-06-18T21:59:58Z'
      const typed = async ({ orderNumber, email }: typeof late) =>
        (await drafted({ name: 'Kari', orderNumber, email })).body.draft as string
      const [one, other] = [await typed(inTime), await typed(late)]
      clock.at = '2026-06-18T21:59:59Z'
      await confirmed(one)
      clock.at = '2026-06-18T22:00:00Z'
      await confirmed(other)
      await look()
      t.equal((await returnsOf(inTime.id)).length, 1)
      t.equal((await returnsOf(late.id)).length, 0)
      await mailTo(late.email, /Svar på angremeldingen/)
    },
  )
  t.test('and a draft that is old, changed or made for something else are none', async () => {
    const { email, orderNumber } = await bought()
    clock.at = DECLARED
    const { draft } = (await drafted({ name: 'Kari', orderNumber, email })).body
    clock.at = '2026-06-10T10:00:00Z'
    await changesNothing(db, async () => {
      for (const wrong of [draft, `${draft}x`, 'nonsense'])
        assertProblem(await confirmed(wrong), 404, 'link-unknown', /link is not whole/)
    })
  })
  t.test('for a part that only words name asks, and a person finds out which', async (t) => {
    const { id, email, orderNumber } = await bought('2026-06-04T14:30:00Z')
    const { body } = await withdrawn({ orderNumber, email, part: 'Den ene sensoren' })
    await look()
    t.equal((await returnsOf(id)).length, 0)
    t.match((await mailTo(email, /trenger å vite mer/)).text, /Din melding: Den ene sensoren\s+.*hva du vil angre på/)
    const lines = [{ lineId: '1', quantity: 1 }]
    await call('support', 'PUT', `/statements/${body.id}/clarification`, { orderId: id, lines })
    t.hasStrict(await returnsOf(id), [{ lines, declaredAt: DECLARED }])
  })
  t.test('finds an order that is heard of only after its customer has withdrawn', async (t) => {
    const id = crypto.randomUUID()
    const [number, email] = [`SG-${id.slice(0, 13).toUpperCase()}`, `soon.${id}@example.com`]
    await withdrawn({ orderNumber: number, email }, '2026-06-01T08:01:00Z')
    await look()
    await hear('OrderPlaced', id, { number, personal: { placedBy: 'storefront', email, name: 'Kari' } })
    clock.at = '2026-06-01T08:01:06Z'
    await look()
    t.hasStrict(await returnsOf(id), [{ declaredAt: '2026-06-01T08:01:00Z' }])
  })
  t.test('writes to an address that nobody’s order has a few times an hour, and without the words', async (t) => {
    const email = `victim.${crypto.randomUUID()}@example.com`
    for (let n = 0; n < 6; n += 1) {
      await withdrawn(
        { orderNumber: `SG-${n}`, email, part: 'Kjøp her: https://evil.example' },
        `2026-06-10T09:0${n}:00Z`,
      )
      clock.at = `2026-06-10T09:0${n + 1}:00Z`
      await look()
    }
    await eventually('three mails', async () => mailbox.to(email).length === 3)
    t.notMatch(mailbox.to(email)[0]!.text, /evil\.example/)
  })
})

t.test('a receipt can be checked by whoever has it, and by nobody else', async (t) => {
  const { email, orderNumber } = await bought('2026-06-04T14:30:00Z')
  const { body } = await withdrawn({ orderNumber, email })
  const unknown = await withdrawn({ orderNumber: 'SG-NONE', email })
  const check = (path: string) => call('nobody', 'GET', path)
  const { status, body: receipt } = await check(pathIn(body.receipt))
  t.equal(status, 200)
  t.hasStrict(receipt, { id: body.id, receivedAt: DECLARED, orderNumber, name: 'Kari Eksempel' })
  const other = (await check(pathIn(unknown.body.receipt))).body
  t.strictSame(Object.keys(other), Object.keys(receipt), 'which tells of no order whether there is one')
  const link = new URL(body.receipt).searchParams.get('link')
  const files = await Promise.all([body, unknown.body].map(({ receipt: url }) => pdfOf(url)))
  for (const file of files) {
    t.equal(file.status, 200)
    t.equal(file.bytes.subarray(0, 5).toString(), '%PDF-')
    t.equal(file.headers['content-type'], 'application/pdf')
    t.match(file.headers['content-disposition'], /^inline; filename="angremelding-[0-9a-f-]{36}\.pdf"$/)
  }
  assertProblem(await check(`/receipts/${unknown.body.id}/pdf?link=${link}`), 404, 'link-unknown', /not of this/)
  assertProblem(await check(`/receipts/${body.id}/pdf?link=x`), 404, 'link-unknown', /not whole/)
  assertProblem(await check(`/receipts/${unknown.body.id}?link=${link}`), 404, 'link-unknown', /not of this receipt/)
  assertProblem(await check(`/receipts/${body.id}?link=x`), 404, 'link-unknown', /not whole/)
  await look()
  t.strictSame((await check(pathIn(body.receipt))).body, receipt, 'nor what became of it')
  t.ok((await pdfOf(body.receipt)).bytes.equals(files[0]!.bytes))
  clock.at = '2036-06-10T09:00:01Z'
  assertProblem(await check(pathIn(body.receipt)), 404, 'link-unknown', /not good any more/)
})

t.test('a signed link', async (t) => {
  async function linked(t: Test) {
    const { id, email } = await delivered()
    clock.at = DECLARED
    await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: [{ lineId: '1', quantity: 1 }] })
    const link = linkIn((await mailTo(email, /mottatt angremeldingen/)).text)
    t.ok(link)
    return { id, link: link! }
  }
  t.test('shows what its one order entitles to and withdraws from it, without a token', async (t) => {
    const { id, link } = await linked(t as Test)
    const { status, body } = await call('nobody', 'GET', `/linked-order/eligibility?link=${link}`)
    t.equal(status, 200)
    t.strictSame(body, (await call('storefront', 'GET', `/orders/${id}/eligibility`)).body)
    const lines = [{ lineId: '2', quantity: 1 }]
    const answer = await call('nobody', 'POST', '/linked-order/withdrawals', { link, lines })
    t.hasStrict(answer, { status: 201, body: { orderId: id, lines, channel: 'withdrawal-function' } })
  })
  t.test('that went to a stranger opens nothing once the address is corrected', async (t) => {
    const { id, link } = await linked(t as Test)
    const { personal } = example('EmailCorrected').data
    await hear('EmailCorrected', id, { personal: { ...personal, email: `right.${id}@example.com` } })
    assertProblem(
      await call('nobody', 'GET', `/linked-order/eligibility?link=${link}`),
      404,
      'link-unknown',
      /not good/,
    )
    assertProblem(await call('nobody', 'POST', '/linked-order/withdrawals', { link }), 404, 'link-unknown', /not good/)
  })
  t.test('is good for as long as a complaint may come, and is no link to anything else', async (t) => {
    const { link } = await linked(t as never)
    const { draft } = (await drafted({ name: 'Kari', orderNumber: 'SG-1', email: 'kari@example.com' })).body
    const eligibility = (with_: string) => call('nobody', 'GET', `/linked-order/eligibility?link=${with_}`)
    assertProblem(await eligibility(draft), 404, 'link-unknown', /something else/)
    assertProblem(await confirmed(link), 404, 'link-unknown', /something else/)
    clock.at = '2031-06-09T09:00:00Z'
    t.equal((await eligibility(link)).status, 200, 'five years later')
  })
})

t.test('the function is shown exactly as long as the right lasts', async (t) => {
  const { id } = await delivered()
  const shown = async (at: string, role = 'storefront') => {
    clock.at = at
    return (await call(role, 'GET', `/orders/${id}/withdrawal-function`)).body
  }
  t.strictSame(await shown('2026-06-18T21:59:59Z'), { available: true, until: '2026-06-18' })
  t.strictSame(await shown('2026-06-18T22:00:00Z'), { available: false })
  t.equal((await shown('2026-06-18T21:59:59Z', 'customer')).type, '/problems/order-unknown')
  const unsent = await ordered()
  clock.at = '2026-12-01T09:00:00Z'
  const before = await call('storefront', 'GET', `/orders/${unsent.id}/withdrawal-function`)
  t.strictSame(before.body, { available: true }, 'a period that has not begun has no end')
  await call('storefront', 'POST', `/orders/${unsent.id}/withdrawals`, {})
  const after = await call('storefront', 'GET', `/orders/${unsent.id}/withdrawal-function`)
  t.strictSame(after.body, { available: false })
})
