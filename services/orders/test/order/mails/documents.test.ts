import { renderMail } from '@vilkar/mail/mail.ts'
import { sha256Of } from '@vilkar/terms/order/told.ts'
import t from 'tap'
import { extractText } from 'unpdf'
import { attachedDocuments, confirmationDocuments } from '../../../order/mails/documents.ts'
import { terms } from '../../an-order.ts'

const ordered = { locale: 'en', terms, customerKind: 'consumer', country: 'NO' } as const
const words = (text: string) => text.replace(/[#\\]/g, '').match(/\S+/g)!
const textOf = async (pdf: Uint8Array) => (await extractText(new Uint8Array(pdf), { mergePages: true })).text

t.test(
  'terms and form go out as PDF beside the text, and say the same, word for word, æ, ø, å and § too',
  async (t) => {
    const attached = await attachedDocuments(ordered)
    t.strictSame(
      attached.map(({ attachment }) => attachment.filename),
      ['md', 'pdf'].flatMap((format) =>
        ['terms-2026-01-15', 'withdrawal-form', 'vilkar-2026-01-15', 'angreskjema'].map((name) => `${name}.${format}`),
      ),
    )
    for (const { kind, locale, content } of confirmationDocuments(ordered)) {
      const pdf = attached.find(
        ({ document }) => document.kind === kind && document.locale === locale && document.format === 'pdf',
      )!
      t.strictSame(words(await textOf(pdf.attachment.content as Buffer)), words(content), `${kind} in ${locale}`)
    }
  },
)

t.test(
  'the hash that is kept is of the bytes that go out; they are made once, and the same wherever they are made',
  async (t) => {
    const [one, other] = [await attachedDocuments(ordered), await attachedDocuments(ordered)]
    for (const [at, { document, attachment }] of one.entries()) {
      t.equal(document.sha256, sha256Of(attachment.content))
      t.equal(attachment.content, other[at]!.attachment.content, 'nothing is rendered twice')
    }
    const again = import.meta.resolve('../../../order/mails/document-pdf.ts?as-another-process')
    const { pdfOfDocument } = (await import(again)) as typeof import('../../../order/mails/document-pdf.ts')
    const by = { author: 'SmartGroup AS', on: '2026-01-15' }
    for (const each of confirmationDocuments(ordered)) {
      const sha256 = sha256Of(await pdfOfDocument(each, by))
      t.ok(one.some(({ document }) => document.sha256 === sha256 && document.kind === each.kind))
    }
  },
)

t.test('a business gets the terms in its own language, and no form', async (t) => {
  const attached = await attachedDocuments({ ...ordered, customerKind: 'business' })
  t.strictSame(
    attached.map(({ attachment }) => attachment.filename),
    ['terms-2026-01-15.md', 'terms-2026-01-15.pdf'],
  )
})

t.test('a confirmation with all of them is a mail of less than a quarter of a megabyte', async (t) => {
  const attachments = (await attachedDocuments(ordered)).map(({ attachment }) => attachment)
  const mail = { messageId: 'a@shop.example', from: 'a@shop.example', to: 'b@example.com', subject: 's', text: 't' }
  const bytes = await renderMail({
    ...mail,
    html: '',
    date: Temporal.Instant.from('2026-06-01T08:00:00Z'),
    attachments,
  })
  t.ok(bytes.length < 250_000)
})
