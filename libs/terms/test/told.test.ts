import t from 'tap'
import { EDITION } from '../cases/first-edition.ts'
import { editionById } from '../editions/registry.ts'
import { type SentDocument, type SentFunction, sha256Of, toldBy } from '../order/told.ts'
import { functionNotice } from '../statute/withdrawal-function.ts'

const edition = editionById(EDITION)!
const terms = (locale: 'nb' | 'en'): SentDocument => ({ kind: 'terms', locale, sha256: sha256Of(edition.text(locale)) })
const form = (locale: 'nb' | 'en'): SentDocument => ({
  kind: 'withdrawal-form',
  locale,
  sha256: sha256Of(edition.withdrawalForm(locale)),
})
const told = (documents: SentDocument[], country = 'NO', orderedOn = '2026-06-01', withdrawalFunction?: SentFunction) =>
  toldBy({ documents, withdrawalFunction, edition: EDITION, country, orderedOn: Temporal.PlainDate.from(orderedOn) })

t.test('a customer was told what went out, and nothing else', async (t) => {
  const other = { ...terms('nb'), sha256: sha256Of('something else') }
  for (const [rule, documents, country, informed, cost] of [
    ['text and form in Norwegian', [terms('nb'), form('nb')], 'NO', true, true],
    ['and in English besides', [terms('en'), form('en'), terms('nb'), form('nb')], 'NO', true, true],
    ['in English alone, in Norway', [terms('en'), form('en')], 'NO', false, true],
    ['in English alone, abroad', [terms('en'), form('en')], 'DE', true, true],
    ['no form', [terms('nb')], 'NO', false, true],
    ['a form in another language than the text', [terms('nb'), form('en')], 'NO', false, true],
    ['no terms', [form('nb')], 'NO', false, false],
    ['another text than that of the edition', [other, form('nb')], 'NO', false, false],
    ['nothing', [], 'NO', false, false],
  ] as [string, SentDocument[], string, boolean, boolean][])
    t.test(`${rule}: ${informed ? 'informed' : 'not informed'}`, async (t) =>
      t.strictSame(told(documents, country), { withdrawalInformation: informed, returnCost: cost }),
    )
  t.test('where the law has a withdrawal function, who was not told of it was not informed', async (t) => {
    const both = [terms('en'), form('en')]
    t.equal(told(both, 'DE', '2026-06-18').withdrawalInformation, true)
    t.equal(told(both, 'DE', '2026-06-19').withdrawalInformation, false)
    const page = 'https://shop.example/order'
    const notice: SentFunction = { locale: 'en', page, sha256: sha256Of(functionNotice('en', page)) }
    const informed = (withdrawalFunction: SentFunction, documents = both, country = 'DE') =>
      told(documents, country, '2026-06-19', withdrawalFunction).withdrawalInformation
    t.equal(informed(notice), true)
    t.equal(informed({ ...notice, page: 'https://elsewhere.example' }), false, 'by another text')
    t.equal(informed({ ...notice, locale: 'nb' }), false, 'in another language than the rest')
    t.equal(informed(notice, [terms('en')]), false, 'without the form')
    t.equal(informed({ ...notice, sha256: sha256Of('Cancel order') }, [terms('nb'), form('nb')], 'NO'), true)
  })
})
