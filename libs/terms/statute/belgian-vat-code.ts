import { citer, type Standing } from './act.ts'

const standing: Standing = {
  status: 'in-force',
  note: 'Ten years since 2023, seven before; the code of economic law (Art. III.86) asks for seven and is within it.',
  source: 'the amending text as others quote it, and summaries of it',
  checked: { on: '2026-11-28', how: 'second-hand' },
}

/** The Belgian VAT Code (btw-wetboek, Code de la TVA), in our own words: what a controller seated in Belgium keeps of its sales. */
export const belgianVatCode = Object.assign(
  citer(
    { nb: 'den belgiske merverdiavgiftsloven (btw-wetboek)', en: 'the Belgian VAT Code (btw-wetboek)' },
    {
      'Art. 60 § 4': {
        en: 'Invoices and other documents of sales are kept for ten years from 1 January of the year after their date.',
        nb: 'Fakturaer og andre salgsdokumenter oppbevares i ti år fra 1. januar året etter datoen de har.',
      },
    },
  ),
  { standing },
)

/** The last day to keep a document of a sale: the calendar year counts, whatever the financial year is. Source: Art. 60 § 4. */
export const salesKeptThrough = (documentOn: Temporal.PlainDate) =>
  Temporal.PlainDate.from({ year: documentOn.year + 10, month: 12, day: 31 })
