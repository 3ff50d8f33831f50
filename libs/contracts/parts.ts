import { byRate } from '@vilkar/terms/amounts/vat.ts'
import type { Citation, Traits as ProductTraits, Reason } from '@vilkar/terms/ruling/ruling.ts'
import { currencies, customerKinds, locales } from '@vilkar/terms/ruling/vocabulary.ts'
import { type Static, type TBoolean, Type } from 'typebox'
import { Durability } from './durability.ts'
import { ManualUrl } from './manual.ts'

/** One of some words, which are declared elsewhere. */
const oneOf = <Word extends string>(words: readonly Word[]) =>
  Type.Unsafe<Word>(Type.Union(words.map((word) => Type.Literal(word))))

/** The most that any sum of an order may be, in minor units: what is above it no service takes. */
export const MAX_AMOUNT = 100_000_000_000
/** The most units of one line, and the most lines of one order. */
export const MAX_UNITS = 10_000
export const MAX_LINES = 100

/** A text of a pattern; `errorMessage` says in words what it must be, after the name of the field. */
const patterned = (pattern: string, errorMessage: string, options: object = {}) =>
  Type.String({ pattern, ...options, errorMessage })

/** A SHA-256 hash, in hexadecimal. */
export const Sha256 = patterned('^[0-9a-f]{64}$', 'must be a SHA-256 hash: 64 hexadecimal digits')

/** The parts that events and HTTP bodies are made of. Money is an integer in the currency's smallest unit (øre, cent). */
export const Amount = Type.Integer({ minimum: 0, maximum: MAX_AMOUNT, description: 'Minor units (øre or cent).' })
export const Currency = oneOf(currencies)
export const CustomerKind = oneOf(customerKinds)
export const Locale = oneOf(locales)
/** ISO 3166-1 alpha-2. */
export const Country = patterned(
  '^[A-Z]{2}$',
  'must be a country as ISO 3166-1 writes it in two capitals, such as NO',
  {
    description: 'ISO 3166-1 alpha-2.',
    examples: ['NO'],
  },
)
/** VAT in basis points: 2500 is 25 %. */
export const VatRate = Type.Integer({ minimum: 0, maximum: 10_000, description: 'Basis points: 2500 is 25 %.' })
export const Sku = patterned(
  '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  'must be a SKU: letters a to z, digits, dots, hyphens and underscores, at most 64',
  { examples: ['SENSOR-1'] },
)
export const LocalizedText = Type.Object({
  nb: Type.String({ minLength: 1, maxLength: 200 }),
  en: Type.String({ minLength: 1, maxLength: 200 }),
})

/** What about a product changes its buyer's rights. */
export const Traits = Type.Object({
  madeToOrder: Type.Boolean({ description: "Made to the customer's specification: no right of withdrawal." }),
  hygieneSealed: Type.Boolean({ description: 'No right of withdrawal once the seal is broken.' }),
  safetyCritical: Type.Boolean({ description: 'Needs correct installation and use; the manual goes with it.' }),
  longLived: Type.Boolean({ description: 'Meant to last significantly longer: five years to complain.' }),
} satisfies Record<keyof ProductTraits, TBoolean>)
export type Traits = ProductTraits

const GivenBy = Type.Union([Type.Literal('seller'), Type.Literal('manufacturer')], {
  description: 'Whom it binds. It takes nothing from what the law gives (forbrukerkjøpsloven § 18 a).',
})
const guarantee = {
  by: GivenBy,
  guarantor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Who that is; needed of a manufacturer’s.' }),
  ),
  years: Type.Integer({ minimum: 1, maximum: 50, description: 'From delivery.' }),
  durability: Type.Optional(Durability),
}
/** A guarantee that goods are sold with, as a product has it. */
export const ProductGuarantee = Type.Object(
  { ...guarantee, covers: LocalizedText },
  { additionalProperties: false, title: 'ProductGuarantee' },
)
export type ProductGuarantee = Static<typeof ProductGuarantee>
/** The same as a line was sold with it: `covers` in the language of the order. */
export const Guarantee = Type.Object(
  { ...guarantee, covers: Type.String({ minLength: 1, maxLength: 200, description: 'What it answers for.' }) },
  { title: 'Guarantee' },
)
export type Guarantee = Static<typeof Guarantee>

/** What goods with digital elements are supplied with (forbrukerkjøpsloven § 15). */
export const Digital = Type.Object(
  {
    supplied: Type.Union([Type.Literal('once'), Type.Literal('over-time')], {
      description: 'over-time: updates are owed as long as it is supplied, and at least two years.',
    }),
    months: Type.Integer({
      minimum: 1,
      maximum: 600,
      description:
        'For how long from delivery it is supplied; of what is supplied once, how long updates can be expected.',
    }),
  },
  { additionalProperties: false, title: 'Digital' },
)
export type Digital = Static<typeof Digital>
/** That goods cannot normally be returned by post, as a line was sold with it (angrerettloven §§ 8 and 9). */
const told = { ...Amount, description: 'What was told that sending one back costs at most, VAT included.' }
export const Bulky = Type.Object(
  { returnCost: Type.Optional(Type.Integer(told)) },
  {
    additionalProperties: false,
    description: 'Not normally returned by post; the seller pays where no amount was told.',
  },
)
export type Bulky = Static<typeof Bulky>

/** The edition of the terms that an order is placed under, with the hash of its text and parameters. */
export const TermsPin = Type.Object({
  edition: Type.String({ examples: ['shop/2026-01-15'] }),
  sha256: Sha256,
})
export type TermsPin = Static<typeof TermsPin>

const Line = { lineId: Type.String({ examples: ['1'] }), quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }) }

/** Some or all of an order line. */
export const LinePart = Type.Object(Line)
export type LinePart = Static<typeof LinePart>

/** A line as it was priced: `total` = quantity × unitPrice, both including VAT; `vat` is the VAT inside `total`. */
export const PricedLine = Type.Object({
  ...Line,
  sku: Sku,
  name: Type.String(),
  unitPrice: Amount,
  total: Amount,
  vatRate: VatRate,
  vat: Amount,
  traits: Traits,
  guarantee: Type.Optional(Guarantee),
  digital: Type.Optional(Digital),
  bulky: Type.Optional(Bulky),
  manualUrl: Type.Optional(ManualUrl('Where its manual is read, in the language of the order.')),
})
export type PricedLine = Static<typeof PricedLine>

/** What of an amount is of one rate of VAT. */
export const VatPart = Type.Object({ rate: VatRate, gross: Amount, vat: Amount })

/**
 * A delivery as it was priced; `standardPrice` is the cheapest standard delivery, which a withdrawal gives back. It bears the
 * rates of the goods in proportion (merverdiavgiftsloven § 4-2).
 */
export const PricedDelivery = Type.Object({
  option: Type.String({ examples: ['parcel'] }),
  name: Type.String(),
  price: Amount,
  standardPrice: Amount,
  vatRate: Type.Optional(
    Type.Integer({ ...VatRate, description: 'Basis points, if all of it is of one rate; else see `vatParts`.' }),
  ),
  vat: Amount,
  vatParts: Type.Optional(
    Type.Array(VatPart, {
      description: 'Price and VAT per rate. Orders of before deliveries had the rates of the goods leave it out.',
    }),
  ),
})
export type PricedDelivery = Static<typeof PricedDelivery>

/** Price and VAT of a delivery per rate. */
export const vatPartsOf = ({ price, vat, vatRate = 0, vatParts }: PricedDelivery): Static<typeof VatPart>[] =>
  vatParts ?? [{ rate: vatRate, gross: price, vat }]

/** What goods and delivery come to per rate, the lowest rate first. */
export const vatRatesOf = ({ lines, delivery }: { lines: PricedLine[]; delivery: PricedDelivery }) =>
  byRate([...lines.map(({ vatRate: rate, total: gross, vat }) => ({ rate, gross, vat })), ...vatPartsOf(delivery)]).map(
    ({ rate, gross, vat }) => ({ rate, net: gross - vat, vat, gross }),
  )

export const Totals = Type.Object({
  goods: Amount,
  delivery: Amount,
  net: Type.Integer({ ...Amount, description: 'Total excluding VAT.' }),
  vat: Amount,
  total: Type.Integer({ ...Amount, description: 'What the customer pays, including VAT.' }),
})
export type Totals = Static<typeof Totals>

/** How an order is taxed: whether its goods leave the VAT area, and net, VAT and gross per rate, in minor units. */
export const VatView = Type.Object({
  exported: Type.Boolean({
    description: 'The goods leave the VAT area, so that no VAT is charged (merverdiavgiftsloven § 6-21).',
  }),
  rates: Type.Array(Type.Object({ rate: VatRate, net: Amount, vat: Amount, gross: Amount })),
})
export type VatView = Static<typeof VatView>

export const Phone = patterned('^[+0-9 ()-]+$', 'must be a telephone number: digits, blanks, +, hyphens and brackets', {
  maxLength: 30,
})

export const Address = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Kari Eksempel'] }),
    street: Type.String({ minLength: 1, maxLength: 200, examples: ['Storgata 1'] }),
    postalCode: Type.String({ minLength: 1, maxLength: 20, examples: ['0155'] }),
    city: Type.String({ minLength: 1, maxLength: 100, examples: ['Oslo'] }),
    country: Country,
    phone: Type.Optional(Phone),
  },
  { additionalProperties: false },
)
export type Address = Static<typeof Address>

const Cite = Type.Object(
  {
    edition: Type.Optional(Type.String({ description: 'Edition of the terms.' })),
    clause: Type.Optional(Type.String({ description: 'Numbered sentence of that edition.' })),
    act: Type.Optional(Type.String({ description: 'Act or regulation.' })),
    section: Type.Optional(Type.String({ description: 'Section of that Act.' })),
    agreement: Type.Optional(Type.String({ description: 'Id of a written agreement with the customer.' })),
    agreedOn: Type.Optional(Type.String({ description: 'The day of that, ISO 8601.' })),
    text: Type.String({ description: 'The sentence, or what the section says.' }),
    url: Type.Optional(Type.String()),
  },
  { title: 'Citation' },
)

/** Sentences of the terms and sections of law. */
export const Cites = Type.Unsafe<Citation[]>(Type.Array(Cite))

/** Why, with the clause and the section of law that say so: the same shape in answers, problems and events. */
export const Reasons = Type.Unsafe<Reason[]>(
  Type.Array(Type.Object({ code: Type.String(), cites: Cites }, { title: 'Reason' })),
)
export type Reasons = Static<typeof Reasons>

/** When goods are expected, and the last day on which they are not late. */
export const DeliveryPromise = Type.Object(
  {
    from: Type.String({ format: 'date', description: 'Expected not before.' }),
    to: Type.String({ format: 'date', description: 'Expected by.' }),
    lastDay: Type.Optional(
      Type.String({
        format: 'date',
        description:
          'Later than that is late. Left out for a business without an agreed day: it has a right to delivery within a reasonable time.',
      }),
    ),
    agreed: Type.Boolean({ description: 'Whether `lastDay` was agreed at checkout; else it is the law’s.' }),
    reasons: Reasons,
  },
  { title: 'DeliveryPromise' },
)
export type DeliveryPromise = Static<typeof DeliveryPromise>
