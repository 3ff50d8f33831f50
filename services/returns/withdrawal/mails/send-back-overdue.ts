import type { SendBackOverdue } from '@vilkar/contracts/returns-goods-back.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { alsoPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { comingBack, type DeclaredReturn } from '../state.ts'

/** What the decision rests on, as it was when it was taken. */
export type OverdueTold = Pick<SendBackOverdue['data'], 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Varene er ikke kommet, og pengene holdes tilbake, ordre ${number}`,
    opening: (day: string) => `Du angret på disse varene, og skulle sendt dem tilbake senest ${day}:`,
    decided:
      'Vi har minnet om det, og har verken fått dem eller sett at de er sendt. Du har angret, og skal fortsatt sende varene tilbake. Vi betaler ingenting tilbake før de er her, eller før du har vist at de er sendt.',
    follows: (cites: string) => `Dette følger av ${cites}. Vi skriver ikke om det flere ganger.`,
    open: 'Send varene, så får du pengene tilbake da.',
    worn: 'Er de brukt mer enn nødvendig, kan vi trekke fra for det (angrerettloven § 25).',
    keep: 'Vil du beholde varene, så svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `The goods have not come, and the money is held back, order ${number}`,
    opening: (day: string) => `You withdrew from these goods, and were to send them back by ${day}:`,
    decided:
      'We have reminded you, and have neither got them nor seen that they were sent. You have withdrawn, and are still to send the goods back. We pay nothing back before they are here, or before you have shown that they were sent.',
    follows: (cites: string) => `This follows from ${cites}. We do not write about it again.`,
    open: 'Send the goods, and you get the money back then.',
    worn: 'If they were used more than needed, we may deduct for that (angrerettloven § 25).',
    keep: 'If you would rather keep the goods, answer this mail.',
  },
}

/** Tells a customer, for good, that the duty to send the goods stays and that the money waits for them (angrerettloven §§ 23–25). */
export function sendBackOverdue(
  { state }: { state: DeclaredReturn },
  facts: PlacedFacts,
  { reasons }: OverdueTold,
  page?: string,
): Composed {
  const { locale, number, disclosures } = facts
  // Of who was not told of the right nothing is deducted for wear.
  const informed = disclosures.withdrawalInformation || disclosures.withdrawalInformationGivenAt !== undefined
  const say = words[locale]
  const lines = comingBack(state).filter(({ quantity }) => quantity > 0)
  return letter(facts, page, say.subject(number), [
    [
      say.opening(formatDay(locale, state.declared.sendBackBy)),
      ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`),
    ].join('\n'),
    `${say.decided} ${say.follows(citedInWords(locale, reasons))}`,
    ...alsoPossible(facts, [[say.open, ...(informed ? [say.worn] : [])].join(' '), say.keep]),
    disagreement(facts, Temporal.Instant.from(state.overdueAt!)),
  ])
}
