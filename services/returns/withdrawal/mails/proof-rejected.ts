import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { alsoPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredReturn } from '../store.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi fant ikke pakken du har sendt tilbake, ordre ${number}`,
    notFound: 'Du har sagt fra at varene er sendt tilbake. Vi har sett på det, og kan ikke se at de er sendt.',
    why: (reason: string) => `Grunnen: ${reason}`,
    money: (cites: string) =>
      `Angringen din står ved lag. Pengene kommer når sendingen er bekreftet eller varene er her. Dette følger av ${cites}.`,
    ways: [
      'Har du sendt dem: vis oss kvitteringen eller et sporingsnummer som virker, eller svar på denne e-posten.',
      'Har du ikke sendt dem ennå: send dem. Angringen gjelder også om de kommer sent.',
      'Vil du beholde dem likevel: svar på denne e-posten.',
    ],
  },
  en: {
    subject: (number: string) => `We did not find the parcel that you sent back, order ${number}`,
    notFound: 'You told us that the goods have been sent back. We looked, and cannot see that they have.',
    why: (reason: string) => `The reason: ${reason}`,
    money: (cites: string) =>
      `Your withdrawal stands. Your money comes once the sending is confirmed or the goods are here. This follows from ${cites}.`,
    ways: [
      'If you did send them: show us the receipt or a tracking number that works, or answer this mail.',
      'If you have not sent them yet: send them. The withdrawal holds even if they come late.',
      'If you would rather keep them: answer this mail.',
    ],
  },
}

/** Tells a customer that their proof of sending was rejected, why, what that rests on, and what they can still do (angrerettloven §§ 24 and 25). */
export function composeProofRejected(
  { state, personal }: Pick<StoredReturn, 'state' | 'personal'>,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number, country } = facts
  const say = words[locale]
  const noticeAt = Temporal.Instant.from(state.declared.declaredAt)
  const terms = termsOf(state.declared.terms.edition)
  const reasons = [
    ...terms.refundDue({ noticeReceivedAt: noticeAt }).reasons,
    ...terms.sendBackBy(noticeAt, country).reasons,
  ]
  return letter(facts, page, say.subject(number), [
    say.notFound,
    ...(personal.judgement ? [say.why(writtenLine(personal.judgement))] : []),
    say.money(citedInWords(locale, reasons)),
    ...alsoPossible(facts, say.ways),
    disagreement(facts, noticeAt),
  ])
}
