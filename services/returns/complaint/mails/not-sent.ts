import type { SendBackOverdue } from '@vilkar/contracts/returns-goods-back.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { alsoPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredComplaint } from '../store.ts'

/** By when the goods were to be sent, and what it rests on that the money waits for them. */
export type NotSentTold = Pick<SendBackOverdue['data'], 'sendBackBy' | 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Vi har ikke fått varene tilbake, ordre ${number}`,
    opening: (day: string) => `Du hevet kjøpet av dette, og skulle sendt det tilbake senest ${day}:`,
    reminder:
      'Vi har ikke fått det, og ikke sett at det er sendt. Vi betaler returen. Har du sendt det, så vis oss kvitteringen ved å svare på denne e-posten. Hvis ikke, send det så snart du kan.',
    overdue:
      'Vi har fortsatt ikke fått det, og ikke sett at det er sendt. Kjøpet er hevet, og du skal fortsatt sende det tilbake, på vår regning. Vi minner ikke om det flere ganger.',
    follows: (cites: string) =>
      `Begge gir tilbake det de har fått: pengene betaler vi når varene er her, og ikke før. Dette følger av ${cites}.`,
    keep: 'Vil du beholde varene likevel, eller er du uenig, så svar på denne e-posten.',
    ways: [
      'Send varene på vår regning, så får du pengene tilbake da.',
      'Vil du beholde varene, så svar på denne e-posten.',
    ],
  },
  en: {
    subject: (number: string) => `We have not got the goods back, order ${number}`,
    opening: (day: string) => `You cancelled the purchase of this, and were to send it back by ${day}:`,
    reminder:
      'We have not got it, and have not seen that it was sent. We pay for the way back. If you sent it, show us the receipt by answering this mail. If you did not, send it as soon as you can.',
    overdue:
      'We still have not got it, and have not seen that it was sent. The purchase is cancelled, and you are still to send it back, at our cost. We do not remind you again.',
    follows: (cites: string) =>
      `Both give back what they got: we pay the money once the goods are here, and not before. This follows from ${cites}.`,
    keep: 'If you would rather keep the goods, or if you disagree, answer this mail.',
    ways: [
      'Send the goods at our cost, and you get the money back then.',
      'If you would rather keep the goods, answer this mail.',
    ],
  },
}

/** Reminds who has not sent goods of a cancelled purchase, or tells them, for good, that the money waits for the goods. */
export function goodsNotSent(
  { state }: Pick<StoredComplaint, 'state'>,
  facts: PlacedFacts,
  which: 'reminder' | 'overdue',
  { sendBackBy, reasons }: NotSentTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const follows = say.follows(citedInWords(locale, reasons))
  const lines = state.received.lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)
  return letter(facts, page, say.subject(number), [
    [say.opening(formatDay(locale, sendBackBy)), ...lines].join('\n'),
    say[which],
    ...(which === 'reminder'
      ? [`${follows} ${say.keep}`]
      : [
          follows,
          ...alsoPossible(facts, say.ways),
          disagreement(facts, startOfOsloDay(Temporal.PlainDate.from(sendBackBy))),
        ]),
  ])
}
