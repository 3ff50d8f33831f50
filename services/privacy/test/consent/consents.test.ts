import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { trim } from '@vilkar/server/trimming.ts'
import t from 'tap'
import { ALL_MARKETING } from '../../consent/purposes.ts'
import { optOut } from '../../consent/record.ts'
import { consentTrims } from '../../consent/watch.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, CUSTOMER, consenting, STAFF, STOREFRONT, TEXT } from './a-consent.ts'

const house = await startPrivacyForTest()
const { db, pool, call, clock } = house
const { say, give, withdraw, permission, history, subjectOf, later } = consenting(house)

t.test(
  'a consent is logged with its text, language, source and moment, and permits; nothing names the person',
  async (t) => {
    const person = aPerson()
    t.equal((await permission(person)).outcome, 'refused')
    t.strictSame((await give(person)).body, { state: 'given' })
    t.match(await permission(person), { outcome: 'granted', codes: ['consented'] })
    const { log } = await history(person)
    t.match(log, [{ purpose: 'newsletter', what: 'given', at: clock.at, by: 'person', source: 'footer-form' }])
    const { rows } = await pool.query('select language, text from consent_text where sha256 = $1', [log[0].textSha256])
    t.strictSame(rows, [{ language: 'nb', text: TEXT }])
    t.equal((await permission({ ...person, controller: 'smarti' })).outcome, 'refused', 'of one controller')
    t.equal((await permission(person, { purpose: 'profiling' })).outcome, 'refused', 'for one purpose')
    const spelt = { ...person, value: ` ${person.value.toUpperCase()}` }
    t.equal((await permission(spelt)).outcome, 'granted', 'in whatever letters')
    for (const table of ['consent_log', 'consent_text', 'suppression', 'sale']) {
      const { rows } = await pool.query(`select 1 from ${table} t where t::text like '%' || $1 || '%'`, [person.value])
      t.equal(rows.length, 0, table)
    }
  },
)

t.test('it is withdrawn by the same door, in as many steps and with fewer words, and at once', async (t) => {
  const person = aPerson()
  const steps = { give: 0, withdraw: 0 }
  await give(person)
  steps.give += 1
  later(1)
  const { status, body } = await withdraw(person)
  steps.withdraw += 1
  t.strictSame([status, body.state], [200, 'withdrawn'])
  t.match(body.reasons, [{ code: 'consent-withdrawn', cites: [{ section: 'Art. 7(3)' }, {}, {}] }])
  t.equal(steps.withdraw, steps.give)
  t.match(await permission(person), { outcome: 'refused', codes: ['opted-out'] })
  t.equal((await say(aPerson(), { given: false }, CUSTOMER)).status, 200, 'nobody has to prove anything for it')
  later(1)
  await give(person)
  t.equal((await permission(person)).outcome, 'granted', 'the new word of the person counts')
  const { log } = await history(person)
  t.strictSame(
    log.map(({ what }: { what: string }) => what),
    ['given', 'withdrawn', 'given'],
    'and the history stays',
  )
})

t.test('what was said is never changed, and who opted out is never taken off the list', async (t) => {
  const person = aPerson()
  await give(person)
  later(1)
  await withdraw(person)
  const subject = subjectOf(person)
  await t.rejects(pool.query(`update consent_log set what = 'given' where subject = $1`, [subject]), /not changed/)
  await t.rejects(pool.query('delete from suppression where subject = $1', [subject]), /permission denied/)
})

t.test('said twice it is there once, and in one moment the no wins, whoever comes first', async (t) => {
  for (const order of [
    [true, false],
    [false, true],
  ]) {
    const person = aPerson()
    for (const given of [...order, ...order]) await say(person, { given, age: 30, proven: true })
    t.equal((await permission(person)).outcome, 'refused', `${order}`)
    t.equal((await history(person)).log.length, 2)
  }
  const person = aPerson()
  await Promise.all([give(person), withdraw(person), give(person), withdraw(person)])
  t.equal((await permission(person)).outcome, 'refused', 'all at once')
})

t.test('an opt-out of all marketing ends every consent, and one that is later than it holds', async (t) => {
  const person = aPerson()
  await give(person)
  await give(person, { purpose: 'profiling' })
  const said = { controller: 'smartgroup', subject: subjectOf(person), purpose: ALL_MARKETING, source: 'test' } as const
  const out = (at: string) =>
    db.transaction().execute((trx) => optOut(trx, { ...said, at, recordedAt: clock.now().toString() }))
  later(10)
  await out(clock.at)
  for (const purpose of ['newsletter', 'profiling', 'advertising-audience'])
    t.strictSame((await permission(person, { purpose })).codes, ['opted-out'], purpose)
  const { log, suppressed } = await history(person)
  t.equal(log.length, 4, 'the withdrawals are in the log')
  t.match(suppressed, [{}, {}, {}])
  later(10)
  await give(person)
  t.equal((await permission(person)).outcome, 'granted')
  t.equal((await permission(person, { purpose: 'profiling' })).outcome, 'refused', 'for nothing else')
  await out(clock.now().subtract({ seconds: 15 }).toString())
  t.equal((await permission(person)).outcome, 'granted', 'an earlier one that is heard late changes nothing')
})

t.test('who may say what: staff a letter, a storefront that it knows them, and nobody the future', async (t) => {
  const person = aPerson()
  assertProblem(await say(person, { given: true, age: 30, proven: true }, CUSTOMER), 403, 'scope-missing', /vouches/)
  assertProblem(await say(person, { given: true, age: 30, by: 'staff' }), 403, 'scope-missing', /staff/)
  const at = '2027-01-01T00:00:00Z'
  assertProblem(await say(person, { given: true, age: 30, proven: true, at }), 400, 'invalid-input', /future/)
  const phone = { ...person, kind: 'phone', value: '99 88 77 66' }
  assertProblem(await say(phone, { given: true, age: 30 }), 409, 'identifier-unproven', /vouches/)
  const letter = { given: true, age: 30, by: 'staff', source: 'letter', at: '2026-06-01T09:00:00Z' }
  t.equal((await say(person, letter, STAFF)).status, 200)
  t.match((await history(person)).log, [{ by: 'staff', at: '2026-06-01T09:00:00Z', source: 'letter' }])
  t.equal(
    (await say({ ...person, kind: 'account', value: 'customer-1' }, { given: true, age: 30 }, CUSTOMER)).status,
    200,
  )
  assertProblem(await call('nobody', 'PUT', '/consents', {}), 401, 'token-missing', /token/)
  assertProblem(await call(STOREFRONT, 'GET', '/permission'), 403, 'scope-missing', /privacy:read/)
})

t.test('a log that has had its time goes with what was said before; what stands, and the list, stay', async (t) => {
  const [ended, stands] = [aPerson(), aPerson()]
  await give(ended)
  await give(stands)
  later(60)
  await withdraw(ended)
  const trimmed = () => trim({ db, clock, trims: consentTrims, keepFor: 'P90D' })
  const endedOn = clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const over = endedOn.add({ months: 24 }).toZonedDateTime('Europe/Oslo').add({ days: 1 })
  const before = clock.at
  clock.at = over.subtract({ seconds: 1 }).toInstant().toString()
  await trimmed()
  t.equal((await history(ended)).log.length, 2, 'on the last day it is there')
  clock.at = over.toInstant().toString()
  await trimmed()
  t.strictSame((await history(ended)).log, [])
  t.equal((await history(ended)).suppressed.length, 1)
  t.strictSame((await permission(ended)).codes, ['opted-out'])
  t.equal((await permission(stands)).outcome, 'granted')
  clock.at = before
})
