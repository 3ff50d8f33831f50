import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { isOneOf, stillPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { type RequestedReturn, waitedForUntil } from '../state.ts'

const words = {
  nb: {
    reminder: (number: string) => `Vi har ikke fått varene tilbake, ordre ${number}`,
    opening: (day: string) => `Du ba om å sende dette tilbake frivillig, og skulle sendt det senest ${day}:`,
    follows: (day: string) =>
      `Vi har ikke fått det. Har du sendt det, så vis oss kvitteringen ved å svare på denne e-posten. Kommer det ikke før ${day}, regner vi med at du beholder det.`,
    ended: (number: string) => `Den frivillige returen er avsluttet, ordre ${number}`,
    over: {
      'never-sent': 'Vi har ikke fått dette, og regner med at du beholder det:',
      'given-up': 'Du beholder dette, som du hadde bedt om å sende tilbake:',
    },
    rests: (cites: string) => `Ingenting betales tilbake. Dette følger av ${cites}.`,
    rights: 'Alle andre rettigheter du har, er som før.',
  },
  en: {
    reminder: (number: string) => `We have not got the goods back, order ${number}`,
    opening: (day: string) => `You asked to send this back by our offer, and were to send it by ${day}:`,
    follows: (day: string) =>
      `We have not got it. If you sent it, show us the receipt by answering this mail. If it does not come before ${day}, we take it that you keep it.`,
    ended: (number: string) => `The voluntary return is over, order ${number}`,
    over: {
      'never-sent': 'We have not got this, and take it that you keep it:',
      'given-up': 'You keep this, which you had asked to send back:',
    },
    rests: (cites: string) => `Nothing is paid back. This follows from ${cites}.`,
    rights: 'All other rights that you have are as they were.',
  },
}

/** Reminds a customer whose day to send the goods has passed, and says what follows. */
export const voluntaryReminder = (state: RequestedReturn, facts: PlacedFacts, page?: string): Composed => {
  const { locale, number } = facts
  const say = words[locale]
  const until = Temporal.Instant.from(waitedForUntil(state)).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const opening = say.opening(formatDay(locale, state.requested.sendBackBy))
  return written(
    state,
    facts,
    { subject: say.reminder(number), opening, next: [say.follows(formatDay(locale, until))] },
    page,
  )
}

/** Tells a customer that a return is over without money, and that nothing else is. */
export const voluntaryEnded = (state: RequestedReturn, facts: PlacedFacts, page?: string): Composed => {
  const say = words[facts.locale]
  const { outcome, reasons } = state.ended!
  const opening = say.over[outcome as keyof typeof say.over]
  const why = outcome === 'never-sent' ? `${say.rests(citedInWords(facts.locale, reasons))} ` : ''
  const at = Temporal.Instant.from(state.ended!.endedAt)
  const next = [
    `${why}${say.rights}`,
    ...stillPossible(facts, at, isOneOf(state.requested.lines)),
    ...(outcome === 'never-sent' ? [disagreement(facts, at)] : []),
  ]
  return written(state, facts, { subject: say.ended(facts.number), opening, next }, page)
}

function written(
  { requested }: RequestedReturn,
  facts: PlacedFacts,
  { subject, opening, next }: { subject: string; opening: string; next: string[] },
  page: string | undefined,
): Composed {
  const { locale, terms } = facts
  const paragraphs = [
    [opening, ...requested.lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)].join('\n'),
    ...next,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject, text: paragraphs.join('\n\n') }
}
