import { convert } from 'xmlbuilder2'

/**
 * Rules of EN 16931 and Peppol BIS Billing 3.0 about what an invoice holds and how it is worked out, by their ids. They are put in our
 * own words as checks, since no package of the npm registry brings the official ones.
 */

type Node = { [name: string]: unknown }
const list = (value: unknown): Node[] => (value === undefined ? [] : Array.isArray(value) ? value : [value as Node])
const at = (node: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Node | undefined)?.[name], node)
/** The text of an element, with or without attributes. */
const text = (node: unknown, ...path: string[]) => {
  const found = at(node, ...path)
  return typeof found === 'object' && found !== null ? String((found as Node)['#']) : String(found ?? '')
}
/** Hundredths of the currency. */
const cents = (node: unknown, ...path: string[]) => Math.round(Number(text(node, ...path)) * 100)
const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)

/** What a rule looks at: the document, its lines and its parts per rate. */
function readUbl(xml: string) {
  const [root, body] = Object.entries(convert(xml, { format: 'object' }) as Node).find(([name]) => !/^[!?]/.test(name))!
  const taxTotals = list((body as Node)['cac:TaxTotal'])
  const document: Node = { ...(body as Node), 'cac:TaxTotal': taxTotals[0] }
  const lines = list(document[`cac:${root}Line`])
  const subtotals = list(at(document, 'cac:TaxTotal', 'cac:TaxSubtotal'))
  const party = (role: string) => at(document, `cac:Accounting${role}Party`, 'cac:Party')
  const total = (name: string) => cents(document, 'cac:LegalMonetaryTotal', `cbc:${name}Amount`)
  return { root, document, taxTotals, lines, subtotals, seller: party('Supplier'), buyer: party('Customer'), total }
}
type Ubl = ReturnType<typeof readUbl>

const taxSchemes = ({ seller }: Ubl) =>
  new Map(list(at(seller, 'cac:PartyTaxScheme')).map((each) => [text(each, 'cac:TaxScheme', 'cbc:ID'), each]))
const category = (node: unknown) => `${text(node, 'cbc:ID')} ${Number(text(node, 'cbc:Percent'))}`
const netIn = ({ lines }: Ubl, wanted: string) =>
  sum(
    lines
      .filter((line) => category(at(line, 'cac:Item', 'cac:ClassifiedTaxCategory')) === wanted)
      .map((line) => cents(line, 'cbc:LineExtensionAmount')),
  )

/** Every rule, and whether a document keeps it. */
const rules: Record<string, (ubl: Ubl) => boolean> = {
  'BR-01 it says which specification it follows': ({ document }) =>
    text(document, 'cbc:CustomizationID').startsWith('urn:cen.eu:en16931:2017'),
  'BR-02 it has a number': ({ document }) => text(document, 'cbc:ID') !== '',
  'BR-03 it has a date': ({ document }) => /^\d{4}-\d\d-\d\d$/.test(text(document, 'cbc:IssueDate')),
  'BR-04 it has a type': ({ root, document }) =>
    text(document, `cbc:${root}TypeCode`) === (root === 'Invoice' ? '380' : '381'),
  'BR-05 it has a currency': ({ document }) => /^[A-Z]{3}$/.test(text(document, 'cbc:DocumentCurrencyCode')),
  'BR-06 and BR-08 the seller has a name and an address': ({ seller }) =>
    text(seller, 'cac:PartyLegalEntity', 'cbc:RegistrationName') !== '' &&
    at(seller, 'cac:PostalAddress') !== undefined,
  'BR-07 and BR-10 the buyer has a name and an address': ({ buyer }) =>
    text(buyer, 'cac:PartyLegalEntity', 'cbc:RegistrationName') !== '' && at(buyer, 'cac:PostalAddress') !== undefined,
  'BR-09 and BR-11 both addresses have a country': ({ seller, buyer }) =>
    [seller, buyer].every((each) =>
      /^[A-Z]{2}$/.test(text(each, 'cac:PostalAddress', 'cac:Country', 'cbc:IdentificationCode')),
    ),
  'BR-16 it has a line': ({ lines }) => lines.length > 0,
  'BR-55 a credit note names its invoices': ({ root, document }) =>
    (root === 'Invoice') === (list(document['cac:BillingReference']).length === 0),
  'BR-CO-10 the lines add up to the sum of the lines': ({ lines, total }) =>
    sum(lines.map((line) => cents(line, 'cbc:LineExtensionAmount'))) === total('LineExtension'),
  'BR-CO-13 that is the total without VAT': ({ total }) => total('LineExtension') === total('TaxExclusive'),
  'BR-CO-14 VAT per rate adds up to the VAT': ({ document, subtotals }) =>
    sum(subtotals.map((each) => cents(each, 'cbc:TaxAmount'))) === cents(document, 'cac:TaxTotal', 'cbc:TaxAmount'),
  'BR-CO-15 with the VAT it is the total with VAT': ({ document, total }) =>
    total('TaxExclusive') + cents(document, 'cac:TaxTotal', 'cbc:TaxAmount') === total('TaxInclusive'),
  'BR-CO-16 what is due is the total less what is paid': ({ total }) =>
    total('TaxInclusive') - total('Prepaid') === total('Payable'),
  'BR-CO-25 what is to be paid says by when, or on which terms': ({ document, total }) =>
    total('Payable') <= 0 ||
    text(document, 'cbc:DueDate') !== '' ||
    text(document, 'cac:PaymentTerms', 'cbc:Note') !== '',
  'BR-61 a credit transfer says to which account': ({ document }) =>
    list(document['cac:PaymentMeans']).every(
      (each) => text(each, 'cbc:PaymentMeansCode') === '30' && text(each, 'cac:PayeeFinancialAccount', 'cbc:ID') !== '',
    ),
  'BR-53 where VAT is told in another currency there is its total in that, and no parts': ({ document, taxTotals }) => {
    const currency = text(document, 'cbc:TaxCurrencyCode')
    const [, other, ...more] = taxTotals
    if (currency === '') return other === undefined
    const isTold = text(at(other, 'cbc:TaxAmount'), '@currencyID') === currency && cents(other, 'cbc:TaxAmount') >= 0
    return isTold && more.length === 0 && at(other, 'cac:TaxSubtotal') === undefined
  },
  'BR-CO-17 and BR-S-09 VAT is the rate of what it is for, to within one unit of the currency': ({ subtotals }) =>
    subtotals.every((each) => {
      const rate = Number(text(each, 'cac:TaxCategory', 'cbc:Percent'))
      return Math.abs(cents(each, 'cbc:TaxAmount') - (cents(each, 'cbc:TaxableAmount') * rate) / 100) < 100
    }),
  'BR-S-08, BR-Z-08 and BR-G-08 what is taxed at a rate is what the lines of that rate add up to': (ubl) =>
    ubl.subtotals.every(
      (each) => cents(each, 'cbc:TaxableAmount') === netIn(ubl, category(at(each, 'cac:TaxCategory'))),
    ),
  'BR-S-01, BR-Z-01 and BR-G-01 every rate of a line has its VAT': ({ lines, subtotals }) => {
    const told = new Set(subtotals.map((each) => category(at(each, 'cac:TaxCategory'))))
    return lines.every((line) => told.has(category(at(line, 'cac:Item', 'cac:ClassifiedTaxCategory'))))
  },
  'BR-S-02, BR-Z-02 and BR-G-02 the seller has a VAT number': (ubl) => taxSchemes(ubl).has('VAT'),
  'BR-S-05, BR-Z-05 and BR-G-05 S has a rate, Z and G have none': ({ lines }) =>
    lines.every((line) => {
      const [id, percent] = category(at(line, 'cac:Item', 'cac:ClassifiedTaxCategory')).split(' ')
      return id === 'S' ? Number(percent) > 0 : (id === 'Z' || id === 'G') && Number(percent) === 0
    }),
  'BR-G-10 and BR-Z-10 an export says why, and what has no rate does not': ({ subtotals }) =>
    subtotals.every(
      (each) =>
        (text(each, 'cac:TaxCategory', 'cbc:ID') === 'G') ===
        (text(each, 'cac:TaxCategory', 'cbc:TaxExemptionReasonCode') === 'VATEX-EU-G'),
    ),
  'BR-27 no price is below zero': ({ lines }) =>
    lines.every((line) => Number(text(line, 'cac:Price', 'cbc:PriceAmount')) >= 0),
  'BR-DEC no amount has more than two decimals': ({ document }) =>
    [
      ...JSON.stringify({ ...document, 'cac:InvoiceLine': 0, 'cac:CreditNoteLine': 0 }).matchAll(/"#":"-?\d+\.(\d+)"/g),
    ].every(([, decimals]) => decimals!.length <= 2),
  'PEPPOL-EN16931-R001 and R007 it follows the billing process': ({ document }) =>
    /^urn:fdc:peppol\.eu:2017:poacc:billing:\d\d:1\.0$/.test(text(document, 'cbc:ProfileID')),
  'PEPPOL-EN16931-R003 it names an order': ({ document }) => text(document, 'cac:OrderReference', 'cbc:ID') !== '',
  'PEPPOL-EN16931-R010 and R020 both have an electronic address': ({ seller, buyer }) =>
    [seller, buyer].every(
      (each) => text(each, 'cbc:EndpointID') !== '' && text(at(each, 'cbc:EndpointID'), '@schemeID'),
    ),
  'PEPPOL-EN16931-R120 a line is its quantity times its price, to two cents': ({ root, lines }) =>
    lines.every((line) => {
      const units = Number(text(line, root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity'))
      const price = Number(text(line, 'cac:Price', 'cbc:PriceAmount'))
      return Math.abs(units * price * 100 - cents(line, 'cbc:LineExtensionAmount')) <= 2
    }),
  'NO-R-001 the VAT number is NO, nine digits, MVA': (ubl) =>
    /^NO\d{9}MVA$/.test(text(taxSchemes(ubl).get('VAT'), 'cbc:CompanyID')),
  'NO-R-002 Foretaksregisteret stands with the seller': (ubl) =>
    text(taxSchemes(ubl).get('TAX'), 'cbc:CompanyID') === 'Foretaksregisteret',
  'PEPPOL-EN16931-R008 nothing is empty': ({ document }) => !/:""|:\{\}|:\[\]/.test(JSON.stringify(document)),
}

/** The rules that a document breaks, by name; none when it is right. */
export function brokenRules(xml: string): string[] {
  const ubl = readUbl(xml)
  return Object.entries(rules).flatMap(([name, holds]) => (holds(ubl) ? [] : [name]))
}

export const ruleNames = Object.keys(rules)
