import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { type Known, permission, type Question } from '../../consent/permission.ts'

const smartgroup = policyOf('smartgroup')
const nothing: Known = { consent: false, optedOut: false, child: false }
const consents = (by: 'person' | 'guardian' = 'person'): Partial<Known> => ({
  consent: true,
  given: { what: 'given', at: '2026-06-01T08:00:00Z', by },
})
const asked = (question: Question, known: Partial<Known> = {}, policy = smartgroup) => {
  const { outcome, reasons } = permission(policy, question, { ...nothing, ...known })
  const cited = reasons.flatMap(({ cites }) => cites.map((cite) => ('section' in cite ? cite.section : '')))
  return { outcome, codes: reasons.map(({ code }) => code), cited }
}

t.test('a newsletter goes to who consented, and to customers about similar goods who could say no', async (t) => {
  const customer = { sale: { optOutOffered: true } }
  for (const [outcome, code, question, known] of [
    ['refused', 'no-consent', {}, {}],
    ['granted', 'consented', {}, consents()],
    ['granted', 'existing-customer-similar-goods', { similarGoods: true }, customer],
    ['refused', 'goods-not-similar', {}, customer],
    ['refused', 'no-way-to-opt-out', { similarGoods: true }, { sale: { optOutOffered: false } }],
    ['refused', 'opted-out', { similarGoods: true }, { ...customer, optedOut: true }],
  ] as const) {
    const answer = asked({ purpose: 'newsletter', ...question }, known)
    t.strictSame([answer.outcome, answer.codes], [outcome, [code]])
    t.ok(answer.cited.includes('§ 15') && answer.cited.includes('§ 6'), 'the law and the policy')
  }
})

t.test('where a policy has marketing go by consent alone, customers are asked as well', async (t) => {
  const question = { purpose: 'newsletter', similarGoods: true } as const
  const known = { sale: { optOutOffered: true } }
  t.equal(asked(question, known).outcome, 'granted')
  const { outcome, codes, cited } = asked(question, known, policyOf('smartorg'))
  t.strictSame([outcome, codes], ['refused', ['no-consent']])
  t.ok(cited.includes('Use'))
  t.equal(asked(question, { ...known, ...consents() }, policyOf('smartorg')).outcome, 'granted')
})

t.test('nothing but a newsletter is soft: for all else a customer has to consent', async (t) => {
  const known = { sale: { optOutOffered: true } }
  for (const purpose of ['profiling', 'analytics-cookies', 'marketing-cookies', 'advertising-audience'] as const) {
    t.equal(asked({ purpose, similarGoods: true }, known).outcome, 'refused', purpose)
    t.equal(asked({ purpose, similarGoods: true }, { ...known, ...consents() }).outcome, 'granted', purpose)
  }
})

t.test('cookies go by the choice of the browser too', async (t) => {
  const purpose = 'analytics-cookies'
  t.strictSame(asked({ purpose }).codes, ['no-choice-yet'])
  t.strictSame(asked({ purpose }, { accepted: false }).codes, ['declined'])
  t.equal(asked({ purpose }, { accepted: true }).outcome, 'granted')
})

t.test('nobody whom the policy does not name gets anything, not even by consent', async (t) => {
  const purpose = 'third-party'
  t.strictSame(asked({ purpose, recipient: 'Acme' }, consents()).codes, ['recipient-not-named'])
  t.equal(asked({ purpose, recipient: 'Brevo' }, consents()).outcome, 'granted')
  t.strictSame(asked({ purpose, recipient: 'Brevo' }).codes, ['no-consent-to-sharing'])
  t.equal(asked({ purpose: 'advertising-audience' }, consents(), policyOf('smarti')).outcome, 'refused')
})

t.test('of a child nothing is used, unless a guardian consented to this', async (t) => {
  for (const purpose of ['newsletter', 'profiling', 'marketing-cookies', 'advertising-audience'] as const) {
    const child = { child: true, sale: { optOutOffered: true }, accepted: true }
    t.strictSame(asked({ purpose, similarGoods: true }, { ...child, ...consents() }).codes, ['child'], purpose)
    t.equal(asked({ purpose }, { ...child, ...consents('guardian') }).outcome, 'granted', purpose)
  }
  t.ok(asked({ purpose: 'newsletter' }, { child: true }).cited.includes('§ 14'))
})
