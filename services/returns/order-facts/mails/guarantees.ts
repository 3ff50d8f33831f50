import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { GuaranteesTold } from '../guarantees.ts'
import type { PlacedFacts } from '../projection.ts'
import { namesIn } from './names.ts'

const words = {
  nb: {
    ours: (what: string, day: string) => `Vi har gitt garanti på ${what}, til ${day}. Den dekker:`,
    theirs: (what: string, who: string, day: string) =>
      `${who} har gitt garanti på ${what}, til ${day}, og svarer for den. Den dekker:`,
    besides: (cites: string) =>
      `Garantien kommer i tillegg til rettene dine etter loven og tar ingenting fra dem. Dette følger av ${cites}.`,
  },
  en: {
    ours: (what: string, day: string) => `We have given a guarantee for ${what}, until ${day}. It covers:`,
    theirs: (what: string, who: string, day: string) =>
      `${who} has given a guarantee for ${what}, until ${day}, and answers for it. It covers:`,
    besides: (cites: string) =>
      `The guarantee comes on top of your rights by law and takes nothing from them. This follows from ${cites}.`,
  },
}

/** What a guarantee gives besides the law, a paragraph each; nothing where none runs (forbrukerkjøpsloven § 18 a). */
export function guaranteesInWords(facts: PlacedFacts, guarantees: GuaranteesTold = []): string[] {
  const { locale } = facts
  const say = words[locale]
  return guarantees.map(({ lineId, by, guarantor, covers, until, reasons }) => {
    const what = namesIn(facts)(lineId)
    const day = until ? formatDay(locale, until) : ''
    const opening = by === 'seller' ? say.ours(what, day) : say.theirs(what, writtenLine(guarantor ?? ''), day)
    return `${opening} ${writtenLine(covers)}. ${say.besides(citedInWords(locale, reasons))}`
  })
}
