import { faultsOf } from '@vilkar/contracts/test/examples.ts'
import { createMailer } from '@vilkar/mail/mail.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { trim } from '@vilkar/server/trimming.ts'
import type { Policy } from '@vilkar/terms/privacy/policy.ts'
import { policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import t from 'tap'
import { lookForEditions } from '../../notices/adopt.ts'
import { compare } from '../../notices/compare.ts'
import { noticeTrim } from '../../notices/notice-store.ts'
import { sendRequestMails } from '../../requests/mails/send.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call, clock, db, deps } = await startPrivacyForTest()
const mailbox = await startMailbox()
const mailer = createMailer({ smtpUrl: mailbox.url })
t.teardown(async () => {
  mailer.close()
  await mailbox.stop()
})

/** SmartOrg's policy with these sections said otherwise. */
function changed(...places: string[]): Policy {
  const policy = policyOf('smartorg')
  const sections = { ...policy.sections }
  for (const place of places) sections[place] = { ...sections[place]!, en: 'Something else.', nb: 'Noe annet.' }
  return { ...policy, sections }
}
let count = 0
/** Another edition of it takes the place of those before. */
function adopt(...places: string[]) {
  count += 1
  const last = known.at(-1)!
  const policy = changed(...places)
  known.push({ ...last, id: `smartorg/2027-01-0${count}`, policy, sha256: String(count).repeat(64) })
  return look()
}
const known = [...policyEditions('smartorg')]
const look = () => lookForEditions(deps, (id: PolicyId) => (id === 'smartorg' ? known : policyEditions(id)))
const aPerson = () => ({ kind: 'email', value: `p${crypto.randomUUID()}@example.com` })
type Person = ReturnType<typeof aPerson>
const keyOf = ({ value }: Person) => deps.subjectKey({ controller: 'smartorg', kind: 'email', value })
const held = (record: string, ...identifiers: { kind: string; value: string }[]) =>
  call('holder', 'PUT', `/holdings/smartorg/member-portal/${record}`, {
    category: 'member',
    identifiers,
    facts: {},
    age: 30,
  })
const notices = async () => {
  const answer = await call('holder', 'GET', '/notices?system=member-portal')
  t.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.items
}
const changes = async () => (await call('support', 'GET', '/policy-changes')).body.items

t.test('the first edition that is found, and the same once more, are no change', async (t) => {
  await held('m-0', aPerson())
  await look()
  await look()
  t.strictSame(await changes(), [])
  t.strictSame(await notices(), [])
})

t.test(
  'of another edition all are told who something is held of: by an event, by their systems, and once',
  async (t) => {
    const [one, other] = [aPerson(), aPerson()]
    const phone = { kind: 'phone', value: '99 88 77 66' }
    await held('m-1', one, phone)
    await held('m-2', other)
    await adopt('Rights')
    await look()
    const [change] = await changes()
    t.match(change, {
      before: 'smartorg/2023-09-21',
      edition: 'smartorg/2027-01-01',
      sections: ['Rights'],
      consentsToRenew: [],
    })
    const [told] = await readHistory(db, change.changeId)
    t.strictSame(faultsOf({ type: told!.type, data: told!.data }), [])
    t.match(told!.data, { controller: 'smartorg', sections: ['Rights'] })

    const items = await notices()
    t.match(
      items.filter(({ subject }: { subject: string }) => subject === keyOf(one)),
      [{ changeId: change.changeId, records: ['m-1'] }],
    )
    const body = { system: 'member-portal', subjects: [keyOf(one)] }
    for (const _ of [1, 2]) t.equal((await call('holder', 'PUT', `/notices/${change.changeId}/told`, body)).status, 204)
    const left = (await notices()).flatMap(({ records }: { records: string[] }) => records)
    t.notOk(left.includes('m-1'), 'known by two things, told once')
    t.ok(left.includes('m-2'))
    t.match((await changes())[0], { told: 2 })
    t.match(await call('holder', 'PUT', `/notices/${crypto.randomUUID()}/told`, body), { status: 404 })
    t.equal((await call('support', 'GET', '/notices?system=member-portal')).status, 403)
  },
)

t.test('a consent does not stand once what it was given to is said otherwise, until it is given anew', async (t) => {
  const person = aPerson()
  const consent = () =>
    call('storefront', 'PUT', '/consents', {
      ...{
        controller: 'smartorg',
        ...person,
        purpose: 'newsletter',
        given: true,
        proven: true,
        source: 'form',
        age: 30,
      },
      ...{ text: 'Jeg vil gjerne ha nyhetsbrev.', language: 'nb' },
    })
  const permitted = async () =>
    (
      await call(
        'support',
        'GET',
        `/permission?controller=smartorg&kind=email&value=${person.value}&purpose=newsletter`,
      )
    ).body.outcome
  await consent()
  clock.at = '2026-06-16T09:00:00Z'
  await adopt('Rights', 'Payments')
  t.equal(await permitted(), 'granted', 'nothing that it was given to has changed')
  clock.at = '2026-06-17T09:00:00Z'
  await adopt('Rights', 'Payments', 'Choices')
  t.match((await changes())[0], { sections: ['Choices'] })
  t.ok((await changes())[0].consentsToRenew.includes('newsletter'))
  t.equal(await permitted(), 'refused')
  clock.at = '2026-06-18T09:00:00Z'
  await consent()
  t.equal(await permitted(), 'granted')
})

t.test('who has a request open is told by mail, and by nobody else', async (t) => {
  const person = aPerson()
  await held('m-3', person)
  await call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, {
    ...{ controller: 'smartorg', kind: 'rectify', channel: 'signed-in', identifiers: [person] },
    ...{ words: 'Jeg heter Kari', replyTo: person.value, language: 'en' },
  })
  await adopt('Rights', 'Payments', 'Choices', 'Children')
  await sendRequestMails({ ...deps, mailer, from: 'Org <post@org.example>' })
  const mails = mailbox.mails().filter(({ to, subject }) => to.includes(person.value) && /policy/.test(subject))
  t.equal(mails.length, 1)
  t.match(mails[0]!.text, /– Children/)
  t.match(mails[0]!.text, /\/policies\/smartorg\/2027-01-04\?format=html&locale=en/)
  const rows = await db.selectFrom('policy_notice').select('told_by').where('subject', '=', keyOf(person)).execute()
  t.strictSame(rows, [{ told_by: 'mail' }])
})

t.test('whom a change concerned is known for a year', async (t) => {
  clock.at = '2027-07-01T09:00:00Z'
  await trim({ db, clock, trims: [noticeTrim], keepFor: 'P30D' })
  t.strictSame(await db.selectFrom('policy_notice').select('subject').execute(), [])
  t.ok((await changes()).length > 2)
})

t.test('an edition in the place of one that nobody has any more is new as a whole', async (t) => {
  const policy = policyOf('smartorg')
  t.strictSame(compare(undefined, policy).sections, Object.keys(policy.sections))
  t.strictSame(compare(policy, policy), { sections: [], renewed: [], reasons: compare(policy, policy).reasons })
  const others = policy.recipients.map((each) => (each.kind === 'newsletter' ? { ...each, names: ['Brevo'] } : each))
  t.strictSame(compare(policy, { ...policy, recipients: others }).renewed, ['newsletter', 'profiling'])
  t.match(compare(policy, { ...policy, recipients: others }).reasons[1], { cites: [{ section: 'Art. 6(1)(a)' }, {}] })
})
