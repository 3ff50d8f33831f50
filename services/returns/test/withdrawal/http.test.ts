import assert from 'node:assert/strict'
import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, pool, clock, mailbox, look, hear, call, ordered, delivered } = await startReturnsForTest()
const unknown = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
const DECLARED = '2026-06-10T09:00:00Z'

const eligibility = async (id: string, at: string, role = 'storefront') =>
  call(role, 'GET', `/orders/${id}/eligibility?at=${encodeURIComponent(at)}`)
const withdraw = (id: string, body: unknown = {}, at = DECLARED, role = 'storefront') => {
  clock.at = at
  return call(role, 'POST', `/orders/${id}/withdrawals`, body)
}
type Why = { cites: { clause?: string; section?: string }[] }[]
const lawOf = (reasons: Why) =>
  reasons.flatMap(({ cites }) => cites.map(({ clause, section }) => clause ?? section ?? ''))
const onlyRecorded = async (work: () => Promise<unknown>) => assert.deepEqual(await rowsAdded(db, work), { refusal: 1 })
/** What is said is kept and acknowledged, whatever it comes to. */
const said = { statement: 1, statement_answer: 1, mail: 1 }
const onlySaid = async (work: () => Promise<unknown>) =>
  assert.deepEqual(await rowsAdded(db, work), { refusal: 1, ...said })
const oneSensor = { lines: [{ lineId: '1', quantity: 1 }] }

t.test('an order that is placed and not paid yet can be withdrawn from (case L07)', async (t) => {
  const id = crypto.randomUUID()
  await hear('OrderPlaced', id, { personal: { ...example('OrderPlaced').data.personal, placedBy: 'storefront' } })
  const { status, body } = await withdraw(id, {}, '2026-06-01T08:01:00Z')
  t.strictSame([status, body.status], [201, 'declared'])
})

t.test('what may go back', async (t) => {
  t.test('on 24 December, of line 2: it may, this is the last day, and the clauses and the Act say so', async (t) => {
    const { id } = await delivered('2026-12-10T15:00:00Z')
    const on = async (at: string) => (await eligibility(id, at)).body.lines[1]
    const line = await on('2026-12-24T12:00:00+01:00')
    t.hasStrict(line, {
      lineId: '2',
      sku: 'LOCK-1',
      returnable: 1,
      withdrawal: { outcome: 'granted', until: '2026-12-24' },
    })
    const law = lawOf(line.withdrawal.reasons)
    for (const cited of ['8.1', '8.2', '§ 21']) t.ok(law.includes(cited), `${cited} is not among ${law}`)
    t.equal((await on('2026-12-24T22:59:59Z')).withdrawal.outcome, 'granted')
    const after = await on('2026-12-24T23:00:00Z')
    t.equal(after.withdrawal.outcome, 'refused')
    t.ok(lawOf(after.withdrawal.reasons).includes('8.2'))
    t.equal(after.voluntaryReturn.outcome === 'refused', false)
  })
  t.test('at each stage of an order: cancel, withdraw, return of goodwill, complain', async (t) => {
    const { id } = await delivered()
    const outcomes = async (at: string) => {
      const { withdrawal, voluntaryReturn, complaint } = (await eligibility(id, at)).body.lines[0]
      return [withdrawal, voluntaryReturn, complaint].map(({ outcome }) => outcome === 'refused')
    }
    t.strictSame(await outcomes('2026-06-18T21:59:59Z'), [false, false, false])
    t.strictSame(await outcomes('2026-06-18T22:00:00Z'), [true, false, false])
    t.strictSame(await outcomes('2026-07-10T09:00:00Z'), [true, true, false])
    t.strictSame(await outcomes('2028-07-10T09:00:00Z'), [true, true, true])
    const [sensor, lock] = (await eligibility(id, '2028-07-10T09:00:00Z')).body.lines
    // The fourth of June 2028 is Whit Sunday, so that the two years end on the Tuesday after it.
    t.equal(sensor.complaint.until, '2028-06-06')
    t.equal(lock.complaint.until, '2031-06-04')
  })
  t.test(
    'before dispatch all can be cancelled and all comes back; with the carrier it cannot be cancelled',
    async (t) => {
      const { id } = await ordered()
      const before = (await eligibility(id, '2026-06-01T09:00:00Z')).body
      t.equal(before.cancel.outcome, 'granted')
      t.strictSame(before.refundEstimate, { amount: 244_600, currency: 'NOK' })
      await hear('ShipmentDispatched', id)
      const { body } = await eligibility(id, '2026-06-02T13:00:00Z')
      t.equal(body.cancel.outcome, 'refused')
      t.hasStrict(body.lines[0], {
        withdrawal: { outcome: 'granted' },
        returnCost: { bearer: 'customer' },
      })
      t.equal(body.lines[0].withdrawal.until, undefined)
    },
  )
  t.test('without `at` it is asked for now', async (t) => {
    const { id } = await delivered()
    clock.at = '2026-06-18T22:00:00Z'
    const { body } = await call('storefront', 'GET', `/orders/${id}/eligibility`)
    t.equal(body.at, '2026-06-18T22:00:00Z')
    t.equal(body.lines[0].withdrawal.outcome, 'refused')
  })
  t.test('is told to whom the order belongs and to staff; for others there is no such order', async (t) => {
    const { id } = await delivered()
    for (const role of ['storefront', 'support']) t.equal((await eligibility(id, DECLARED, role)).status, 200)
    assertProblem(await eligibility(id, DECLARED, 'customer'), 404, 'order-unknown', /no such order/)
    assertProblem(await eligibility(unknown, DECLARED), 404, 'order-unknown', /no such order/)
    assertProblem(await eligibility(id, DECLARED, 'nobody'), 401, 'token-missing', /bearer token/)
    assertProblem(await eligibility(id, DECLARED, 'mailer'), 403, 'scope-missing', /returns:read/)
  })
  t.test('is asked for a moment that there is', async () => {
    for (const at of [
      '2026-12-24',
      'christmas',
      '2026-12-24T12:00:00',
      '2026-02-30T12:00:00Z',
      '2026-12-24T12:00:00.0000000001Z',
    ])
      assertProblem(await eligibility(unknown, at), 400, 'invalid-input', /querystring\.at .*date-time/)
    const { id } = await ordered()
    assertProblem(await eligibility(id, '9998-06-01T00:00:00Z'), 400, 'invalid-input', /must be between 2020 and 2060/)
    assertProblem(await call('support', 'GET', '/orders/7/eligibility'), 400, 'invalid-input', /params\.id .*uuid/)
  })
})

t.test('a withdrawal', async (t) => {
  t.test(
    'from the whole order is declared, told and acknowledged by mail at once with what was said, the day and the time',
    async (t) => {
      const { id, email } = await delivered()
      const statement = 'Jeg angrer. <b>Hilsen</b> Kåre'
      const added = await rowsAdded(db, async () => {
        const { status, headers, body } = await withdraw(id, { statement })
        assert.equal(status, 201)
        assert.equal(headers.location, `/returns/${body.id}`)
        assert.partialDeepStrictEqual(body, {
          orderId: id,
          status: 'declared',
          lastDay: '2026-06-18',
          sendBackBy: '2026-06-24',
          refundEstimate: 239_600,
        })
        assert.ok(lawOf(body.reasons).includes('8.1'))
      })
      t.strictSame(added, { ...said, outbox: 1, return: 1, return_case: 1 })
      const [mail] = await eventually('the receipt', async () => mailbox.to(email).length > 0 && mailbox.to(email))
      t.match(mail!.text, /10\. juni 2026, 11:00:00 \(Europe\/Oslo\)/)
      t.match(mail!.text, /2 × Lekkasjesensor, 1 × Dørlås/)
      t.ok(mail!.text.includes(statement))
      t.ok(mail!.html.includes('&lt;b&gt;Hilsen&lt;/b&gt; Kåre') && !mail!.html.includes('<b>'))
      const { facts } = await db
        .selectFrom('order_facts')
        .select('facts')
        .where('order_id', '=', id)
        .executeTakeFirstOrThrow()
      t.notMatch(JSON.stringify(facts), /angrer|example\.com/)
    },
  )
  t.test('said twice happens once: the second is answered with the return that there is', async (t) => {
    const { id } = await delivered()
    const { body } = await withdraw(id)
    await onlySaid(async () => {
      const again = await withdraw(id)
      assert.deepEqual([again.status, again.body.id], [200, body.id])
    })
    t.equal((await call('storefront', 'GET', `/orders/${id}/returns`)).body.items.length, 1)
  })
  t.test('said twice at the same moment happens once', async (t) => {
    const { id } = await delivered()
    const answers = await Promise.all([withdraw(id), withdraw(id)])
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 201])
    t.equal(answers[0]!.body.id, answers[1]!.body.id)
    t.equal((await call('storefront', 'GET', `/orders/${id}/returns`)).body.items.length, 1)
  })
  t.test('from a part leaves the rest, which can go back later with the delivery', async (t) => {
    const { id } = await delivered()
    const part = (await withdraw(id, oneSensor)).body
    t.hasStrict(part, {
      lines: [{ lineId: '1', quantity: 1, amount: 49_900 }],
      refundEstimate: 49_900,
    })
    t.equal((await eligibility(id, DECLARED)).body.lines[0].returnable, 1)
    const rest = (await withdraw(id)).body
    t.equal(rest.refundEstimate, 49_900 + 129_900 + 9_900)
    const { body } = await call('support', 'GET', `/orders/${id}/returns`)
    t.strictSame(
      body.items.map((item: { id: string }) => item.id),
      [part.id, rest.id],
    )
  })
  t.test('that names a line twice means both', async (t) => {
    const { id } = await delivered()
    const { body } = await withdraw(id, { lines: [...oneSensor.lines, ...oneSensor.lines] })
    t.hasStrict(body.lines, [{ lineId: '1', quantity: 2, amount: 99_800 }])
  })
  t.test('of a business is refused with the clause, and recorded', async () => {
    const { id } = await delivered(undefined, { placed: { customerKind: 'business' } })
    await onlySaid(async () => {
      const answer = await withdraw(id)
      assertProblem(answer, 409, 'withdrawal-refused', /right of withdrawal is for consumers/)
      assert.ok(lawOf(answer.body.reasons).includes('8.1'))
    })
  })
  t.test('that comes too late is refused with the clause', async () => {
    const { id } = await delivered()
    await onlySaid(async () => {
      const answer = await withdraw(id, {}, '2026-06-18T22:00:00Z')
      assertProblem(answer, 409, 'withdrawal-refused', /not any more/)
      assert.ok(lawOf(answer.body.reasons).includes('8.2'))
    })
  })
  t.test('from goods made to order is refused with the clause', async (t) => {
    const lines = example('OrderPlaced').data.lines.map((line) => ({
      ...line,
      traits: { ...line.traits, madeToOrder: true },
    }))
    const { id } = await delivered(undefined, { placed: { lines } })
    const answer = await withdraw(id)
    assertProblem(answer, 409, 'withdrawal-refused', /no right to withdraw/)
    t.ok(lawOf(answer.body.reasons).includes('8.6'))
  })
  t.test(
    'from goods with and without the right takes the ones and says why not the others, by mail too (case L03)',
    async (t) => {
      const lines = example('OrderPlaced').data.lines.map((line) => ({
        ...line,
        traits: { ...line.traits, madeToOrder: line.lineId === '1' },
      }))
      const { id, email } = await delivered(undefined, { placed: { lines } })
      const { status, body } = await withdraw(id, { statement: 'Jeg angrer alt.' })
      t.equal(status, 201)
      t.hasStrict(body, { lines: [{ lineId: '2' }], refused: [{ lineId: '1', quantity: 2 }], refundEstimate: 129_900 })
      t.ok(lawOf(body.refused[0].reasons).includes('8.6'))
      const mail = await eventually('the receipt', async () => mailbox.to(email)[0])
      t.match(mail.text, /Gjelder: 1 × Dørlås/)
      t.match(
        mail.text,
        /Dette kan du ikke angre på:\n2 × Lekkasjesensor: .*kjøpsvilkårene punkt 8\.6.*angrerettloven § 22/,
      )
    },
  )
  t.test('in a letter that was posted on the last day is in time, if staff saw the postmark (case L04)', async (t) => {
    const { id } = await delivered()
    const letter = { noticeSentAt: '2026-06-18T15:00:00Z', channel: 'letter' }
    const late = '2026-06-22T10:00:00Z'
    await changesNothing(db, async () =>
      assertProblem(await withdraw(id, letter, late), 403, 'scope-missing', /"staff" can say when a notice was sent/),
    )
    const { status, body } = await withdraw(id, letter, late, 'support')
    t.equal(status, 201)
    t.hasStrict(body, { ...letter, declaredAt: late, status: 'declared' })
  })
  t.test('from more than there is takes what there is, and says why not the rest', async (t) => {
    const { id } = await delivered()
    const strange = { lineId: '9', quantity: 1 }
    const { status, body } = await withdraw(id, { lines: [{ lineId: '1', quantity: 3 }, strange] })
    t.equal(status, 201)
    t.hasStrict(body, {
      lines: [{ lineId: '1', quantity: 2 }],
      refused: [{ lineId: '1', quantity: 1, reasons: [{ code: 'not-bought' }] }, strange],
    })
    await onlySaid(async () =>
      assertProblem(await withdraw(id, { lines: [strange] }), 409, 'withdrawal-refused', /no right to withdraw/),
    )
  })
  t.test('from a foreign or an unknown order is 404 and changes nothing', async () => {
    const { id } = await delivered()
    await changesNothing(db, async () => {
      for (const order of [id, unknown])
        assertProblem(await withdraw(order, {}, DECLARED, 'customer'), 404, 'order-unknown', /no such order/)
      assertProblem(await withdraw(id, {}, DECLARED, 'nobody'), 401, 'token-missing', /bearer token/)
      assertProblem(await withdraw(id, {}, DECLARED, 'mailer'), 403, 'scope-missing', /returns:write/)
      assertProblem(await call('customer', 'GET', `/orders/${id}/returns`), 404, 'order-unknown', /no such order/)
    })
  })
  for (const [what, body, detail] of [
    ['no lines among its lines', { lines: [] }, /body\.lines/],
    ['a quantity of 0', { lines: [{ lineId: '1', quantity: 0 }] }, /quantity .*1/],
    ['a quantity of -1', { lines: [{ lineId: '1', quantity: -1 }] }, /quantity .*1/],
    ['a quantity of 1.5', { lines: [{ lineId: '1', quantity: 1.5 }] }, /quantity .*integer/],
    ['a quantity of 1e9', { lines: [{ lineId: '1', quantity: 1e9 }] }, /quantity .*10000/],
    ['a quantity of "1"', { lines: [{ lineId: '1', quantity: '1' }] }, /quantity .*integer/],
    [
      'an amount of the customer’s own',
      { lines: [{ lineId: '1', quantity: 1, amount: 1e9 }] },
      /must not have the field amount/,
    ],
    ['too many words', { statement: 'x'.repeat(2_001) }, /body\.statement .*2000/],
    ['half a character in its words', { statement: '\ud83d' }, /body\.statement .*surrogate/],
    ['an unknown field', { refund: true }, /must not have the field refund/],
  ] as const)
    t.test(`with ${what} is refused and changes nothing`, async () => {
      const { id } = await delivered()
      await changesNothing(db, async () => assertProblem(await withdraw(id, body), 400, 'invalid-input', detail))
    })
  t.test('of malformed JSON or two megabytes is refused and changes nothing', async () => {
    const { id } = await delivered()
    await changesNothing(db, async () => {
      assertProblem(await withdraw(id, '{"lines":'), 400, 'malformed-request', /JSON/)
      assertProblem(await withdraw(id, { statement: 'x'.repeat(2_000_000) }), 413, 'body-too-large', /256 KiB/)
    })
  })
})

t.test('the way back', async (t) => {
  const proof = { carrier: 'Posten', trackingNumber: 'TEST7654321NO' }
  const declared = async () => ({ id: (await withdraw((await delivered()).id, oneSensor)).body.id as string })
  const put = (id: string, what: string, body: unknown, { at = '2026-06-11T08:00:00Z', role = 'storefront' } = {}) => {
    clock.at = at
    return call(role, 'PUT', `/returns/${id}/${what}`, body)
  }
  t.test('proof of sending is noted with when it is believed, and saying it twice happens once', async (t) => {
    const { id } = await declared()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await put(id, 'proof-of-sending', proof)
      assert.equal(status, 200)
      assert.partialDeepStrictEqual(body, { status: 'sent', proof: { paysFrom: '2026-06-16T08:00:00Z' } })
      assert.equal(body.refund, undefined)
    })
    t.strictSame(added, { outbox: 1 })
    await changesNothing(db, async () => assert.equal((await put(id, 'proof-of-sending', proof)).status, 200))
  })
  t.test('receipt is for staff to say, and decides the refund too', async (t) => {
    const { id } = await declared()
    await changesNothing(db, async () =>
      assertProblem(await put(id, 'receipt', {}), 403, 'scope-missing', /"staff" can say that goods came back/),
    )
    const fit = [{ lineId: '1', quantity: 1 }]
    const said = { at: '2026-06-30T08:00:00Z', role: 'warehouse' }
    const { body } = await put(id, 'receipt', { fitForSale: fit }, said)
    t.hasStrict(body, {
      status: 'refund-decided',
      receivedAt: '2026-06-30T08:00:00Z',
      fitForSale: fit,
      refund: { dueOn: '2026-06-30' },
    })
    await changesNothing(db, async () =>
      assert.equal((await put(id, 'receipt', { fitForSale: fit }, said)).status, 200),
    )
    // A refusal is noted, and nothing else is.
    const added = await rowsAdded(db, async () =>
      assertProblem(
        await put(id, 'receipt', { fitForSale: [...fit, ...fit] }, said),
        409,
        'quantity-exceeded',
        /Of line 1 1 units come back by this return, not 2/,
      ),
    )
    t.strictSame(added, { refusal: 1 })
  })
  t.test(
    'of a return that an earlier release declared, without its terms, goes by the terms of the order',
    async (t) => {
      const { id } = await declared()
      const { rowCount } = await pool.query(`update return set state = state #- '{declared,terms}' where id = $1`, [id])
      t.equal(rowCount, 1)
      const { status, body } = await put(id, 'proof-of-sending', proof, { role: 'support' })
      t.strictSame([status, body.refund.dueOn], [200, '2026-06-24'])
    },
  )
  t.test('ends when the money is back', async (t) => {
    const { id } = await declared()
    await put(id, 'proof-of-sending', proof, { role: 'support' })
    const { orderId } = (await call('storefront', 'GET', `/returns/${id}`)).body
    await hear('PaymentRefunded', orderId, { returnId: id })
    const { body } = await call('storefront', 'GET', `/returns/${id}`)
    t.hasStrict(body, { status: 'closed', closed: { outcome: 'refunded' } })
  })
  t.test('is not foretold', async () => {
    const { id } = await declared()
    const later = '2026-06-11T08:05:01Z'
    await onlyRecorded(async () =>
      assertProblem(
        await put(id, 'proof-of-sending', { ...proof, sentAt: later }),
        409,
        'moment-in-the-future',
        /sentAt .* is later than now/,
      ),
    )
    await onlyRecorded(async () =>
      assertProblem(
        await put(id, 'receipt', { receivedAt: later }, { role: 'warehouse' }),
        409,
        'moment-in-the-future',
        /receivedAt/,
      ),
    )
  })
  t.test('of somebody else’s return is 404, as of one that there is not', async () => {
    const { id } = await declared()
    await changesNothing(db, async () => {
      for (const [returnId, role] of [
        [id, 'customer'],
        [unknown, 'storefront'],
      ] as const) {
        assertProblem(await call(role, 'GET', `/returns/${returnId}`), 404, 'return-unknown', /no such return/)
        assertProblem(await put(returnId, 'proof-of-sending', proof, { role }), 404, 'return-unknown', /no such return/)
      }
      assertProblem(await put(unknown, 'receipt', {}, { role: 'warehouse' }), 404, 'return-unknown', /no such return/)
    })
  })
  for (const [what, body, detail] of [
    ['no tracking number', { carrier: 'Posten' }, /must have the field trackingNumber/],
    ['an empty carrier', { ...proof, carrier: '' }, /body\.carrier/],
    ['a day for a moment', { ...proof, sentAt: '2026-06-11' }, /body\.sentAt .*date-time/],
    ['an unknown field', { ...proof, paid: true }, /must not have the field paid/],
    ['a character that no database keeps', { ...proof, carrier: '\0' }, /body\.carrier must be the name/],
  ] as const)
    t.test(`proof with ${what} is refused and changes nothing`, async () => {
      const { id } = await declared()
      await changesNothing(db, async () =>
        assertProblem(await put(id, 'proof-of-sending', body), 400, 'invalid-input', detail),
      )
    })
})

t.test('what a customer would be entitled to', async (t) => {
  const sensor = { lineId: '1', quantity: 2, total: 259_800, traits: { longLived: true } }
  const cart = { customerKind: 'consumer', placedAt: '2026-12-01T09:00:00Z', lines: [sensor] }
  const evaluate = (body: unknown, role = 'storefront') => call(role, 'POST', '/eligibility', body)
  const refused = async (changes: object, field: RegExp) =>
    assertProblem(await evaluate({ ...cart, ...changes }), 400, 'invalid-input', field)

  t.test('before the purchase: returnable until, from the day on which the parcel is expected', async (t) => {
    const parcels = [{ lines: [{ lineId: '1', quantity: 2 }], receivedAt: '2026-12-10T12:00:00Z' }]
    const { status, body } = await evaluate({ ...cart, at: '2026-12-01T09:00:00Z', parcels })
    t.equal(body.cancel.outcome, 'granted')
    t.equal(status, 200)
    const [line] = body.lines
    t.strictSame(
      [line.withdrawal.until, line.voluntaryReturn.until, line.complaint.until],
      ['2026-12-24', '2027-01-11', '2031-12-10'],
    )
    t.equal(line.withdrawal.outcome, 'granted')
    t.ok(lawOf(line.withdrawal.reasons).includes('§ 21'))
    t.equal(line.risk.bearer, 'seller')
    t.equal(body.edition, 'smartgroup/2026-01-15')
    t.equal('orderId' in body, false)
  })
  t.test('keeps nothing, and needs no more than the customer’s kind and a line', async (t) => {
    const added = await rowsAdded(db, async () => {
      const { status, body } = await evaluate({
        customerKind: 'business',
        lines: [{ lineId: 'A', quantity: 1, total: 0 }],
      })
      assert.equal(status, 200)
      assert.equal(body.lines[0].withdrawal.outcome, 'refused')
      assert.equal(body.dispute.venue, 'oslo-district-court')
    })
    t.strictSame(added, {})
  })
  t.test('answers as the known order does, on the same facts', async (t) => {
    const { id } = await delivered('2026-12-10T15:00:00Z')
    const { facts } = await db
      .selectFrom('order_facts')
      .select('facts')
      .where('order_id', '=', id)
      .executeTakeFirstOrThrow()
    const { number: _, locale: __, names: ___, terms, ...known } = facts
    const at = '2026-12-12T00:00:00Z'
    const body = { ...known, edition: terms!.edition, at }
    const { body: whole } = await call('storefront', 'GET', `/orders/${id}/entitlements?at=${at}`)
    t.strictSame((await evaluate(body)).body, whole)
    t.hasStrict(whole, (await eligibility(id, at)).body)
    t.equal(whole.dispute.mediator, 'Forbrukertilsynet')
  })
  t.test('tells what is wrong with facts that cannot be', async () => {
    await refused({ lines: [] }, /body\.lines/)
    await refused({ lines: [sensor, sensor] }, /body\.lines has two lines with the same lineId/)
    await refused(
      { parcels: [{ lines: [{ lineId: '9', quantity: 1 }] }] },
      /body\.parcels names a line that body\.lines does not have: 9/,
    )
    await refused(
      { parcels: [{ lines: [{ lineId: '1', quantity: 3 }] }] },
      /body\.parcels has more units of line 1 than the 2 bought/,
    )
    const open = { outcome: 'open', lines: [{ lineId: '1', quantity: 2 }], noticeReceivedAt: '2026-12-02T09:00:00Z' }
    await refused(
      { returns: [{ ...open, noticeReceivedAt: undefined }] },
      /body\.returns has an open return without noticeReceivedAt/,
    )
    await refused({ payment: { authorised: 1, captured: 2 } }, /body\.payment has captured more than was authorised/)
    await refused({ at: '9998-01-01T00:00:00Z' }, /body\.at .*must be between 2020 and 2060/)
    await refused(
      { parcels: [{ lines: [], receivedAt: '1999-12-31T00:00:00Z' }] },
      /body\.parcels\.receivedAt .*must be between/,
    )
    await refused({ returns: [open, open] }, /body\.returns has more units of line 1/)
    await refused(
      { edition: 'smartgroup/1999-01-01' },
      /body\.edition names no edition of any terms: smartgroup\/1999-01-01/,
    )
    await refused({ placedAt: '2020-01-01T00:00:00Z' }, /body\.placedAt .*before the first edition/)
    await refused({ country: 'Norge' }, /body\.country/)
    await refused({ customerkind: 'consumer' }, /body.*customerkind/)
  })
  t.test(
    'a return that gave nothing back, and a parcel that was lost and sent again, are no contradiction',
    async (t) => {
      const units = [{ lineId: '1', quantity: 2 }]
      const noticeReceivedAt = '2026-12-02T09:00:00Z'
      const returns = [
        { outcome: 'closed', lines: units, noticeReceivedAt },
        { outcome: 'open', lines: units, noticeReceivedAt },
      ]
      const handedOverAt = '2026-12-02T09:00:00Z'
      const parcels = [
        { lines: units, handedOverAt },
        { lines: units, handedOverAt, receivedAt: '2026-12-05T09:00:00Z' },
      ]
      t.equal((await evaluate({ ...cart, at: '2026-12-10T09:00:00Z', returns, parcels })).status, 200)
    },
  )
  t.test('an impediment can be told of', async (t) => {
    const { body } = await evaluate({ ...cart, impediment: { event: 'strike', foreseeable: true } })
    t.strictSame([body.impediment.exempt, body.impediment.damages.outcome], [false, 'granted'])
  })
  t.test('is told to whoever brings the facts, with a token or without', async (t) => {
    for (const role of ['nobody', 'mailer']) t.equal((await evaluate(cart, role)).status, 200, role)
  })
})

t.test('a known order tells what its open return is owed', async (t) => {
  const { id } = await delivered()
  const { body: declared } = await withdraw(id, oneSensor)
  const due = async () => (await eligibility(id, '2026-06-11T09:00:00Z')).body.refundsDue
  t.hasStrict(await due(), [{ returnId: declared.id, withheld: true }])
  await call('warehouse', 'PUT', `/returns/${declared.id}/receipt`, {})
  t.hasStrict(await due(), [{ returnId: declared.id, withheld: false, dueOn: '2026-06-24' }])
})

t.test(
  'twelve withdrawals of one unit of three at once: exactly three are taken, and paid back what three cost',
  async (t) => {
    clock.at = '2026-06-10T09:00:00Z'
    const [line] = example('OrderPlaced').data.lines
    const three = { ...line!, quantity: 3, total: 59_701 }
    const { id } = await ordered({ placed: { lines: [three] } })
    const parcel = { shipmentId: crypto.randomUUID(), lines: [three] }
    await hear('ShipmentDispatched', id, parcel)
    await hear('ShipmentDelivered', id, parcel)
    const lines = [{ lineId: three.lineId, quantity: 1 }]
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines })),
    )
    // One that waited too long for its turn is kept, and answered by the watcher.
    t.ok(answers.every(({ status }) => [200, 201, 202].includes(status)))
    clock.at = '2026-06-10T09:00:10Z'
    await look()
    const of = async (what: string) => (await call('support', 'GET', `/orders/${id}/${what}`)).body.items
    const statuses = (await of('statements')).map(({ status }: { status: string }) => status)
    t.strictSame(statuses.toSorted(), [...Array(9).fill('already-withdrawn'), ...Array(3).fill('withdrawn')])
    const returns = await of('returns')
    t.equal(returns.length, 3)
    let goods = 0
    for (const { id: returnId } of returns) {
      const proof = { carrier: 'Posten', trackingNumber: 'TEST7654321NO' }
      const { body: decided } = await call('support', 'PUT', `/returns/${returnId}/proof-of-sending`, proof)
      goods += decided.refund.amount
    }
    const { delivery } = example('OrderPlaced').data
    t.equal(goods, three.total + delivery.standardPrice)
  },
)
