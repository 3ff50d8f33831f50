import type { Address } from '@vilkar/contracts/parts.ts'
import { create } from 'xmlbuilder2'
import type { DocumentContent } from './content.ts'
import { peppolAddress } from './peppol-address.ts'
import { settlementOf, words } from './words.ts'

/** UBL 2.1 under Peppol BIS Billing 3.0, which is EHF Billing 3.0. Its elements stand in the order of the schema. */
const COMMON = 'urn:oasis:names:specification:ubl:schema:xsd:Common'
const CUSTOMIZATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
const KINDS = {
  invoice: {
    root: 'Invoice',
    type: 'cbc:InvoiceTypeCode',
    code: '380',
    line: 'InvoiceLine',
    units: 'InvoicedQuantity',
  },
  'credit-note': {
    ...{ root: 'CreditNote', type: 'cbc:CreditNoteTypeCode', code: '381' },
    ...{ line: 'CreditNoteLine', units: 'CreditedQuantity' },
  },
} as const
/** UN/ECE recommendation 20: a piece. */
const PIECE = 'H87'
const VAT = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } }

/**
 * An invoice or credit note as XML for the receiver's bookkeeping. Throws for a buyer without an address in Peppol. What it bills
 * is paid already, so nothing is due; but for a claim, and for what is taken off one.
 */
export function ublOf(content: DocumentContent): string {
  const { series, number, issuedOn, currency, orderNumber, invoices, buyer, deliveredOn, payable } = content
  const { root, type, code, line, units } = KINDS[series]
  const { shippingAddress } = buyer
  const inNok = content.inNok === 'missing' ? undefined : content.inNok
  return create({ version: '1.0', encoding: 'UTF-8' }, {
    [root]: {
      '@xmlns': `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
      '@xmlns:cac': `${COMMON}AggregateComponents-2`,
      '@xmlns:cbc': `${COMMON}BasicComponents-2`,
      'cbc:CustomizationID': CUSTOMIZATION,
      'cbc:ProfileID': PROFILE,
      'cbc:ID': String(number),
      'cbc:IssueDate': issuedOn,
      ...(payable && { 'cbc:DueDate': payable.dueOn }),
      [type]: code,
      'cbc:DocumentCurrencyCode': currency,
      ...(inNok && { 'cbc:TaxCurrencyCode': 'NOK' }),
      'cac:OrderReference': { 'cbc:ID': orderNumber },
      'cac:BillingReference': invoices.map((invoice) => ({
        'cac:InvoiceDocumentReference': { 'cbc:ID': String(invoice.number), 'cbc:IssueDate': invoice.issuedOn },
      })),
      'cac:AccountingSupplierParty': { 'cac:Party': sellerParty(content) },
      'cac:AccountingCustomerParty': { 'cac:Party': buyerParty(content) },
      'cac:Delivery': {
        ...(deliveredOn !== undefined && { 'cbc:ActualDeliveryDate': deliveredOn }),
        'cac:DeliveryLocation': { 'cac:Address': addressOf(shippingAddress) },
        'cac:DeliveryParty': { 'cac:PartyName': { 'cbc:Name': shippingAddress.name } },
      },
      ...(payable?.account !== undefined && { 'cac:PaymentMeans': transferTo(payable.account, number) }),
      'cac:PaymentTerms': { 'cbc:Note': settlementOf(content) },
      'cac:TaxTotal': [taxTotal(content), ...(inNok ? [{ 'cbc:TaxAmount': amountIn('NOK', inNok.vat) }] : [])],
      'cac:LegalMonetaryTotal': monetaryTotal(content),
      [`cac:${line}`]: content.lines.map((each, at) => lineOf(content, each, at, units)),
    },
  } as object).end({ prettyPrint: true })
}

/** Minor units as XML has amounts: 12345 is 123.45. NOK and EUR both have two decimals. */
const decimal = (minor: number) => {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const amountIn = (currency: string, minor: number) => ({ '@currencyID': currency, '#': decimal(minor) })

const addressOf = ({
  street,
  postalCode,
  city,
  country,
}: Pick<Address, 'street' | 'postalCode' | 'city' | 'country'>) => ({
  'cbc:StreetName': street,
  'cbc:CityName': city,
  'cbc:PostalZone': postalCode,
  'cac:Country': { 'cbc:IdentificationCode': country },
})

/** The seller: organisation number with MVA, and Foretaksregisteret, as the Norwegian rules NO-R-001 and NO-R-002 want them. */
function sellerParty({ seller }: DocumentContent) {
  const id = seller.organisationNumber.replaceAll(' ', '')
  const { vat, foretaksregisteret } = seller.registeredIn
  const schemes = [
    ...(vat ? [{ 'cbc:CompanyID': `NO${id}MVA`, ...VAT }] : []),
    ...(foretaksregisteret ? [{ 'cbc:CompanyID': 'Foretaksregisteret', 'cac:TaxScheme': { 'cbc:ID': 'TAX' } }] : []),
  ]
  return {
    'cbc:EndpointID': { '@schemeID': '0192', '#': id },
    'cac:PartyName': { 'cbc:Name': seller.name },
    'cac:PostalAddress': addressOf(seller.address),
    'cac:PartyTaxScheme': schemes,
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': seller.name,
      'cbc:CompanyID': { '@schemeID': '0192', '#': id },
    },
    'cac:Contact': { 'cbc:Telephone': seller.phone, 'cbc:ElectronicMail': seller.email },
  }
}

function buyerParty({ buyer }: DocumentContent) {
  const address = peppolAddress(buyer)
  if (address === undefined) throw new Error(`${buyer.name} has no address in Peppol.`)
  const id = { '@schemeID': address.scheme, '#': address.id }
  return {
    'cbc:EndpointID': id,
    'cac:PartyName': { 'cbc:Name': buyer.name },
    'cac:PostalAddress': addressOf(buyer.billingAddress),
    'cac:PartyLegalEntity': { 'cbc:RegistrationName': buyer.name, 'cbc:CompanyID': id },
    'cac:Contact': { 'cbc:ElectronicMail': buyer.email },
  }
}

/** UNCL 5305: S for a rate, G for an export, Z for what is sold at no rate, such as books. */
const categoryOf = (rate: number, exported: boolean) => ({
  'cbc:ID': exported ? 'G' : rate === 0 ? 'Z' : 'S',
  'cbc:Percent': decimal(rate),
})

const taxTotal = ({ currency, vat, rates, exported }: DocumentContent) => ({
  'cbc:TaxAmount': amountIn(currency, vat),
  'cac:TaxSubtotal': rates.map(({ rate, net, vat: within }) => ({
    'cbc:TaxableAmount': amountIn(currency, net),
    'cbc:TaxAmount': amountIn(currency, within),
    'cac:TaxCategory': {
      ...categoryOf(rate, exported),
      ...(exported && { 'cbc:TaxExemptionReasonCode': 'VATEX-EU-G' }),
      ...VAT,
    },
  })),
})

/** UNCL 4461: a credit transfer, to an IBAN. */
const transferTo = (account: string, number: number) => ({
  'cbc:PaymentMeansCode': '30',
  'cbc:PaymentID': String(number),
  'cac:PayeeFinancialAccount': { 'cbc:ID': account },
})

const monetaryTotal = ({ currency, net, gross, settledBy }: DocumentContent) => ({
  'cbc:LineExtensionAmount': amountIn(currency, net),
  'cbc:TaxExclusiveAmount': amountIn(currency, net),
  'cbc:TaxInclusiveAmount': amountIn(currency, gross),
  ...(settledBy === 'money' && { 'cbc:PrepaidAmount': amountIn(currency, gross) }),
  'cbc:PayableAmount': amountIn(currency, settledBy === 'money' ? 0 : gross),
})

/** A price of a piece, fine enough that quantity × price is the amount of the line to well within a cent. */
const PRICE_DECIMALS = 8

function lineOf(
  { currency, exported, locale }: DocumentContent,
  { kind, reference, name, quantity, rate, net }: DocumentContent['lines'][number],
  at: number,
  units: string,
) {
  return {
    'cbc:ID': String(at + 1),
    [`cbc:${units}`]: { '@unitCode': PIECE, '#': String(quantity) },
    'cbc:LineExtensionAmount': amountIn(currency, net),
    'cac:Item': {
      'cbc:Name': kind === 'delivery' ? `${words[locale].delivery}: ${name}` : name,
      'cac:SellersItemIdentification': { 'cbc:ID': reference },
      'cac:ClassifiedTaxCategory': { ...categoryOf(rate, exported), ...VAT },
    },
    'cac:Price': {
      'cbc:PriceAmount': { '@currencyID': currency, '#': (net / quantity / 100).toFixed(PRICE_DECIMALS) },
    },
  }
}
