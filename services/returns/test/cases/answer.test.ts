import { nameOf } from '@vilkar/contracts/all-events.ts'
import { type ReturnsEvent, returnsEvents } from '@vilkar/contracts/returns.ts'
import { example, fact } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { answerOf } from '../../cases/answer.ts'

type Name = ReturnsEvent['type']
type Told = Parameters<typeof answerOf>[0]
const answer = (...told: object[]) => answerOf(told as Told)!
/** What is told of an agreement or a label is no ruling of a case, and of no case's history. */
const OF_NO_CASE = new Set(['AgreementRecorded', 'ReturnLabelRequested'])
const rulings = returnsEvents
  .filter(({ properties: { data } }) => ['reasons', 'deductions'].some((name) => name in data.properties))
  .map((event) => nameOf(event) as Name)
  .filter((name) => !OF_NO_CASE.has(name))

t.test('every ruling of a case is a sentence with what it rests on, in both languages', async (t) => {
  t.ok(rulings.length > 15)
  for (const name of new Set(rulings)) {
    const { nb, en } = answer(example(name))
    t.match(nb, /^\p{Lu}.*\. Dette følger av .+\.$/su, name)
    t.match(en, /^\p{Lu}.*\. This follows from .+\.$/su, name)
    t.notMatch(nb + en, /undefined|NaN/, name)
  }
})

t.test('a part that is refused, and what is deducted, is said beside what is granted', async (t) => {
  const reasons = [{ code: 'made-to-order', cites: [{ act: 'angrerettloven', section: '§ 22 bokstav e', text: 'x' }] }]
  const declared = {
    ...fact('WithdrawalDeclared'),
    data: { ...fact('WithdrawalDeclared').data, refused: [] as object[] },
  }
  t.notMatch(answer(declared).en, /not all of it/i)
  declared.data.refused = [{ lineId: '2', quantity: 1, reasons }]
  t.match(answer(declared).en, /You can withdraw from this.* Not all of it: .*angrerettloven § 22 bokstav e/)
  t.match(answer(declared).nb, /Du kan angre på dette.* Ikke alt: .*angrerettloven § 22 bokstav e/)
  const refund = fact('RefundDecided')
  t.match(answer(declared, refund).nb, /Du får tilbake .* Ikke alt: .*§ 22 bokstav e/, 'after the refund too')
  const deductions = [{ lineId: '1', quantity: 1, amount: 10_000, why: 'diminished-value', reasons }]
  const less = { ...refund, data: { ...refund.data, deductions } }
  t.match(answer(less).en, /You get .* NOK\s100\.00 is deducted\. That follows from angrerettloven § 22 bokstav e/)
  const judged = fact('ReturnAssessed')
  const assessed = { ...judged, data: { ...judged.data, deductions, heardUntil: '2026-06-24T14:00:00Z' } }
  t.match(
    answer({ ...declared, data: { ...declared.data, refused: [] } }, assessed).nb,
    /trekke fra 100,00\skr, og du kan svare/,
  )
})

t.test('while nothing is ruled there is no answer', async (t) =>
  t.equal(answerOf([example('ReturnSent')] as Told), undefined),
)
