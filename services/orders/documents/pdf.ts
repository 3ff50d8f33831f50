import type { Address } from '@vilkar/contracts/parts.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import { BOLD, MARGIN, type Pdf, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import { countryName } from '@vilkar/terms/sellers/seller.ts'
import { rateInWords } from '../order/mails/order-in-words.ts'
import { type DocumentContent, nameOf } from './content.ts'
import { settlementOf, totalOfDocument, vatInNok, words } from './words.ts'

/** A sales document as PDF: the same bytes for the same content. */
export function pdfOf(content: DocumentContent): Promise<Buffer> {
  const { locale, series, number, seller, issuedOn } = content
  const title = `${words[locale][series]} ${number}`
  const made = { title: `${title}, ${seller.name}`, author: seller.name, locale, on: issuedOn }
  return renderPdf(made, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(title).font(REGULAR).fontSize(TEXT).moveDown()
    writeHead(pdf, content)
    writeLines(pdf, content)
    writeSums(pdf, content)
  })
}

/** What the file is called. */
export const pdfName = ({ locale, series, number }: DocumentContent) => `${words[locale].file[series]}-${number}.pdf`

const linesOf = ({ name, street, postalCode, city }: Address) => [name, street, `${postalCode} ${city}`]

/** The seller as bokføringsforskriften § 5-1-2 and foretaksregisterloven § 10-2 want it. */
export function sellerLines({ seller, locale }: Pick<DocumentContent, 'seller' | 'locale'>) {
  const { name, organisationNumber, registeredIn, address, email, phone } = seller
  const number = [words[locale].organisationNumber, organisationNumber, ...(registeredIn.vat ? ['MVA'] : [])].join(' ')
  return [
    name,
    [number, ...(registeredIn.foretaksregisteret ? ['Foretaksregisteret'] : [])].join(', '),
    ...[address.street, `${address.postalCode} ${address.city}`, countryName(locale, address.country)],
    `${email}, ${phone}`,
  ]
}

export function buyerLines({ buyer, locale }: Pick<DocumentContent, 'buyer' | 'locale'>) {
  const { name, organisationNumber, billingAddress } = buyer
  const number = organisationNumber === undefined ? [] : [`${words[locale].organisationNumber} ${organisationNumber}`]
  const address = linesOf(billingAddress).filter((line) => line !== name)
  return [name, ...number, ...address, countryName(locale, billingAddress.country)]
}

function writeHead(pdf: Pdf, content: DocumentContent) {
  const { locale, issuedOn, orderNumber, invoices, deliveredOn, buyer } = content
  const say = words[locale]
  const facts = [
    `${say.number}: ${content.number}`,
    `${say.date}: ${issuedOn}`,
    `${say.order}: ${orderNumber}`,
    ...invoices.map((invoice) => `${say.credits} ${invoice.number} (${invoice.issuedOn})`),
    deliveredOn === undefined ? say.notDelivered : `${say.delivered}: ${deliveredOn}`,
    `${say.place}: ${[...linesOf(buyer.shippingAddress), countryName(locale, buyer.shippingAddress.country)].join(', ')}`,
  ]
  pdf.text(facts.join('\n')).moveDown()
  const parties = [[say.seller, ...sellerLines(content)].join('\n'), [say.buyer, ...buyerLines(content)].join('\n')]
  pdf.table({ defaultStyle: { border: false, padding: 0 }, data: [parties] })
  pdf.moveDown()
}

/** Goods and delivery, a line each. The heading stands in bold. */
function writeLines(pdf: Pdf, { locale, currency, lines }: DocumentContent) {
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const right = { x: 'right', y: 'top' } as const
  const rows = lines.map(({ kind, name, quantity, rate, net, vat, gross }) => [
    kind === 'delivery' ? `${say.delivery}: ${name}` : name,
    ...[String(quantity), rateInWords(locale, rate), money(net), money(vat), money(gross)],
  ])
  pdf.table({
    columnStyles: ['*', 62, 62, 80, 75, 80],
    defaultStyle: { border: { bottom: 0.5 }, borderColor: '#999', padding: 4 },
    data: [
      say.columns.map((text, at) => ({ text, font: { src: BOLD, size: TEXT }, ...(at > 0 && { align: right }) })),
      ...rows.map((row) => row.map((text, at) => ({ text, ...(at > 0 && { align: right }) }))),
    ],
  })
  pdf.font(REGULAR).fontSize(TEXT).moveDown()
}

function writeSums(pdf: Pdf, content: DocumentContent) {
  const { locale, currency, rates, net, gross, exported } = content
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const taxed = exported
    ? []
    : rates.map((rate) => `${say.vat} ${rateInWords(locale, rate.rate)} (${money(rate.net)}): ${money(rate.vat)}`)
  pdf.x = MARGIN
  pdf.text([`${say.net}: ${money(net)}`, ...taxed, ...vatInNok(content)].join('\n'), { align: 'right' })
  pdf
    .font(BOLD)
    .text(`${totalOfDocument(content)}: ${money(gross)}`, { align: 'right' })
    .font(REGULAR)
    .moveDown()
  pdf.text([...(exported ? [say.exported] : []), settlementOf(content)].join('\n'))
}

/** The address of a document's file beside its order. */
export const documentPath = (orderId: string, document: Parameters<typeof nameOf>[0], format: 'pdf' | 'xml') =>
  `/orders/${orderId}/documents/${nameOf(document)}/${format}`
