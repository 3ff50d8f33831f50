import type { LinePart } from '@vilkar/contracts/parts.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { comingBack, type DeclaredReturn } from '../state.ts'

/** What a person is still to do, the last day to pay back (ISO 8601), and what both rest on. */
export type ReviewTold = { awaits: 'inspection' | 'assessment'; payBy: string; reasons: Reason[] }

const words = {
  nb: {
    subject: (number: string) => `Vi har fått varene du sendte tilbake, ordre ${number}`,
    came: 'Dette er kommet tilbake til oss:',
    empty: 'Pakken er kommet, men ingenting av det du skulle sende tilbake, var i den:',
    missing: 'Dette var ikke i pakken:',
    inspection: 'En person skal se på det, for retten til å angre på det avhenger av at forseglingen er hel.',
    nothing: 'En person finner ut hva som har skjedd, og hva det betyr for hva du får tilbake.',
    assessment:
      'Vi har sett på det, og det er ikke alt slik det ble sendt ut: noe er brukt, skadet, åpnet eller borte. En person vurderer om det betyr noe for hva du får tilbake.',
    day: (day: string) =>
      `Pengene skal være betalt tilbake senest ${day}, og den dagen flyttes ikke av at vi ser på varene. Betaler vi senere, har du krav på forsinkelsesrente.`,
    heard:
      'Mener vi at noe skal trekkes fra, får du først vite hva og hvorfor, og kan svare før det er avgjort. For bruk som trengs for å prøve en vare, trekkes ingenting fra (angrerettloven § 25).',
    follows: (cites: string) => `Dette følger av ${cites}. Vet du noe vi bør vite, så svar på denne e-posten.`,
  },
  en: {
    subject: (number: string) => `We have the goods that you sent back, order ${number}`,
    came: 'This has come back to us:',
    empty: 'The parcel has come, and nothing of what you were to send back was in it:',
    missing: 'This was not in the parcel:',
    inspection: 'A person is to look at it, since the right to withdraw from it hangs on the seal being intact.',
    nothing: 'A person finds out what has happened, and what that means for what you get back.',
    assessment:
      'We have looked at it, and not all of it is as it was sent out: something is used, damaged, opened or gone. A person judges whether that matters for what you get back.',
    day: (day: string) =>
      `The money is to be paid back by ${day} at the latest, and that day does not move because we look at the goods. If we pay later, you have a claim to interest.`,
    heard:
      'If we think that something is to be deducted, you are told what and why first, and may answer before it is decided. For use that it takes to try goods nothing is deducted (angrerettloven § 25).',
    follows: (cites: string) =>
      `This follows from ${cites}. If there is something that we should know, answer this mail.`,
  },
}

/** Tells a customer that their goods are here, that a person is to look at or judge them, by when they are paid, and that they are heard first (angrerettloven §§ 22, 24 and 25). */
export function underReview(
  { state }: { state: DeclaredReturn },
  facts: PlacedFacts,
  { awaits, payBy, reasons }: ReviewTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const named = (parts: LinePart[]) =>
    parts
      .filter(({ quantity }) => quantity > 0)
      .map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)
  const { units, missing = [] } = state.inspection ?? {}
  const came = mergeLines(units ?? comingBack(state))
  return letter(facts, page, say.subject(number), [
    came.length > 0 ? [say.came, ...named(came)].join('\n') : [say.empty, ...named(missing)].join('\n'),
    ...(came.length > 0 && missing.length > 0 ? [[say.missing, ...named(missing)].join('\n')] : []),
    `${say[came.length > 0 ? awaits : 'nothing']} ${say.day(formatDay(locale, payBy))}`,
    say.heard,
    say.follows(citedInWords(locale, reasons)),
  ])
}
