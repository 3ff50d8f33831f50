import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { accountDeletion, erasure } from '../privacy/erasure.ts'
import { cookie, electronicMarketing, profiling } from '../privacy/marketing.ts'
import { minor } from '../privacy/minors.ts'
import type { Policy } from '../privacy/policy.ts'
import { breach, freeAnswer, identityProof, refusalReply, requestDue } from '../privacy/requests.ts'
import { retention } from '../privacy/retention.ts'
import { objection, routing, withdrawalOfConsent } from '../privacy/rights.ts'
import { sharing } from '../privacy/sharing.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { anInstant, maybe } from './arbitraries.ts'
import { assertResolves } from './resolves.ts'

const ids = ['smartgroup', 'smartphoto', 'smarti', 'smartorg'] as const
const policies = ids.map(policyOf)
const policyId = fc.constantFrom(...ids)
const aDay = anInstant.map((at) => at.toZonedDateTimeISO('Europe/Oslo').toPlainDate())
const check = <Facts>(
  facts: fc.Arbitrary<Facts>,
  ask: (facts: Facts) => { reasons: Parameters<typeof assertResolves>[0] },
) => fc.assert(fc.property(facts, (asked) => assertResolves(ask(asked).reasons)))

/** A category of a policy, with a day for each event that can start its periods. */
const keptUnder = (of: Policy) =>
  fc.constantFrom(...Object.keys(of.retention)).chain((category) => {
    const events = of.retention[category]!.flatMap(({ from, extendedBy }) =>
      extendedBy ? [...from, extendedBy] : from,
    )
    const on = fc.record(Object.fromEntries(events.map((event) => [event, maybe(aDay)])))
    return fc.record({
      category: fc.constant(category),
      on: on.map((days) => Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined))),
      visitEndedAt: maybe(anInstant),
      orderLinked: maybe(fc.boolean()),
      account: maybe(fc.boolean()),
      openOrder: maybe(fc.boolean()),
      openComplaint: maybe(fc.boolean()),
    })
  })

for (const each of policies)
  t.test(
    `how long ${each.id} keeps something leads to what it rests on, and ends the day before it is erased`,
    async () => {
      fc.assert(
        fc.property(keptUnder(each), (facts) => {
          const { reasons, keptThrough, eraseFrom, duties } = retention(each, facts)
          assertResolves(reasons)
          for (const duty of duties) assertResolves(duty.reasons)
          assert.equal(String(eraseFrom), String(keptThrough?.add({ days: 1 })))
        }),
      )
    },
  )

t.test('every finding about a policy leads to what it rests on', async (t) => {
  for (const { findings } of policies) {
    t.ok(findings.length > 0)
    assertResolves(findings)
  }
})

t.test('so does every answer about a request, a right, a minor, a mail, a cookie and a recipient', async () => {
  const asked = { receivedOn: aDay, extended: maybe(fc.boolean()), extensionToldOn: maybe(aDay) }
  check(fc.record({ of: policyId, ...asked }), ({ of, ...facts }) => requestDue(policyOf(of), facts))
  check(fc.record({ of: policyId, doubted: fc.boolean() }), ({ of, doubted }) =>
    identityProof(policyOf(of), { doubted }),
  )
  check(fc.record({ repeated: fc.boolean() }), freeAnswer)
  check(fc.record({ replied: fc.boolean(), repliedOn: maybe(aDay), dueOn: maybe(aDay) }), refusalReply)
  check(
    fc.record({ foundAt: anInstant, risk: fc.constantFrom('none' as const, 'risk' as const, 'high' as const) }),
    breach,
  )
  const ground = fc.constantFrom('direct-marketing' as const, 'contract' as const, 'legitimate-interest' as const)
  const purpose = fc.constantFrom('membership', 'payment', 'marketing')
  check(fc.record({ of: policyId, ground }), ({ of, ground }) => objection({ policy: policyOf(of), purpose: ground }))
  check(fc.record({ of: policyId, purpose }), ({ of, purpose }) => routing(policyOf(of), purpose))
  check(policyId, (of) => withdrawalOfConsent(policyOf(of)))
  const young = { bornOn: maybe(aDay), on: maybe(aDay), age: maybe(fc.nat(20)), guardianConsents: maybe(fc.boolean()) }
  check(fc.record({ of: policyId, ...young }), ({ of, ...facts }) => minor(policyOf(of), facts))
  const yes = maybe(fc.boolean())
  const mail = { existingCustomer: yes, similarGoods: yes, consent: yes, optOutOffered: yes, optedOut: yes }
  check(fc.record({ of: policyId, ...mail }), ({ of, ...facts }) =>
    electronicMarketing({ ...facts, policy: policyOf(of) }),
  )
  check(fc.record({ of: policyId, consent: yes, optedOut: yes }), ({ of, ...facts }) =>
    profiling({ ...facts, policy: policyOf(of) }),
  )
  const category = fc.constantFrom('necessary', 'analytics', 'marketing')
  check(fc.record({ of: policyId, category, accepted: yes }), ({ of, ...facts }) =>
    cookie({ ...facts, policy: policyOf(of) }),
  )
  const recipients = fc.constantFrom(['Posten', 'Bring'], ['Brevo'], ['Klarna'], ['nobody'], [])
  check(fc.record({ of: policyId, recipients, consent: yes }), ({ of, ...facts }) => sharing(policyOf(of), facts))
  const choice = fc.constantFrom('delete' as const, 'keep' as const)
  check(fc.record({ deletedOn: aDay, choice }), (facts) => accountDeletion(policyOf('smartphoto'), facts))
})

t.test('an erasure says of all that it keeps why', async () => {
  check(
    fc.record({ of: policyId, receivedOn: maybe(aDay), documents: fc.array(aDay), openOrder: maybe(fc.boolean()) }),
    ({ of, ...facts }) => {
      const answer = erasure(policyOf(of), facts)
      for (const { reasons } of answer.keep) assertResolves(reasons)
      return answer
    },
  )
})
