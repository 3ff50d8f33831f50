import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { RecallWritten } from '../recall.ts'
import { type StoredOrder, termsFor } from '../state.ts'

/** What a mail about a recall says beyond what the order tells. */
export type Recalled = Pick<RecallWritten, 'noticeId' | 'units' | 'scope' | 'notice'>

export const recalledOf = ({ noticeId, units, scope, notice }: Recalled): Recalled => ({
  noticeId,
  units,
  scope,
  notice,
})

const words = {
  nb: {
    subject: (name: string) => `Tilbakekalling av sikkerhetsgrunner: ${name}`,
    opening: (number: string) => `Noe du har kjøpt av oss i ordre ${number}, kalles tilbake fordi det kan være farlig:`,
    serial: (number: string) => `serienummer ${number}`,
    lot: (number: string) => `parti ${number}`,
    unknown: 'vi har ikke notert nummeret: se etter det på varen',
    lots: (lots: string) => `Tilbakekallingen gjelder parti ${lots}.`,
    serials: (ranges: string) => `Tilbakekallingen gjelder serienummer ${ranges}.`,
    range: (from: string, to: string) => (from === to ? from : `${from} til ${to}`),
    hazard: 'Dette er faren:',
    whatToDo: 'Gjør dette nå:',
    remedies: { repair: 'å få varen reparert', replacement: 'å få en annen vare', refund: 'å få pengene tilbake' },
    choose: (what: string, why: string) => `Du kan velge ${what}. Det koster deg ingenting ${why}.`,
    business: (why: string) => `Ta kontakt, så finner vi ut hva som skal skje med varen ${why}.`,
    or: ' eller ',
    passOn: 'Har du gitt eller solgt varen videre, gi beskjed til den som har den nå.',
    answer: 'Svar på denne e-posten, så hjelper vi deg.',
  },
  en: {
    subject: (name: string) => `Product safety recall: ${name}`,
    opening: (number: string) =>
      `Something that you bought from us in order ${number} is recalled since it may be dangerous:`,
    serial: (number: string) => `serial number ${number}`,
    lot: (number: string) => `lot ${number}`,
    unknown: 'we have not noted its number: look for it on the product',
    lots: (lots: string) => `The recall is of lot ${lots}.`,
    serials: (ranges: string) => `The recall is of serial numbers ${ranges}.`,
    range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    hazard: 'This is the hazard:',
    whatToDo: 'Do this now:',
    remedies: { repair: 'to have it repaired', replacement: 'to have another one', refund: 'to have your money back' },
    choose: (what: string, why: string) => `You may choose ${what}. It costs you nothing ${why}.`,
    business: (why: string) => `Get in touch, and we will find out what becomes of it ${why}.`,
    or: ' or ',
    passOn: 'If you have given or sold it to somebody, tell whoever has it now.',
    answer: 'Answer this email, and we will help you.',
  },
}

/**
 * Tells a customer, in the language of the order, that goods of theirs are recalled: which and how they are known, the hazard, what to do and
 * what they may choose (Regulation (EU) 2023/988 Art. 36).
 */
export function composeRecalled({ units, scope, notice }: Recalled, { state }: StoredOrder): Composed {
  const { locale, number, terms, customerKind } = state.placed
  const say = words[locale]
  const { reasons } = termsFor(state).recall({ customerKind })
  const why = `(${citedInWords(locale, reasons)})`
  const known = ({ serialNumber, lotNumber }: Recalled['units'][number]) =>
    [serialNumber && say.serial(serialNumber), lotNumber && say.lot(lotNumber)].filter(Boolean).join(', ') ||
    say.unknown
  const ranges = scope.serialNumbers?.map(({ from, to }) => say.range(from, to)).join(', ')
  const which = [scope.lotNumbers && say.lots(scope.lotNumbers.join(', ')), ranges && say.serials(ranges)]
  const may = notice.remedies.map((remedy) => say.remedies[remedy]).join(say.or)
  const paragraphs = [
    [say.opening(number), ...units.map((unit) => `${unit.quantity} × ${unit.name} (${known(unit)})`)].join('\n'),
    ...which.filter((each) => each !== undefined),
    [say.hazard, writtenLine(notice.hazard[locale])].join('\n'),
    [say.whatToDo, writtenLine(notice.whatToDo[locale])].join('\n'),
    customerKind === 'consumer' ? say.choose(may, why) : say.business(why),
    say.passOn,
    say.answer,
  ]
  return {
    locale,
    subject: say.subject(units[0]!.name),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
