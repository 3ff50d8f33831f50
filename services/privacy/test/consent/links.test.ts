import { createMailer } from '@vilkar/mail/mail.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import t from 'tap'
import { sendLetters } from '../../consent/letters.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, CUSTOMER, consenting, type Person, TEXT } from './a-consent.ts'

const house = await startPrivacyForTest()
const { app, pool, clock, deps } = house
const { say, give, askGuardian, permission, history, later } = consenting(house)
const mailbox = await startMailbox()
const mailer = createMailer({ smtpUrl: mailbox.url })
t.teardown(async () => {
  mailer.close()
  await mailbox.stop()
})
const send = () => sendLetters({ ...deps, mailer, from: 'Shop <post@shop.example>' })
const pathIn = (text: string) => /http:\/\/127\.0\.0\.1:4008(\/\S+)/.exec(text)![1]!
const follow = async (
  method: 'GET' | 'POST',
  url: string,
  payload?: string,
  type = 'application/x-www-form-urlencoded',
) => {
  const { statusCode, body, headers } = await app.inject({
    ...{ method, url },
    ...(payload !== undefined && { payload, headers: { 'content-type': type } }),
  })
  return { status: statusCode, body, headers }
}
async function linkOf(person: Person, language = 'nb') {
  const { headers } = await permission(person, { language })
  const { pathname, search } = new URL(/^<(.+)>$/.exec(headers['List-Unsubscribe'])![1]!)
  return pathname + search
}

t.test('a granted newsletter brings the headers of one click, and the link has no address in it', async (t) => {
  const person = aPerson()
  await give(person)
  const { headers } = await permission(person)
  t.equal(headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
  const link = await linkOf(person)
  const payload = Buffer.from(link.split('=').at(-1)!.split('.')[1]!, 'base64url').toString()
  t.notMatch(payload, person.value)
  t.notMatch(payload, /@|"exp"/)
})

t.test('reading the link changes nothing; one POST ends it, with any body or none, as often as it comes', async (t) => {
  for (const [payload, type] of [
    ['List-Unsubscribe=One-Click', undefined],
    [
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
      'multipart/form-data; boundary=x',
    ],
    [undefined, undefined],
    ['', 'text/plain'],
  ] as const) {
    const person = aPerson()
    await give(person)
    later(1)
    const link = await linkOf(person)
    for (let n = 0; n < 3; n += 1) t.equal((await follow('GET', link)).status, 200)
    t.equal((await permission(person)).outcome, 'granted', 'programs that look through mails unsubscribe nobody')
    t.equal((await follow('POST', link, payload, type)).status, 200)
    t.strictSame((await permission(person)).codes, ['opted-out'], String(type))
    later(3600)
    t.equal((await follow('POST', link, payload, type)).status, 200)
    t.equal((await history(person)).log.length, 2, 'heard twice, noted once')
  }
})

t.test('the link works years later, in two languages, and only whole', async (t) => {
  const person = aPerson()
  await give(person)
  const [nb, en] = [await linkOf(person), await linkOf(person, 'en')]
  const before = clock.at
  later(10 * 365 * 86_400)
  t.match((await follow('GET', nb)).body, /<html lang="nb">.*<button>Meld meg av<\/button>/s)
  t.match((await follow('GET', en)).body, /<html lang="en">.*<button>Unsubscribe me<\/button>/s)
  t.match((await follow('GET', en)).headers['content-security-policy'], /default-src 'none'/)
  assertProblem(await jsonOf(nb.slice(0, -2)), 404, 'link-unknown', /not whole/)
  t.equal((await follow('POST', nb)).status, 200)
  t.equal((await permission(person)).outcome, 'refused')
  clock.at = before
})
async function jsonOf(url: string) {
  const { status, body, headers } = await follow('GET', url)
  return { status, headers, body: JSON.parse(body) }
}

t.test('an address that nobody vouches for is asked first, and its owner says yes with a button', async (t) => {
  const person = aPerson()
  const asked = await say(person, { given: true, age: 30 }, CUSTOMER)
  t.match(asked, { status: 202, body: { state: 'awaiting-confirmation' } })
  await say(person, { given: true, age: 30 }, CUSTOMER)
  await send()
  const mails = mailbox.to(person.value)
  t.equal(mails.length, 1, 'asked twice, mailed once: nobody fills a stranger’s mailbox')
  const { text, subject } = mails[0]!
  t.match(subject, /Bekreft samtykket/)
  t.ok(text.replaceAll(/\s+/g, ' ').includes(TEXT))
  const link = pathIn(text)
  t.match((await follow('GET', link)).body, /Ja, jeg samtykker/)
  t.equal((await permission(person)).outcome, 'refused', 'reading is no yes')
  t.strictSame((await history(person)).log, [])
  t.equal((await follow('POST', link)).status, 200)
  t.equal((await permission(person)).outcome, 'granted')
  later(60)
  await say(person, { given: false })
  later(60)
  await follow('POST', link)
  t.equal((await permission(person)).outcome, 'refused', 'the same yes gives nothing anew')
  const { rows } = await pool.query(`select 1 from consent_letter l where l::text like '%' || $1 || '%'`, [
    person.value,
  ])
  t.equal(rows.length, 0)
})

t.test('who is unanswered for a week is asked no more', async (t) => {
  const person = aPerson()
  await say(person, { given: true, age: 30 }, CUSTOMER)
  await send()
  const link = pathIn(mailbox.to(person.value)[0]!.text)
  const before = clock.at
  later(7 * 86_400 + 1)
  assertProblem(await jsonOf(link), 404, 'link-unknown', /not good any more/)
  t.equal((await follow('POST', link)).status, 404)
  t.equal((await permission(person)).outcome, 'refused')
  clock.at = before
})

t.test('an unknown age is asked for; below it a guardian consents, and nothing else is used of a child', async (t) => {
  for (const [controller, tooYoung, oldEnough] of [
    ['smartgroup', 12, 13],
    ['smartorg', 14, 15],
  ] as const) {
    const child = { ...aPerson(), controller }
    const refused = await say(child, { given: true, proven: true })
    assertProblem(refused, 409, 'age-unknown', new RegExp(String(oldEnough)))
    assertProblem(await give(child, { age: tooYoung }), 409, 'guardian-must-consent', /guardian/)
    for (const purpose of ['newsletter', 'profiling', 'marketing-cookies', 'advertising-audience'])
      t.strictSame((await permission(child, { purpose, similarGoods: 'true' })).codes, ['child'], purpose)
    t.equal((await give({ ...aPerson(), controller }, { age: oldEnough })).status, 200)

    const guardian = aPerson().value
    assertProblem(
      await askGuardian(child, { age: oldEnough, guardianEmail: guardian }),
      409,
      'guardian-not-needed',
      /alone/,
    )
    assertProblem(await askGuardian(child, { age: tooYoung, guardianEmail: child.value }), 400, 'invalid-input', /own/)
    const answer = await askGuardian(child, { age: tooYoung, guardianEmail: guardian })
    t.equal(answer.status, 202)
    t.equal(Temporal.Instant.from(answer.body.confirmBy).since(clock.at).total('hours'), 14 * 24)
    await send()
    const link = pathIn(mailbox.to(guardian)[0]!.text)
    t.match((await follow('GET', link)).body, /Ja, jeg er foresatt og samtykker/)
    t.equal((await permission(child)).outcome, 'refused')
    await follow('POST', link)
    t.equal((await permission(child)).outcome, 'granted')
    const key = deps.subjectKey({ controller, kind: 'email', value: guardian })
    t.match((await history(child)).log, [{ by: 'guardian', guardian: key }], 'both as keyed hashes')
    t.strictSame((await permission(child, { purpose: 'profiling' })).codes, ['child'], 'for this purpose and no other')
  }
})

t.test(
  'a guardian takes it back by the link of any mail, and what they once followed gives nothing anew',
  async (t) => {
    const child = aPerson()
    await give(child, { age: 12 })
    const guardian = aPerson().value
    await askGuardian(child, { age: 12, guardianEmail: guardian })
    await send()
    const link = pathIn(mailbox.to(guardian)[0]!.text)
    later(1)
    await follow('POST', link)
    t.equal((await permission(child)).outcome, 'granted')
    const leave = await linkOf(child)
    later(1)
    await follow('GET', leave)
    t.equal((await permission(child)).outcome, 'granted', 'a program that looks through mails ends nothing')
    await follow('POST', leave)
    t.strictSame((await permission(child)).codes, ['child'])
    later(1)
    t.equal((await follow('POST', link)).status, 200)
    t.strictSame((await permission(child)).codes, ['child'])
  },
)

t.test('a child grows up', async (t) => {
  const child = aPerson()
  await give(child, { age: 11 })
  const before = clock.at
  clock.at = clock
    .now()
    .toZonedDateTimeISO('Europe/Oslo')
    .add({ years: 2 })
    .subtract({ days: 1 })
    .toInstant()
    .toString()
  t.strictSame((await permission(child)).codes, ['child'])
  later(86_400)
  t.strictSame((await permission(child)).codes, ['no-consent'])
  clock.at = before
})

t.test('while no mail server takes it a letter waits, and what had its time goes unsent', async (t) => {
  const person = aPerson()
  await say(person, { given: true, age: 30 }, CUSTOMER)
  const nobody = { send: () => Promise.reject(new Error('no connection')), close() {} }
  await sendLetters({ ...deps, mailer: nobody, from: 'post@shop.example' })
  t.equal(mailbox.to(person.value).length, 0)
  later(60)
  await send()
  t.equal(mailbox.to(person.value).length, 1)
})
