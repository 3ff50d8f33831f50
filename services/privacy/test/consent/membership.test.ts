import { createMailer } from '@vilkar/mail/mail.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import t from 'tap'
import { sendLetters } from '../../consent/letters.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, consenting, type Person } from './a-consent.ts'

const house = await startPrivacyForTest()
const { app, deps, call } = house
const { say, askGuardian, permission, history, withdraw, later } = consenting(house)
const mailbox = await startMailbox()
const mailer = createMailer({ smtpUrl: mailbox.url })
t.teardown(async () => {
  mailer.close()
  await mailbox.stop()
})
const purpose = 'membership'
const send = () => sendLetters({ ...deps, mailer, from: 'Portal <post@portal.example>' })
const who = (): Person => ({ ...aPerson(), controller: 'smartorg' })
const recordOf = ({ value }: Person) => value.replace('@', '.')
const join = ({ kind, value, controller }: Person, more: object = {}, record = recordOf({ kind, value, controller })) =>
  call('holder', 'PUT', `/holdings/${controller}/portal/${record}`, {
    ...{ category: 'member', identifiers: [{ kind, value }], facts: {} },
    ...more,
  })

/** A guardian is asked by mail: answers where the link in it leads. */
async function guardianAsked(child: Person, about = purpose) {
  const guardianEmail = aPerson().value
  t.equal((await askGuardian(child, { age: 12, guardianEmail, purpose: about })).status, 202)
  await send()
  return /http:\/\/127\.0\.0\.1:4008(\/\S+)/.exec(mailbox.to(guardianEmail)[0]!.text)![1]!
}
async function press(url: string) {
  later(1)
  t.equal((await app.inject({ method: 'POST', url })).statusCode, 200)
}
const guardianAgrees = async (child: Person, about = purpose) => press(await guardianAsked(child, about))
const isHeld = async ({ controller, ...person }: Person) =>
  (await call('support', 'POST', '/holdings/of-person', { controller, identifiers: [person] })).body.items.length > 0

t.test('of who joins an organisation the age is asked once, and who is old enough needs nobody', async (t) => {
  const member = who()
  assertProblem(await join(member), 409, 'age-unknown', /15/)
  t.equal((await join(member, { age: 15 })).status, 200)
  t.equal((await join(member, { facts: { openComplaint: true } })).status, 200, 'told again it is not asked again')
  assertProblem(await join(who(), { age: 14 }), 409, 'guardian-must-consent', /15 years a guardian/)
  const account = { category: 'account' }
  t.equal((await join(who(), account)).status, 200, 'about what the portal decides about itself nothing is asked here')
})

t.test('a child is a member once a guardian was asked and consented to that, and not before', async (t) => {
  const child = who()
  const refused = await join(child, { age: 12 })
  const cited = refused.body.reasons.flatMap(({ cites }: { cites: { section: string }[] }) =>
    cites.map(({ section }) => section),
  )
  t.ok(
    ['Art. 8(1)', '§ 5', 'Children'].every((section) => cited.includes(section)),
    String(cited),
  )
  t.notOk(await isHeld(child))
  t.match(await history(child), { child: true }, 'they are noted as a child')
  assertProblem(await join(child, { age: 30 }), 409, 'guardian-must-consent', /guardian/)
  assertProblem(await say(child, { given: true, proven: true, age: 12, purpose }), 409, 'guardian-must-consent', /15/)
  await guardianAgrees(child, 'newsletter')
  assertProblem(await join(child, { age: 12 }), 409, 'guardian-must-consent', /guardian/)
  t.strictSame((await permission(child, { purpose })).codes, ['child'], 'for a newsletter is not for this')

  const url = await guardianAsked(child)
  assertProblem(await join(child, { age: 12 }), 409, 'guardian-must-consent', /guardian/)
  await press(url)
  t.equal((await join(child, { age: 12 })).status, 200)
  t.ok(await isHeld(child))
  t.equal((await permission(child, { purpose })).outcome, 'granted')
})

t.test('taken back, it holds no more: nothing new is held, nobody is suppressed, and all else stands', async (t) => {
  const child = who()
  await guardianAgrees(child, 'newsletter')
  await guardianAgrees(child)
  t.equal((await join(child, { age: 12 })).status, 200)
  later(1)
  t.match((await withdraw(child, { purpose })).body, { state: 'withdrawn' })
  assertProblem(await join(child, {}), 409, 'guardian-must-consent', /guardian/)
  assertProblem(await join(child, { age: 12 }, `${recordOf(child)}-2`), 409, 'guardian-must-consent', /guardian/)
  t.strictSame((await permission(child, { purpose })).codes, ['child'])
  t.equal((await permission(child)).outcome, 'granted', 'the newsletter')
  t.strictSame((await history(child)).suppressed, [])
  t.ok(await isHeld(child), 'what is the organisation’s goes on its word, and its system may end it')
  // A letter that was about the same is gone by then.
  later(15 * 86_400)
  await send()
  await guardianAgrees(child)
  t.equal((await join(child, { age: 12 })).status, 200, 'consented anew')
})

t.test('taken back by a request it ends at once, and the organisation is still to be told', async (t) => {
  const child = who()
  await guardianAgrees(child)
  t.equal((await join(child, { age: 12 })).status, 200)
  later(1)
  const { controller, ...person } = child
  const id = crypto.randomUUID()
  const request = { controller, kind: 'withdraw-consent', purpose, channel: 'email', identifiers: [person] }
  const { status, body } = await call('support', 'PUT', `/requests/${id}`, request)
  t.equal(status, 200, JSON.stringify(body))
  t.notOk(body.answeredAt, body.status)
  t.strictSame((await permission(child, { purpose })).codes, ['child'])
})

t.test('an objection to marketing ends no membership', async (t) => {
  const child = who()
  await guardianAgrees(child)
  later(1)
  const { controller, ...person } = child
  const request = { controller, kind: 'object', purpose: 'direct-marketing', channel: 'email', identifiers: [person] }
  t.equal((await call('support', 'PUT', `/requests/${crypto.randomUUID()}`, request)).status, 200)
  t.equal((await permission(child, { purpose })).outcome, 'granted')
  t.equal((await join(child, { age: 12 })).status, 200)
})
