import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'

/** What was decided, in minor units of the order's currency; no lines: the delivery alone. */
export type LossTold = Pick<RefundDecided['data'], 'lines' | 'deliveryAmount' | 'amount' | 'dueOn' | 'reasons'>

const words = {
  nb: {
    subject: (amount: string, number: string) => `Du får tilbake ${amount}, ordre ${number}`,
    lost: 'Dette ble borte på vei til deg, og du har valgt å få pengene tilbake:',
    rest: 'Ingenting mer av ordren kommer, og da får du tilbake det du betalte for leveringen:',
    delivery: 'Levering',
    total: 'Sum du får tilbake',
    due: (day: string, cites: string) =>
      `Pengene betales tilbake på samme måte som du betalte, senest ${day}. Dette følger av ${cites}. Kommer pakken likevel, eller er du uenig, så svar på denne e-posten.`,
  },
  en: {
    subject: (amount: string, number: string) => `You get ${amount} back, order ${number}`,
    lost: 'This was lost on its way to you, and you have chosen to get the money back:',
    rest: 'Nothing more of the order comes, so you get back what you paid for the delivery:',
    delivery: 'Delivery',
    total: 'Sum that you get back',
    due: (day: string, cites: string) =>
      `The money is paid back the way you paid, by ${day} at the latest. This follows from ${cites}. If the parcel comes after all, or if you disagree, answer this mail.`,
  },
}

/** Tells a customer what comes back for goods that never arrived, how it is worked out and by when. */
export function composeLossMail(facts: PlacedFacts, told: LossTold, page?: string): Composed {
  const { locale, number, currency } = facts
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const { lines, deliveryAmount, amount, dueOn, reasons } = told
  return letter(facts, page, say.subject(money(amount), number), [
    [
      lines.length > 0 ? say.lost : say.rest,
      ...lines.map((line) => `${line.quantity} × ${namesIn(facts)(line.lineId)}: ${money(line.amount)}`),
      ...(deliveryAmount > 0 ? [`${say.delivery}: ${money(deliveryAmount)}`] : []),
      `${say.total}: ${money(amount)}`,
    ].join('\n'),
    say.due(formatDay(locale, dueOn), citedInWords(locale, reasons)),
  ])
}
