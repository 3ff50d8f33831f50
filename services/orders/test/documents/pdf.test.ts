import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { extractText } from 'unpdf'
import { composeDocument } from '../../documents/mail.ts'
import { pdfOf } from '../../documents/pdf.ts'
import { catalogue } from '../an-order.ts'
import { documentOf, sale, wholeOf } from './a-document.ts'

const textOf = async (pdf: Uint8Array) => (await extractText(new Uint8Array(pdf), { mergePages: true })).text
const business = { customerKind: 'business' } as const
const back = { lines: [{ lineId: '3', quantity: 1, amount: 129_900 }], deliveryAmount: 0 }
const svalbard = { country: 'SJ', shipTo: { postalCode: '9170', city: 'Longyearbyen', country: 'SJ' } }

for (const locale of ['nb', 'en'] as const) {
  const documents = {
    invoice: documentOf(sale({ locale })),
    'invoice-business': documentOf(sale({ ...business, locale })),
    'invoice-export': documentOf(sale({ ...svalbard, locale })),
    'credit-note': documentOf(sale({ ...business, locale }), 'credit-note', back),
    'invoice-euro': documentOf(sale({ ...business, currency: 'EUR', locale })),
    'invoice-claim': documentOf(sale({ locale }), 'invoice', undefined, [], { dueOn: '2026-06-17' }),
    'credit-note-claim': documentOf(sale({ locale }), 'credit-note', back, [], { dueOn: '2026-06-17' }),
  }
  for (const [name, content] of Object.entries(documents)) {
    const golden = (file: string) => new URL(`golden/${name}.${locale}.${file}.txt`, import.meta.url)
    t.test(`${name} as PDF, ${locale}, reads as it should`, async (t) =>
      matchesGolden(t as Test, golden('pdf'), await textOf(await pdfOf(content))),
    )
    t.test(`${name} by mail, ${locale}, reads as it should and brings the PDF`, async (t) => {
      const { subject, text, attachments } = await composeDocument(content)
      matchesGolden(t as Test, golden('mail'), `${subject}\n\n${text}`)
      t.equal(attachments!.length, 1)
      t.match(
        attachments![0]!.filename,
        locale === 'nb' ? /^(faktura|kreditnota)-\d+\.pdf$/ : /^(invoice|credit-note)-\d+\.pdf$/,
      )
      t.ok(Buffer.from(attachments![0]!.content).equals(await pdfOf(content)))
    })
  }
}

t.test('the same document is the same bytes, as often as it is read', async (t) => {
  const content = documentOf(sale())
  t.ok((await pdfOf(content)).equals(await pdfOf(content)))
})

t.test('a hundred lines run over several pages, and none is lost', async (t) => {
  const items = Array.from({ length: 100 }, (_, n) => ({
    ...{ ...catalogue[0]!, sku: `S${n}`, name: { nb: `Vare nummer ${n}.`, en: `Item number ${n}.` } },
  }))
  const sold = sale({ items, lines: items.map(({ sku }) => ({ sku, quantity: 1 })) })
  const text = await textOf(await pdfOf(documentOf(sold, 'invoice', wholeOf(sold.stored.state.placed))))
  for (const { name } of items) t.ok(text.includes(name.nb), name.nb)
})
