import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { PlacedFacts, PlacedOrder } from '../../order-facts/projection.ts'
import { alreadyWithdrawn } from '../../statement/mails/already-withdrawn.ts'
import { statementRefused } from '../../statement/mails/refused.ts'
import { statementUnclear } from '../../statement/mails/unclear.ts'
import { receiptPdf } from '../../statement/receipt-pdf.ts'
import type { StoredStatement } from '../../statement/statement.ts'
import { decider } from '../../withdrawal/decider.ts'
import type { DeclaredReturn } from '../../withdrawal/state.ts'
import { declare, received } from '../a-return.ts'

type Locale = 'nb' | 'en'
const page = 'https://shop.example/order?link=signed'
const statement = {
  ...{ id: '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f44', orderId: received.orderId, channel: 'letter' },
  ...{ sentAt: '2026-06-19T15:00:00Z', receivedAt: '2026-06-22T10:00:00Z', recordedAt: '2026-06-22T11:00:00Z' },
  said: {},
  personal: { name: 'Kari Eksempel', words: 'Jeg angrer.\nSe www.example.com' },
  answer: { status: 'pending', orderId: received.orderId, answeredAt: '2026-06-22T11:00:00Z' },
} satisfies StoredStatement

function orderOf(facts: typeof received, locale: Locale): PlacedOrder {
  const names = locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' }
  const placed: PlacedFacts = { ...facts, number: 'SG-7K2M9-4QXTB', locale, names }
  return { facts: placed, personal: { placedBy: 'storefront', email: 'kari@example.com', name: 'Kari Eksempel' } }
}

/** The statement as it was refused, of an order with these facts. */
function refused(facts: typeof received): StoredStatement {
  const { sentAt: noticeSentAt } = statement
  const { refusal } = decider.decide(declare({ facts, noticeSentAt }, statement.receivedAt), decider.initial)
  return { ...statement, answer: { ...statement.answer, status: 'refused', refusal: refusal! } }
}
const declared = decider
  .decide(declare(), decider.initial)
  .events.reduce(decider.evolve, decider.initial) as DeclaredReturn
const seller = sellerOf(received.terms.edition)
const guaranteed = {
  ...received,
  lines: received.lines.map((line) => ({
    ...line,
    guarantee: { by: 'seller' as const, years: 5, covers: line.lineId === '1' ? 'Alle feil' : 'Låsekassen' },
  })),
}
const business = { ...received, customerKind: 'business' as const }

const mails: Record<string, (locale: Locale) => Composed> = {
  refused: (locale) => statementRefused(refused(received), orderOf(received, locale), page),
  'refused-business': (locale) => statementRefused(refused(business), orderOf(business, locale)),
  'refused-guaranteed': (locale) => statementRefused(refused(guaranteed), orderOf(guaranteed, locale), page),
  'already-withdrawn': (locale) => alreadyWithdrawn(statement, orderOf(received, locale), { state: declared }, page),
  'unclear-part': (locale) =>
    statementUnclear({ ...statement, said: { partInWords: true } }, orderOf(received, locale), seller),
  'unclear-order': (locale) => statementUnclear({ ...statement, said: { language: locale } }, undefined, seller),
}
for (const [name, write] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/statement/mails`, async (t) => {
      const { subject, text, locale: language } = write(locale)
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.equal(language, locale)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })

t.test('the receipt of a statement is a PDF, the same bytes for the same words', async (t) => {
  const made = () =>
    receiptPdf(statement, {
      order: orderOf(received, 'nb'),
      seller,
      check: 'https://returns.example/receipts/1?link=x',
    })
  const [one, other] = [await made(), await made()]
  t.equal(one.filename, 'angremelding-SG-7K2M9-4QXTB.pdf')
  t.ok(Buffer.isBuffer(one.content) && one.content.equals(other.content as Buffer))
})
