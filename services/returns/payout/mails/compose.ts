import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredPayout } from '../store.ts'
import type { PayoutMail } from './kinds.ts'

const words = {
  nb: {
    subject: {
      'goodwill-given': (amount: string, number: string) => `Du får ${amount} av oss, ordre ${number}`,
      'late-interest-counted': (_: string, number: string) => `Du har renter til gode, ordre ${number}`,
      'late-interest-owed': (amount: string, number: string) => `Du får ${amount} i forsinkelsesrente, ordre ${number}`,
    },
    goodwill: (amount: string) =>
      `Vi gir deg ${amount}. Dette har du ikke krav på etter kjøpet, og det kommer i tillegg til alt du har rett til: angrer du, klager du eller sender du noe tilbake, får du like mye igjen som ellers.`,
    late: (refund: string, due: string, paid: string) =>
      `Vi skulle ha betalt deg tilbake ${refund} senest ${due}, og gjorde det først ${paid}. Det beklager vi.`,
    owed: (amount: string, days: number) =>
      `Derfor har du ${amount} i forsinkelsesrente: enkel rente av beløpet i ${days} dager, med satsen for hvert halvår.`,
    least: (amount: string, days: number, unknown: string, by: string) =>
      `Derfor har du forsinkelsesrente til gode: enkel rente av beløpet i ${days} dager. Regnet etter den laveste satsen loven åpner for, er det ${amount}. Satsen ${unknown} slår vi opp innen ${by}, og da skriver vi til deg igjen.`,
    unknown: (from: string, until: string) => `fra ${from} til ${until}`,
    someDays: 'for noen av dagene',
    due: (day: string, cites: string) =>
      `Pengene betales til bankkontoen din senest ${day}: svar på denne e-posten med kontonummeret du vil ha dem på. Dette følger av ${cites}.`,
    rests: (cites: string) => `Dette følger av ${cites}. Er du uenig, så svar på denne e-posten.`,
  },
  en: {
    subject: {
      'goodwill-given': (amount: string, number: string) => `You get ${amount} from us, order ${number}`,
      'late-interest-counted': (_: string, number: string) => `You are owed interest, order ${number}`,
      'late-interest-owed': (amount: string, number: string) => `You get ${amount} in interest, order ${number}`,
    },
    goodwill: (amount: string) =>
      `We give you ${amount}. You have no claim to this by the purchase, and it comes on top of all that you have a right to: if you withdraw, complain or send something back, you get as much back as you otherwise would.`,
    late: (refund: string, due: string, paid: string) =>
      `We should have paid you back ${refund} by ${due}, and did so on ${paid} only. We are sorry for that.`,
    owed: (amount: string, days: number) =>
      `So you have ${amount} in interest on late payment: simple interest on the sum for ${days} days, at the rate of each half-year.`,
    least: (amount: string, days: number, unknown: string, by: string) =>
      `So you are owed interest on late payment: simple interest on the sum for ${days} days. By the lowest rate that the law allows it is ${amount}. The rate ${unknown} we look up by ${by}, and then write to you again.`,
    unknown: (from: string, until: string) => `from ${from} to ${until}`,
    someDays: 'of some of the days',
    due: (day: string, cites: string) =>
      `The money is paid to your bank account by ${day} at the latest: answer this mail with the number of the account that you want it on. This follows from ${cites}.`,
    rests: (cites: string) => `This follows from ${cites}. If you disagree, answer this mail.`,
  },
}

/** Tells a customer what they have besides refunds: how much, why, how it is worked out, and by when. */
export function composePayoutMail(
  { state }: Pick<StoredPayout, 'state'>,
  kind: PayoutMail,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number, currency } = facts
  const say = words[locale]
  const { proposed, decided } = state
  const { amount, reasons } = kind === 'late-interest-counted' ? proposed : decided!
  const money = (minor: number) => formatMoney(locale, minor, currency)
  const day = (text: string) => formatDay(locale, text)
  const cites = citedInWords(locale, reasons)
  const { interest, rateUnknown, answerBy } = proposed
  const unknown = rateUnknown ? say.unknown(day(rateUnknown.from), day(rateUnknown.until)) : say.someDays
  const because = interest
    ? [say.late(money(interest.amount), day(interest.dueOn), day(interest.paidOn))]
    : [say.goodwill(money(amount))]
  const counted =
    interest === undefined
      ? []
      : kind === 'late-interest-counted'
        ? [say.least(money(amount), interest.days, unknown, day(answerBy!))]
        : [say.owed(money(amount), interest.days)]
  const end = kind === 'late-interest-counted' ? say.rests(cites) : say.due(day(decided!.dueOn), cites)
  return letter(facts, page, say.subject[kind](money(amount), number), [...because, ...counted, end])
}
