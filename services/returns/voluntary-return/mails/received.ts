import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { lookedAtUntil, type RequestedReturn } from '../state.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har fått varene du sendte tilbake, ordre ${number}`,
    came: 'Pakken med dette er kommet til oss:',
    looked: (day: string) =>
      `En person ser om det er ubrukt, uskadd og i originalemballasjen. Det som er det, betaler vi tilbake senest ${day}. Har ingen sett på det innen da, betaler vi for alt.`,
    otherwise: 'Er noe ikke slik, er det fortsatt ditt, og vi skriver til deg om hvorfor og om hva du kan gjøre.',
    follows: (cites: string) => `Dette følger av ${cites}. Vet du noe vi bør vite, så svar på denne e-posten.`,
  },
  en: {
    subject: (number: string) => `We have the goods that you sent back, order ${number}`,
    came: 'The parcel with this has come to us:',
    looked: (day: string) =>
      `A person looks whether it is unused, undamaged and in its original packaging. What is so we pay back by ${day} at the latest. If nobody has looked by then, we pay for all of it.`,
    otherwise: 'What is not so is still yours, and we write to you why, and what you can do.',
    follows: (cites: string) =>
      `This follows from ${cites}. If there is something that we should know, answer this mail.`,
  },
}

/** Tells a customer that goods of a return by the offer are here, what a person looks at, and by when they are paid (clause 9). */
export function voluntaryReceived(state: RequestedReturn, facts: PlacedFacts, page?: string): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const { lines, reasons } = state.requested
  const day = formatDay(locale, osloDay(Temporal.Instant.from(lookedAtUntil(state))))
  return letter(facts, page, say.subject(number), [
    [say.came, ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)].join('\n'),
    `${say.looked(day)} ${say.otherwise}`,
    say.follows(citedInWords(locale, reasons)),
  ])
}
