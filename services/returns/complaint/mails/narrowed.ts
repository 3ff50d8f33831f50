import type { ComplaintNarrowed } from '@vilkar/contracts/returns-complaint.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'

/** Which units a complaint is about no more, and which it still is. */
export type NarrowedTold = Pick<ComplaintNarrowed['data'], 'gone' | 'left' | 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Reklamasjonen gjelder ikke lenger alt, ordre ${number}`,
    over: (number: string) => `Reklamasjonen er over, ordre ${number}`,
    gone: 'Dette får du pengene tilbake for på annen måte, og reklamasjonen gjelder det derfor ikke lenger:',
    left: 'Reklamasjonen gjelder fortsatt dette, og går videre som før:',
    rests: (cites: string) => `Dette følger av ${cites}. Er du uenig, så svar på denne e-posten.`,
  },
  en: {
    subject: (number: string) => `The complaint is not about all of it any more, order ${number}`,
    over: (number: string) => `The complaint is over, order ${number}`,
    gone: 'You get the money back for this in another way, so the complaint is not about it any more:',
    left: 'The complaint is still about this, and goes on as before:',
    rests: (cites: string) => `This follows from ${cites}. If you disagree, answer this mail.`,
  },
}

/** Tells a customer which goods a complaint is about no more, since they went back by another right. */
export function complaintNarrowed(facts: PlacedFacts, { gone, left, reasons }: NarrowedTold, page?: string): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const named = (parts: NarrowedTold['gone']) =>
    parts.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)
  return letter(facts, page, (left.length > 0 ? say.subject : say.over)(number), [
    [say.gone, ...named(gone)].join('\n'),
    ...(left.length > 0 ? [[say.left, ...named(left)].join('\n')] : []),
    say.rests(citedInWords(locale, reasons)),
  ])
}
