import type { ReturnAssessed } from '@vilkar/contracts/returns-inspection.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { alsoPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredReturn } from '../store.ts'
import { deductionsInWords } from './deductions.ts'

/** What was judged, for as long as the customer may answer. */
export type AssessmentTold = Pick<ReturnAssessed['data'], 'deductions'> & { heardUntil: string }

const words = {
  nb: {
    subject: (number: string) => `Vi har sett på varene du sendte tilbake, ordre ${number}`,
    opening: 'Vi har sett på det som kom tilbake, og mener at du ikke får igjen alt. Dette vil vi trekke fra:',
    answer: (moment: string, sum: string) =>
      `Vet du noe vi ikke vet, så svar på denne e-posten innen ${moment}. En person leser svaret før vi bestemmer oss. Hører vi ikke fra deg, trekker vi ${sum} fra og betaler tilbake resten.`,
    ways: ['Svar, med bilder om du har: vi bestemmer oss ikke før en person har lest det.'],
    missing: 'Finner du det som manglet i pakken: send det, så betaler vi for det også.',
  },
  en: {
    subject: (number: string) => `We have looked at the goods that you sent back, order ${number}`,
    opening:
      'We have looked at what came back, and think that you do not get all of it back. This is what we mean to deduct:',
    answer: (moment: string, sum: string) =>
      `If you know something that we do not, answer this mail by ${moment}. A person reads it before we decide. If we do not hear from you we deduct ${sum} and pay back the rest.`,
    ways: ['Answer, with pictures if you have any: we do not decide before a person has read it.'],
    missing: 'If you find what was missing from the parcel: send it, and we pay for it too.',
  },
}

/** Hears a customer before anything is deducted: what, how much, why, and until when they may answer (angrerettloven § 25). */
export function returnAssessed(
  { personal }: Pick<StoredReturn, 'personal'>,
  facts: PlacedFacts,
  { deductions, heardUntil }: AssessmentTold,
): Composed {
  const { locale, number, currency, terms } = facts
  const say = words[locale]
  const at = Temporal.Instant.from(heardUntil).toZonedDateTimeISO('Europe/Oslo')
  const moment = `${formatDay(locale, at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
  const sum = deductions.reduce((all, { amount }) => all + amount, 0)
  const paragraphs = [
    [say.opening, ...deductionsInWords(deductions, facts, personal.grounds)].join('\n'),
    say.answer(moment, formatMoney(locale, sum, currency)),
    ...alsoPossible(facts, [
      ...say.ways,
      ...(deductions.some(({ why }) => why === 'not-in-parcel') ? [say.missing] : []),
    ]),
    disagreement(facts, Temporal.Instant.from(heardUntil)),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
