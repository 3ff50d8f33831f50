import assert from 'node:assert/strict'
import { assertProblem, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, pool, owner, clock, mailbox, look, hear, call, ordered, delivered } = await startReturnsForTest()
const DECLARED = '2026-06-10T09:00:00Z'
const one = [{ lineId: '1', quantity: 1 }]

const withdraw = (id: string, body: object = {}, { at = DECLARED, role = 'storefront' } = {}) => {
  clock.at = at
  return call(role, 'POST', `/orders/${id}/withdrawals`, body)
}
const record = (body: object, { at = DECLARED, role = 'support' } = {}) => {
  clock.at = at
  return call(role, 'POST', '/statements', body)
}
const statementsOf = async (id: string) => (await call('support', 'GET', `/orders/${id}/statements`)).body.items
const returnsOf = async (id: string) => (await call('support', 'GET', `/orders/${id}/returns`)).body.items
const mailTo = (email: string, subject: RegExp) =>
  eventually(`a mail ${subject}`, async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)

t.test('a statement', async (t) => {
  t.test('is kept as it came, by whom it was written down, and cannot be changed', async (t) => {
    const { id } = await delivered()
    const letter = { channel: 'letter', noticeSentAt: '2026-06-18T15:00:00Z', receivedAt: '2026-06-22T10:00:00Z' }
    const { body } = await withdraw(
      id,
      { ...letter, statement: 'Jeg angrer.' },
      { at: '2026-06-25T08:00:00Z', role: 'support' },
    )
    const [kept, ...more] = await statementsOf(id)
    t.hasStrict(kept, {
      ...{ status: 'withdrawn', channel: 'letter', sentAt: letter.noticeSentAt, receivedAt: letter.receivedAt },
      ...{
        recordedAt: '2026-06-25T08:00:00Z',
        recordedBy: roles.support.subject,
        words: 'Jeg angrer.',
        returnId: body.id,
      },
    })
    t.strictSame(more, [])
    // The time to pay back runs from when the letter came, not from when somebody wrote that down.
    t.hasStrict(body, { statementId: kept.id, declaredAt: letter.receivedAt, sendBackBy: '2026-07-06' })
    const [own] = (await call('storefront', 'GET', `/orders/${id}/statements`)).body.items
    t.notOk('recordedBy' in own, 'who of the staff wrote it down is for staff')
    for (const change of [`set sent_at = now()`, `set said = '{}'`, `set received_at = now()`])
      await t.rejects(owner.query(`update statement ${change} where id = '${kept.id}'`), /stays as it was made/)
    await t.rejects(owner.query(`delete from statement where id = '${kept.id}'`), /stays as it was made/)
  })
  t.test('survives whatever fails after it, and is answered once the cause is gone', async (t) => {
    const { id, email } = await delivered()
    await owner.query(
      `create function fail_return() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create trigger return_fails before insert on return for each row execute function fail_return()`,
    )
    const added = await rowsAdded(db, async () => {
      const { status, body } = await withdraw(id, { lines: one })
      assert.deepEqual([status, body.status], [202, 'pending'])
      await look()
    })
    t.strictSame(added, { statement: 1, statement_answer: 1 })
    clock.at = '2026-06-10T09:00:10Z'
    await look()
    t.equal((await statementsOf(id))[0].status, 'pending')
    clock.at = '2026-06-10T10:00:10Z'
    await look()
    const [{ id: statementId }] = await statementsOf(id)
    t.hasStrict(await alarmsAbout(statementId), [{ kind: 'statement-unanswered' }])
    await owner.query('drop trigger return_fails on return')
    await look()
    const [kept] = await statementsOf(id)
    t.hasStrict(kept, { status: 'withdrawn' })
    t.hasStrict(await returnsOf(id), [{ id: kept.returnId, declaredAt: DECLARED, lines: one }])
    t.hasStrict(await alarmsAbout(statementId), [{ resolution: 'The statement is answered.' }])
    t.match((await mailTo(email, /mottatt angremeldingen/)).text, /10\. juni 2026, 11:00:00/)
  })
  t.test('that the keeper died over is taken up by one of several watchers, once', async (t) => {
    const { id } = await delivered()
    const statementId = crypto.randomUUID()
    await pool.query(
      `insert into statement (id, order_id, received_at, recorded_at, said, personal)
       values ($1, $2, $3, $3, '{}', '{}')`,
      [statementId, id, DECLARED],
    )
    await pool.query(
      `insert into statement_answer (statement_id, order_id, status, due_from) values ($1, $2, 'pending', $3)`,
      [statementId, id, DECLARED],
    )
    clock.at = '2026-06-10T09:01:00Z'
    const added = await rowsAdded(db, () => Promise.all([look(), look(), look()]))
    t.strictSame(added, { return: 1, return_case: 1, mail: 1, outbox: 1 })
    t.hasStrict(await statementsOf(id), [{ id: statementId, status: 'withdrawn' }])
  })
})

t.test('the same said by two channels is one withdrawal', async (t) => {
  t.test('of a part, one after the other', async (t) => {
    const { id, email } = await delivered()
    const first = await withdraw(id, { lines: one, channel: 'web-form' })
    const again = await withdraw(id, { lines: one, channel: 'phone', statement: 'Jeg ringte.' }, { role: 'support' })
    t.strictSame([first.status, again.status, again.body.id], [201, 200, first.body.id])
    t.equal((await returnsOf(id)).length, 1)
    t.match((await mailTo(email, /meldingen din igjen/)).text, /Din melding: Jeg ringte\.\s+Den gjelder det samme/)
  })
  t.test('of a part, at the same moment, however often', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await delivered()
      const channels = ['web-form', 'phone', 'letter', 'email', 'chat']
      const answers = await Promise.all(
        channels.map((channel) => withdraw(id, { lines: one, channel }, { role: 'support' })),
      )
      t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 200, 201])
      t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      t.equal((await returnsOf(id)).length, 1)
      t.equal((await statementsOf(id)).length, 5)
    }
  })
  t.test('unless the customer says that it is about more, or it is about other units', async (t) => {
    const { id } = await delivered()
    await withdraw(id, { lines: one, channel: 'web-form' })
    t.equal((await withdraw(id, { lines: [{ lineId: '2', quantity: 1 }], channel: 'phone' })).status, 201)
    t.equal((await withdraw(id, { lines: one, channel: 'phone', additional: true })).status, 201)
    t.equal((await returnsOf(id)).length, 3)
  })
  t.test('of everything, after a part by another channel, takes the rest', async (t) => {
    const { id } = await delivered()
    await withdraw(id, { lines: one, channel: 'web-form' })
    const rest = await withdraw(id, { channel: 'letter' })
    t.hasStrict(rest, {
      status: 201,
      body: {
        lines: [
          { lineId: '1', quantity: 1 },
          { lineId: '2', quantity: 1 },
        ],
      },
    })
  })
})

t.test('a statement that comes too late is kept, receipted and answered with what can still be done', async (t) => {
  const { id, email } = await delivered()
  const { body } = await withdraw(id, { statement: 'For sent?' }, { at: '2026-06-18T22:00:00Z' })
  t.hasStrict(await statementsOf(id), [
    { id: body.statementId, status: 'refused', refusal: { code: 'withdrawal-refused' } },
  ])
  const mail = await mailTo(email, /Svar på angremeldingen/)
  t.match(mail.text, /Din melding: For sent\?/)
  t.match(mail.text, /kjøpsvilkårene punkt 8\.2/)
  t.match(mail.text, /Lekkasjesensor: sende det tilbake frivillig[^\n]*6\. juli 2026/)
  t.match(mail.text, /https:\/\/shop\.example\/order\?link=ey/)
})

t.test('what staff write down', async (t) => {
  t.test('of a known number is judged as of when it was sent, whoever it came from', async (t) => {
    const { id } = await ordered()
    const number = `SG-${id.slice(0, 8).toUpperCase()}`
    await hear('OrderPlaced', id, { number })
    const said = { channel: 'phone', orderNumber: ` ${number.toLowerCase()} `, name: 'Kari', statement: 'Jeg angrer.' }
    const { status, headers, body } = await record(said)
    t.equal(status, 201)
    t.hasStrict(body, { status: 'withdrawn', orderId: id, recordedBy: roles.support.subject, name: 'Kari' })
    t.hasStrict((await call('support', 'GET', String(headers.location))).body, body)
  })
  t.test('and nobody can place waits for a person, who is called, finds the order and is done', async (t) => {
    const { id } = await delivered('2026-06-04T14:30:00Z')
    const email = `ola.${id}@example.com`
    const letter = { channel: 'letter', noticeSentAt: '2026-06-17T10:00:00Z', orderNumber: 'SG-NONE', email }
    const { body } = await record({ ...letter, statement: '<b>Jeg angrer</b>' }, { at: '2026-06-22T10:00:00Z' })
    t.equal(body.status, 'pending', 'an order may be heard of in a moment')
    clock.at = '2026-06-22T10:01:00Z'
    await look()
    t.hasStrict(await alarmsAbout(body.id), [{ kind: 'statement-unclear', detail: { statementId: body.id } }])
    const mail = await mailTo(email, /trenger å vite mer/)
    t.match(mail.text, /Kvittering nummer: [0-9a-f-]{36}\nMottatt: 22\. juni 2026, 12:00:00/)
    t.notMatch(mail.text, /Jeg angrer/, 'nobody has us write their words to somebody else')
    const unclear = (await call('support', 'GET', '/statements?status=unclear')).body.items
    const waiting = unclear.find((each: { id: string }) => each.id === body.id)
    t.equal(waiting.dueOn, Temporal.PlainDate.from(waiting.recordedAt.slice(0, 10)).add('P2D').toString())

    const clarify = (clarification: object, role = 'support') =>
      call(role, 'PUT', `/statements/${body.id}/clarification`, clarification)
    assertProblem(await clarify({ orderId: id }, 'storefront'), 403, 'scope-missing', /scope "staff"/)
    assertProblem(await clarify({}), 400, 'invalid-input', /either orderId or reason/)
    assertProblem(await clarify({ orderId: crypto.randomUUID() }), 404, 'order-unknown', /no such order/)
    const found = await clarify({ orderId: id, lines: one })
    t.hasStrict(found, {
      status: 200,
      body: { status: 'withdrawn', orderId: id, clarified: { by: roles.support.subject } },
    })
    t.hasStrict(await returnsOf(id), [{ lines: one, noticeSentAt: letter.noticeSentAt }])
    assertProblem(await clarify({ orderId: id }), 409, 'statement-settled', /withdrawn/)
    await look()
    t.hasStrict(await alarmsAbout(body.id), [{ resolution: 'The statement is answered.' }])
  })
  t.test('and is no notice is set aside with a reason', async (t) => {
    const { body } = await record({ channel: 'email', statement: 'Hvor er pakken?' })
    clock.at = '2026-06-10T09:02:00Z'
    await look()
    const set = await call('support', 'PUT', `/statements/${body.id}/clarification`, { reason: 'A question.' })
    t.hasStrict(set.body, { status: 'set-aside', clarified: { reason: 'A question.' } })
  })
  t.test('cannot have been sent tomorrow, nor have come before it was sent', async () => {
    const wrong = { channel: 'letter', noticeSentAt: '2026-06-10T09:06:00Z' }
    assertProblem(await record(wrong), 409, 'moment-in-the-future', /noticeSentAt/)
    const before = { channel: 'letter', noticeSentAt: '2026-06-09T09:00:00Z', receivedAt: '2026-06-08T09:00:00Z' }
    assertProblem(await record(before), 409, 'notice-before-sent', /receivedAt/)
    assertProblem(await record({ channel: 'phone' }, { role: 'storefront' }), 403, 'scope-missing', /"staff"/)
    assertProblem(
      await call('support', 'GET', `/statements/${crypto.randomUUID()}`),
      404,
      'statement-unknown',
      /no such/,
    )
  })
})

t.test('the receipt is also a file that can be kept', async (t) => {
  const { id, email } = await delivered()
  await withdraw(id, { statement: 'Jeg angrer.' })
  const mail = await mailTo(email, /mottatt angremeldingen/)
  const [file] = mail.attachments
  t.equal(Buffer.from(file!.bytes).subarray(0, 5).toString(), '%PDF-')
  t.match(file!.filename, /^angremelding-SG-.*\.pdf$/)
})

t.test('an address that is corrected gets what was still to be said about statements', async (t) => {
  const { id, email } = await delivered()
  await withdraw(id, {}, { at: '2026-06-18T22:00:00Z' })
  const about = 'about_id = (select statement_id from statement_answer where order_id = $1)'
  await eventually('the answer is sent', async () => {
    const { rows } = await pool.query(`select from mail where ${about} and status = 'accepted'`, [id])
    return rows.length > 0
  })
  await pool.query(`update mail set status = 'queued' where ${about}`, [id])
  await hear('EmailCorrected', id, { personal: { email: `new.${email}` } })
  const { rows } = await pool.query(`select recipient, message from mail where ${about}`, [id])
  t.strictSame(rows, [{ recipient: `new.${email}`, message: null }])
})

t.test(
  'a line that is named with more units than any order has is a mistake in the request, and nothing is kept',
  async (t) => {
    const lines = [10_000, 1].map((quantity) => ({ lineId: '1', quantity }))
    const added = await rowsAdded(db, async () => {
      const refused = await record({ orderNumber: 'SG-ANY', email: 'kari@example.com', channel: 'phone', lines })
      assertProblem(refused, 400, 'invalid-input', /body\.lines says 10001 of line 1/)
      const openly = { name: 'Kari', orderNumber: 'SG-ANY', email: 'kari@example.com', lines }
      assertProblem(await call('nobody', 'POST', '/withdrawal-function/drafts', openly), 400, 'invalid-input', /10001/)
    })
    t.strictSame(added, {})
  },
)
