import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cookie, electronicMarketing } from '../privacy/marketing.ts'
import { ageReachedOn, consentAge, type Minor, minor, minorsOrder } from '../privacy/minors.ts'
import { sharing } from '../privacy/sharing.ts'
import type { PolicyId } from '../sellers/privacy-policies/policies.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { cites, codes } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('GDPR Art. 8 whether a young person may consent alone', () => {
  const on = day('2026-06-15')
  for (const [rule, id, facts, outcome] of [
    ['SmartOrg, on the 15th birthday', 'smartorg', { bornOn: day('2011-06-15'), on }, 'granted'],
    ['SmartOrg, the day before', 'smartorg', { bornOn: day('2011-06-16'), on }, 'refused'],
    [
      'SmartOrg, the day before, with a guardian',
      'smartorg',
      { bornOn: day('2011-06-16'), on, guardianConsents: true },
      'granted',
    ],
    ['SmartGroup, on the 13th birthday', 'smartgroup', { bornOn: day('2013-06-15'), on }, 'granted'],
    ['SmartGroup, the day before', 'smartgroup', { bornOn: day('2013-06-16'), on }, 'refused'],
    ['a policy that is silent, at 13 in Norway', 'smarti', { age: 13 }, 'granted'],
    ['a policy that is silent, at 12 in Norway', 'smarti', { age: 12 }, 'refused'],
    ['at 15 in Germany', 'smartgroup', { age: 15, country: 'DE' }, 'refused'],
    ['at 16 in Germany', 'smartgroup', { age: 16, country: 'DE' }, 'granted'],
    ['at 13 in Norway, SmartOrg asks for 15', 'smartorg', { age: 13, country: 'NO' }, 'refused'],
    ['at no age that anybody knows', 'smartgroup', {}, 'refused'],
  ] as [string, PolicyId, Minor, string][])
    test(`${rule}: ${outcome}`, () => {
      const ruling = minor(policyOf(id), facts)
      assert.equal(ruling.outcome, outcome)
      assert.equal(ruling.recordConsent, facts.guardianConsents === true)
      assert.ok(cites(ruling.reasons).includes('Art. 8(1)'))
    })
  test('who was born on 29 February is a year older on 1 March', () => {
    assert.equal(ageReachedOn(day('2012-02-29'), 15).toString(), '2027-03-01')
    assert.equal(ageReachedOn(day('2012-02-29'), 16).toString(), '2028-02-29')
    assert.equal(ageReachedOn(day('2012-02-28'), 15).toString(), '2027-02-28')
  })
  test('a country that set no age has 16', () => assert.deepEqual([consentAge('NO'), consentAge('XX')], [13, 16]))
  test('a minor’s order goes to a person, unless a guardian agreed', () => {
    const outcomes = [{ age: 17 }, { age: 18 }, { age: 17, guardianConsents: true }].map(minorsOrder)
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['review', 'granted', 'granted'],
    )
    assert.deepEqual(cites(outcomes[0]!.reasons), ['§ 9', '§ 12'])
  })
})

describe('markedsføringsloven § 15', () => {
  const customer = { existingCustomer: true, similarGoods: true, optOutOffered: true }
  for (const [code, facts] of [
    ['existing-customer-similar-goods', customer],
    ['consented', { consent: true }],
    ['no-consent', {}],
    ['no-consent', { ...customer, existingCustomer: false }],
    ['goods-not-similar', { ...customer, similarGoods: false }],
    ['no-way-to-opt-out', { ...customer, optOutOffered: undefined }],
    ['opted-out', { ...customer, consent: true, optedOut: true }],
  ] as const)
    test(`${code}: ${JSON.stringify(facts)}`, () => {
      const { outcome, reasons } = electronicMarketing(facts)
      assert.deepEqual(codes(reasons), [code])
      assert.equal(outcome, ['existing-customer-similar-goods', 'consented'].includes(code) ? 'granted' : 'refused')
      assert.ok(cites(reasons).includes('§ 15'))
    })
  test('a legitimate interest that a policy names does not help', () => {
    const { outcome, reasons } = electronicMarketing({ policy: policyOf('smarti'), existingCustomer: false })
    assert.equal(outcome, 'refused')
    assert.deepEqual(cites(reasons), ['§ 15', 'Sales and marketing'])
  })
})

describe('ekomloven § 3-15', () => {
  for (const [rule, facts, outcome] of [
    ['what is necessary needs no consent', { category: 'necessary' }, 'granted'],
    ['not even against a refusal', { category: 'necessary', accepted: false }, 'granted'],
    ['nothing else before the choice', { category: 'analytics' }, 'refused'],
    ['nor after a refusal', { category: 'marketing', accepted: false }, 'refused'],
    ['after consent it is', { category: 'analytics', accepted: true }, 'granted'],
  ] as const)
    test(`${rule}: ${outcome}`, () => {
      const ruling = cookie(facts)
      assert.equal(ruling.outcome, outcome)
      assert.ok(cites(ruling.reasons).includes('§ 3-15'))
    })
})

describe('sharing', () => {
  const smartgroup = policyOf('smartgroup')
  test('a carrier has what a delivery needs, by the contract', () => {
    const { outcome, recipient, minimum, reasons } = sharing(smartgroup, { recipients: ['Posten', 'bring '] })
    assert.deepEqual([outcome, recipient?.basis], ['granted', 'contract'])
    assert.deepEqual(minimum, ['name', 'address', 'phone', 'email'])
    assert.deepEqual(cites(reasons), ['§ 8', 'Art. 6(1)(b)', 'Art. 5(1)(c)'])
  })
  test('and nothing more', () => {
    const { outcome, excess } = sharing(smartgroup, { recipients: ['DHL'], fields: ['name', 'birthday'] })
    assert.deepEqual([outcome, excess], ['refused', ['birthday']])
  })
  test('advertising only with consent', () => {
    assert.equal(sharing(smartgroup, { recipients: ['advertising'] }).outcome, 'refused')
    assert.equal(sharing(smartgroup, { recipients: ['advertising'], consent: true }).outcome, 'granted')
  })
  test('nobody whom the policy does not name, and no two kinds at once', () => {
    for (const recipients of [['Acme'], [], ['Posten', 'Klarna']])
      assert.deepEqual(codes(sharing(smartgroup, { recipients }).reasons), ['recipient-not-named'])
  })
})

describe('findings about the policies', () => {
  for (const id of ['smartgroup', 'smartphoto', 'smarti', 'smartorg'] as const)
    test(`${id}: each cites the policy and the law, and is told once`, () => {
      const { findings } = policyOf(id)
      assert.ok(findings.length > 0)
      assert.equal(new Set(codes(findings)).size, findings.length)
      for (const { finding, cites } of findings) {
        assert.match(finding, /^\S.{10,}\.$/)
        assert.ok(new Set(cites.map((cite) => 'act' in cite && cite.act)).size > 1, finding)
      }
    })
})
