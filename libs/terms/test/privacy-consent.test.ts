import t from 'tap'
import { cookie, electronicMarketing, profiling } from '../privacy/marketing.ts'
import { ageReachedOn, consentAge, type Minor, minor } from '../privacy/minors.ts'
import { sharing } from '../privacy/sharing.ts'
import type { PolicyId } from '../sellers/privacy-policies/policies.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { cites, codes } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

t.test('GDPR Art. 8 whether a young person may consent alone', async (t) => {
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
    t.test(`${rule}: ${outcome}`, async (t) => {
      const ruling = minor(policyOf(id), facts)
      t.equal(ruling.outcome, outcome)
      t.equal(ruling.recordConsent, facts.guardianConsents === true)
      t.ok(cites(ruling.reasons).includes('Art. 8(1)'))
    })
  t.test('who was born on 29 February is a year older on 1 March', async (t) => {
    t.equal(ageReachedOn(day('2012-02-29'), 15).toString(), '2027-03-01')
    t.equal(ageReachedOn(day('2012-02-29'), 16).toString(), '2028-02-29')
    t.equal(ageReachedOn(day('2012-02-28'), 15).toString(), '2027-02-28')
  })
  t.test('a country that set no age has 16', async (t) => t.strictSame([consentAge('NO'), consentAge('XX')], [13, 16]))
})

t.test('markedsføringsloven § 15', async (t) => {
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
    t.test(`${code}: ${JSON.stringify(facts)}`, async (t) => {
      const { outcome, reasons } = electronicMarketing(facts)
      t.strictSame(codes(reasons), [code])
      t.equal(outcome, ['existing-customer-similar-goods', 'consented'].includes(code) ? 'granted' : 'refused')
      t.ok(cites(reasons).includes('§ 15'))
    })
  t.test('a legitimate interest that a policy names does not help', async (t) => {
    const { outcome, reasons } = electronicMarketing({ policy: policyOf('smarti'), existingCustomer: false })
    t.equal(outcome, 'refused')
    t.strictSame(cites(reasons), ['§ 15', 'Sales and marketing'])
  })
})

t.test('ekomloven § 3-15', async (t) => {
  for (const [rule, facts, outcome] of [
    ['what is necessary needs no consent', { category: 'necessary' }, 'granted'],
    ['not even against a refusal', { category: 'necessary', accepted: false }, 'granted'],
    ['nothing else before the choice', { category: 'analytics' }, 'refused'],
    ['nor after a refusal', { category: 'marketing', accepted: false }, 'refused'],
    ['after consent it is', { category: 'analytics', accepted: true }, 'granted'],
  ] as const)
    t.test(`${rule}: ${outcome}`, async (t) => {
      const ruling = cookie(facts)
      t.equal(ruling.outcome, outcome)
      t.ok(cites(ruling.reasons).includes('§ 3-15'))
    })
})

t.test('profiling is by consent alone, whatever a policy rests marketing on', async (t) => {
  for (const [code, facts] of [
    ['consented', { consent: true }],
    ['no-consent', {}],
    ['opted-out', { consent: true, optedOut: true }],
  ] as const) {
    const { outcome, reasons } = profiling({ policy: policyOf('smarti'), ...facts })
    t.strictSame([outcome, codes(reasons)], [code === 'consented' ? 'granted' : 'refused', [code]])
    t.ok(cites(reasons).includes('Art. 6(1)(a)') && cites(reasons).includes('Sales and marketing'))
  }
})

t.test('sharing', async (t) => {
  const smartgroup = policyOf('smartgroup')
  t.test('a carrier has what a delivery needs, by the contract', async (t) => {
    const { outcome, recipient, minimum, reasons } = sharing(smartgroup, { recipients: ['Posten', 'bring '] })
    t.strictSame([outcome, recipient?.basis], ['granted', 'contract'])
    t.strictSame(minimum, ['name', 'address', 'phone', 'email'])
    t.strictSame(cites(reasons), ['§ 8', 'Art. 6(1)(b)', 'Art. 5(1)(c)'])
  })
  t.test('and nothing more', async (t) => {
    const { outcome, excess } = sharing(smartgroup, { recipients: ['DHL'], fields: ['name', 'birthday'] })
    t.strictSame([outcome, excess], ['refused', ['birthday']])
  })
  t.test('advertising only with consent', async (t) => {
    t.equal(sharing(smartgroup, { recipients: ['advertising'] }).outcome, 'refused')
    t.equal(sharing(smartgroup, { recipients: ['advertising'], consent: true }).outcome, 'granted')
  })
  t.test('nobody whom the policy does not name, and no two kinds at once', async (t) => {
    for (const recipients of [['Acme'], [], ['Posten', 'Klarna']])
      t.strictSame(codes(sharing(smartgroup, { recipients }).reasons), ['recipient-not-named'])
  })
})

t.test('findings about the policies', async (t) => {
  for (const id of ['smartgroup', 'smartphoto', 'smarti', 'smartorg'] as const)
    t.test(`${id}: each cites the policy and the law, and is told once`, async (t) => {
      const { findings } = policyOf(id)
      t.ok(findings.length > 0)
      t.equal(new Set(codes(findings)).size, findings.length)
      for (const { finding, cites } of findings) {
        for (const words of [finding.nb, finding.en]) t.match(words, /^\S.{10,}\.$/)
        t.not(finding.nb, finding.en)
        t.ok(new Set(cites.map((cite) => 'act' in cite && cite.act)).size > 1, finding.en)
      }
    })
})
