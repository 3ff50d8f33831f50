import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredExchange } from '../store.ts'
import type { ExchangeMail } from './kinds.ts'

const words = {
  nb: {
    agreed: (number: string) => `Slik bytter du, ordre ${number}`,
    ended: (number: string) => `Byttet ble ikke noe av, ordre ${number}`,
    back: 'Dette sender du tilbake:',
    sums: (back: string, total: string) => `Du får tilbake ${back} for det, og den nye ordren koster ${total}.`,
    pay: (amount: string) => `Til sammen betaler du altså ${amount} mer.`,
    have: (amount: string) => `Til sammen får du altså ${amount} tilbake.`,
    even: 'Til sammen går det opp i opp.',
    whole:
      'Pengene flyttes i to hele beløp: du betaler for den nye ordren, og får igjen for det du sender tilbake. Det du sender tilbake, følger sin egen rett og sine egne frister, som står i kvitteringen for returen. De nye varene har sine egne frister fra du får dem.',
    rests: (cites: string) => `Returen følger av ${cites}.`,
    'new-order-cancelled':
      'Den nye ordren er over, og vi bytter derfor ikke. Returen gjelder som før: du får igjen pengene for det du sender tilbake.',
    'never-returned':
      'Vi har ikke fått det du skulle sende tilbake, og regner byttet som over. Den nye ordren er din som enhver annen. Har du rett til å få penger igjen for det gamle, har du den fortsatt.',
    exchanged: '',
  },
  en: {
    agreed: (number: string) => `How you exchange, order ${number}`,
    ended: (number: string) => `The exchange did not come about, order ${number}`,
    back: 'This you send back:',
    sums: (back: string, total: string) => `You get ${back} back for it, and the new order costs ${total}.`,
    pay: (amount: string) => `So you pay ${amount} more in all.`,
    have: (amount: string) => `So you have ${amount} back in all.`,
    even: 'In all it comes out even.',
    whole:
      'The money moves in two whole sums: you pay for the new order, and are paid back for what you send back. What you send back follows its own right and its own days, which stand in the receipt of the return. The new goods have their own periods from when you have them.',
    rests: (cites: string) => `The return follows from ${cites}.`,
    'new-order-cancelled':
      'The new order is over, so that we do not exchange. The return holds as before: you are paid back for what you send back.',
    'never-returned':
      'We have not had what you were to send back, and take the exchange to be over. The new order is yours as any other. If you have a right to be paid back for the old goods, you have it still.',
    exchanged: '',
  },
}

/** Tells a customer how the two parts of an exchange hang together, or that one of them will not be. */
export function composeExchangeMail(
  { state }: Pick<StoredExchange, 'state'>,
  kind: ExchangeMail,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number, currency } = facts
  const say = words[locale]
  const { lines, refundEstimate, newTotal, difference, reasons } = state.agreed
  const rests = say.rests(citedInWords(locale, reasons))
  if (kind === 'exchange-ended')
    return letter(facts, page, say.ended(number), [`${say[state.ended!.outcome]} ${rests}`])
  const money = (minor: number) => formatMoney(locale, minor, currency)
  const net = difference > 0 ? say.pay(money(difference)) : difference < 0 ? say.have(money(-difference)) : say.even
  return letter(facts, page, say.agreed(number), [
    [say.back, ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)].join('\n'),
    `${say.sums(money(refundEstimate), money(newTotal))} ${net}`,
    `${say.whole} ${rests}`,
  ])
}
