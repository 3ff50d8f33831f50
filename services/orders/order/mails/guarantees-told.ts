import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Attachment } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import {
  durabilityLabelOfTheUnion,
  guaranteeNoticeOfTheUnion,
  type NoticePart,
} from '@vilkar/terms/statute/guarantee-notice.ts'
import { type PlacedOrder, termsFor } from '../state.ts'
import { type Label, labelsPdf, noticePdf } from './guarantee-pdf.ts'

const words = {
  nb: {
    notice: (cites: string) =>
      `Der varene skal, har du krav på denne kunngjøringen om rettene dine etter loven (${cites}). Den er den samme i hele EU og finnes ikke på norsk. Kort sagt: er varen ikke som avtalt innen to år fra levering, kan du kreve retting eller omlevering uten kostnad, ellers prisavslag eller pengene tilbake. Med QR-kode ligger kunngjøringen ved som PDF.`,
    label: (cites: string) =>
      `Der varene skal, har du krav på dette merket, som er det samme i hele EU (${cites}). Med QR-kode ligger det ved som PDF.`,
    says: (years: number, by: string) =>
      `${by} garanterer holdbarheten i ${years} år fra du får varen. Garantien gjelder hele varen og koster ingenting ekstra.`,
    besides: 'Ved siden av den står rettene dine etter loven i minst to år, som selgeren svarer for.',
    years: (years: number) => `${years} år`,
    ...{ brand: 'Merke', model: 'Modell' },
  },
  en: {
    notice: (cites: string) =>
      `Where the goods go you are owed this notice on your rights by law (${cites}). It is the same in the whole EU. It is attached as PDF, with its QR code.`,
    label: (cites: string) =>
      `Where the goods go you are owed this label, which is the same in the whole EU (${cites}). It is attached as PDF, with its QR code.`,
    says: (years: number, by: string) =>
      `${by} guarantees durability for ${years} years from when you have it. The guarantee covers the whole good and costs nothing extra.`,
    besides: 'Beside it stand your rights by law for at least two years, for which the seller answers.',
    years: (years: number) => `${years} years`,
    ...{ brand: 'Brand', model: 'Model' },
  },
}

/**
 * What a confirmation says of guarantees by the law of where the goods go: the notice of the legal guarantee, and the label of each guarantee of
 * durability; nothing where no law wants it. In words, and as PDF with the QR codes, since the confirmation is what the customer keeps
 * (Directive 2011/83/EU, Art. 6(1)(l), 6(1)(la) and 8(7)). `at` is when it goes; a contract that stands has what was owed when it was formed.
 */
export async function guaranteesTold(
  state: PlacedOrder,
  at: Temporal.Instant,
): Promise<{ paragraphs: string[]; attachments: Attachment[] }> {
  const { placed, formedAt } = state
  const { customerKind, country, locale } = placed
  const terms = termsFor(state)
  const when = formedAt === undefined ? at : Temporal.Instant.from(formedAt)
  const to = { customerKind, country, at: when, on: 'confirmation' } as const
  const notice = terms.guaranteeNotice(to)
  const labelled = placed.lines.flatMap(({ name, guarantee }) => {
    const ruling = guarantee && terms.durabilityLabel(guarantee, to)
    return ruling ? [{ label: labelOf(locale, name, guarantee), reasons: ruling.reasons }] : []
  })
  const by = { author: sellerOf(placed.terms.edition).name, on: placed.terms.edition.split('/').at(-1)! }
  const say = words[locale]
  const labels = labelled.map(({ label }) => label)
  return {
    paragraphs: [
      ...(notice ? [say.notice(citedInWords(locale, notice.reasons)), ...noticeInWords()] : []),
      ...(labels.length > 0
        ? [
            say.label(
              citedInWords(
                locale,
                labelled.flatMap(({ reasons }) => reasons),
              ),
            ),
          ]
        : []),
      ...labels.map(({ title, goods, lines, link }) => [`${title}: ${goods}`, ...lines, link].join('\n')),
    ],
    attachments: [
      ...(notice ? [pdf('legal-guarantee.pdf', await noticePdf(by), true)] : []),
      ...(labels.length > 0 ? [pdf('GARAN.pdf', await labelsPdf(labels, { ...by, locale }))] : []),
    ],
  }
}

type Labelled = NonNullable<PlacedOrder['placed']['lines'][number]['guarantee']>

/** What the label says of goods, a line each. */
function labelOf(locale: 'nb' | 'en', goods: string, { years, guarantor, durability }: Labelled): Label {
  const say = words[locale]
  const { brand, model } = durability!
  return {
    ...durabilityLabelOfTheUnion,
    ...{ goods, years: say.years(years) },
    lines: [
      `${say.brand}: ${writtenLine(brand)}. ${say.model}: ${writtenLine(model)}`,
      say.says(years, writtenLine(guarantor ?? brand)),
      say.besides,
    ],
  }
}

/** The notice as paragraphs, in its own words and order. */
const noticeInWords = () => [
  [guaranteeNoticeOfTheUnion.title, ...partInWords(guaranteeNoticeOfTheUnion.parts[0]!)].join('\n'),
  ...guaranteeNoticeOfTheUnion.parts.slice(1).map((part) => partInWords(part).join('\n')),
]
const partInWords = ({ text, points = [], steps = [], link }: NoticePart) => [
  text,
  ...points.map((point) => `– ${point}`),
  ...steps.map((step, i) => `${i + 1}. ${step}`),
  ...(link ? [link] : []),
]

const pdf = (filename: string, content: Buffer, everybodyHasIt = false): Attachment => ({
  ...{ filename, content, contentType: 'application/pdf' },
  ...(everybodyHasIt && { manyHaveIt: true as const }),
})
