import type { LinePart } from '@vilkar/contracts/parts.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { unitsOf } from '../state.ts'
import type { StoredComplaint } from '../store.ts'
import { named } from './judged.ts'
import type { NotSentTold } from './not-sent.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har ikke fått den defekte varen tilbake, ordre ${number}`,
    opening: (day: string) => `Du har fått nytt i bytte for dette, og skulle sendt det defekte tilbake innen ${day}:`,
    reminder:
      'Vi har ikke fått det, og ikke sett at det er sendt. Svar på denne e-posten, så får du en returetikett. Vi betaler frakten. Har du sendt det, så vis oss kvitteringen.',
    overdue:
      'Vi har fortsatt ikke fått det, og ikke sett at det er sendt. Det er vårt, og du skal fortsatt sende det, på vår regning: svar på denne e-posten, så får du en returetikett. En person hos oss ser på saken.',
    rests: (cites: string) => `Det nye er ditt uansett, og rettene dine er de samme. Dette følger av ${cites}.`,
    waived: (number: string) => `Du kan beholde den defekte varen, ordre ${number}`,
    keep: 'Du har fått nytt i bytte for dette, og trenger ikke sende det defekte tilbake:',
    rid: 'Kast det i så fall der slikt skal kastes, eller lever det til en butikk som selger slikt.',
  },
  en: {
    subject: (number: string) => `We have not got the defective goods back, order ${number}`,
    opening: (day: string) =>
      `You have new goods in return for this, and were to send the defective ones back by ${day}:`,
    reminder:
      'We have not got them, and have not seen that they were sent. Answer this mail for a return label. We pay the way back. If you sent them, show us the receipt.',
    overdue:
      'We still have not got them, and have not seen that they were sent. They are ours, and you are still to send them, at our cost: answer this mail for a return label. Somebody of ours looks into it.',
    rests: (cites: string) =>
      `The new goods are yours all the same, and so are your rights. This follows from ${cites}.`,
    waived: (number: string) => `You may keep the defective goods, order ${number}`,
    keep: 'You have new goods in return for this, and need not send the defective ones back:',
    rid: 'If you do not keep them, please dispose of them where such things are to go, or take them to a shop that sells such things.',
  },
}

/** Reminds who has new goods to send the defective ones back at the seller's cost, or says for good that they are still to (§ 30). */
export function defectiveNotSent(
  { state }: Pick<StoredComplaint, 'state'>,
  facts: PlacedFacts,
  which: 'reminder' | 'overdue',
  { sendBackBy, reasons }: NotSentTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const lines = state.defective?.lines ?? unitsOf(state)
  return letter(facts, page, say.subject(number), [
    [say.opening(formatDay(locale, sendBackBy)), ...named(facts, lines)].join('\n'),
    `${say[which]} ${say.rests(citedInWords(locale, reasons))}`,
  ])
}

/** Tells a customer that they may keep the defective goods. */
export function defectiveWaived(facts: PlacedFacts, { lines }: { lines: LinePart[] }, page?: string): Composed {
  const say = words[facts.locale]
  return letter(facts, page, say.waived(facts.number), [[say.keep, ...named(facts, lines)].join('\n'), say.rid])
}
