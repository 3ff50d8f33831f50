import type { SendBackReminded } from '@vilkar/contracts/returns-goods-back.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { comingBack, type DeclaredReturn } from '../state.ts'

/** What the reminder rests on, as it was when it was due. */
export type ReminderTold = Pick<SendBackReminded['data'], 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Vi har ikke fått varene tilbake, ordre ${number}`,
    opening: (declared: string, day: string) =>
      `Du angret på disse varene ${declared}, og skulle sendt dem tilbake senest ${day}:`,
    what: 'Vi har ikke fått dem, og ikke sett at de er sendt. Har du sendt dem, så vis oss kvitteringen eller sporingsnummeret ved å svare på denne e-posten. Hvis ikke, send dem så snart du kan.',
    follows: (cites: string) =>
      `Angringen din står ved lag, også om varene kommer for sent. Pengene betaler vi tilbake når varene er her, eller når du har vist at de er sendt, og ikke før. Dette følger av ${cites}.`,
    keep: 'Vil du beholde varene likevel, så svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `We have not got the goods back, order ${number}`,
    opening: (declared: string, day: string) =>
      `You withdrew from these goods on ${declared}, and were to send them back by ${day}:`,
    what: 'We have not got them, and have not seen that they were sent. If you sent them, show us the receipt or the tracking number by answering this mail. If you did not, send them as soon as you can.',
    follows: (cites: string) =>
      `Your withdrawal stands, even if the goods come late. We pay the money back once the goods are here, or once you have shown that they were sent, and not before. This follows from ${cites}.`,
    keep: 'If you would rather keep the goods, answer this mail.',
  },
}

/** Reminds a customer whose day to send the goods has passed, and says what follows (angrerettloven §§ 24 and 25). */
export function sendBackReminder(
  { state }: { state: DeclaredReturn },
  facts: PlacedFacts,
  { reasons }: ReminderTold,
  page?: string,
): Composed {
  const { locale, number, terms } = facts
  const say = words[locale]
  const { declaredAt, sendBackBy } = state.declared
  const declaredOn = Temporal.Instant.from(declaredAt).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const lines = comingBack(state).filter(({ quantity }) => quantity > 0)
  const paragraphs = [
    [
      say.opening(formatDay(locale, declaredOn), formatDay(locale, sendBackBy)),
      ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`),
    ].join('\n'),
    say.what,
    `${say.follows(citedInWords(locale, reasons))} ${say.keep}`,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
