import type { CancellationReason, OrderCancelled } from '@vilkar/contracts/orders-cancellation.ts'
import type { OrderDispatched } from '@vilkar/contracts/orders-delivery.ts'
import { type Attachment, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { Shortage, StoredOrder } from '../state.ts'
import { momentInWords } from './order-in-words.ts'
import type { FunctionTold } from './withdrawal-function.ts'

/**
 * News of an order that its customer is told by mail: it was cancelled, goods of it were sent. `detail` is what was true when it
 * happened; amounts in minor units.
 */
export type News =
  | {
      kind: 'cancelled'
      detail: Pick<OrderCancelled['data'], 'reason'> & {
        /** Of an order that was paid when its goods were gone: what there was too little of, and what says that it then ends. */
        gone?: { shortages: Shortage[]; reservedUntil: string; clauses: string[] }
        /** What is reserved of the customer's money and not taken. */
        reserved: number
        captured: number
        /** Whether the payment was to be taken at once, so that some of it may be on its way. */
        takenEarly: boolean
      }
    }
  | {
      kind: 'sent'
      detail: Pick<OrderDispatched['data'], 'shipmentId' | 'lines' | 'carrier' | 'trackingNumber' | 'captureAmount'> & {
        whole: boolean
        /** The entry of the ledger whose invoice goes with it, if it was taken before the mail went. */
        entryId?: number
      }
    }

type Gone = NonNullable<Extract<News, { kind: 'cancelled' }>['detail']['gone']>

/** Why an order ended: a customer's wish or a seller's reason (clause 4), or what became of its payment. */
type Why = CancellationReason | 'payment-declined' | 'payment-abandoned' | 'payment-failed'

const nb = {
  cancelled: (number: string) => `Ordre ${number} er kansellert`,
  why: {
    'customer-wish': 'Du har kansellert ordren. Vi sender ikke varene.',
    stock: 'Vi har måttet kansellere ordren, fordi vi ikke har varene på lager. Det beklager vi.',
    'pricing-error': 'Vi har måttet kansellere ordren, fordi prisen var feil. Det beklager vi.',
    'technical-mistake': 'Vi har måttet kansellere ordren på grunn av en teknisk feil. Det beklager vi.',
    'payment-declined': 'Betalingen ble ikke godkjent, så ordren er avsluttet. Du kan bestille på nytt.',
    'payment-abandoned': 'Ordren ble ikke betalt innen fristen, så den er avsluttet. Du kan bestille på nytt.',
    'payment-failed': 'Betalingen kunne ikke gjennomføres, så ordren er avsluttet. Du kan bestille på nytt.',
  } satisfies Record<Why, string>,
  gone: (until: string, goods: string[], clauses: string[]) =>
    [
      `Varene var holdt av til deg til ${until}. Da betalingen din kom, hadde vi ikke nok igjen av dette:`,
      ...goods,
      `Avtalen var ikke inngått, så vi avslutter hele ordren${clauses.length > 0 ? ` (kjøpsvilkårene punkt ${clauses.join(', ')})` : ''}. Det beklager vi. Det vi har, kan du bestille på nytt.`,
    ].join('\n'),
  few: (wanted: number, name: string, available: number) => `${wanted} × ${name}, og vi har ${available}`,
  nothingTaken: 'Ingenting er trukket.',
  released: (amount: string) => `Ingenting er trukket, og reservasjonen av ${amount} oppheves.`,
  letGo: (amount: string) =>
    `Reservasjonen av ${amount} oppheves. Er noe av beløpet i ferd med å bli trukket akkurat nå, går det straks tilbake til deg.`,
  goesBack: (amount: string) =>
    `Du får tilbake ${amount} på samme måte som du betalte. Vi gir beskjed når pengene er sendt.`,
  sent: (number: string) => `Varer fra ordre ${number} er sendt`,
  areSent: 'Vi har sendt:',
  carrier: 'Transportør',
  trackingNumber: 'Sporingsnummer',
  taken: (amount: string) => `Vi har trukket ${amount} for denne sendingen. Fakturaen er vedlagt.`,
  toBeTaken: (amount: string) => `Vi trekker ${amount} for denne sendingen. Fakturaen får du i en egen e-post.`,
  rest: 'Resten av ordren kommer i en annen sending.',
}
const words: Record<Locale, typeof nb> = {
  nb,
  en: {
    cancelled: (number) => `Order ${number} is cancelled`,
    why: {
      'customer-wish': 'You have cancelled the order. We do not send the goods.',
      stock: 'We have had to cancel the order, since the goods are not in stock. We are sorry.',
      'pricing-error': 'We have had to cancel the order, since its price was wrong. We are sorry.',
      'technical-mistake': 'We have had to cancel the order because of a technical mistake. We are sorry.',
      'payment-declined': 'The payment was not approved, so the order has ended. You can order again.',
      'payment-abandoned': 'The order was not paid in time, so it has ended. You can order again.',
      'payment-failed': 'The payment could not be made, so the order has ended. You can order again.',
    },
    gone: (until, goods, clauses) =>
      [
        `The goods were kept for you until ${until}. When your payment came, there was not enough left of these:`,
        ...goods,
        `No contract had been formed, so we end the whole order${clauses.length > 0 ? ` (clause ${clauses.join(', ')} of the terms)` : ''}. We are sorry. What we have, you can order again.`,
      ].join('\n'),
    few: (wanted, name, available) => `${wanted} × ${name}, and we have ${available}`,
    nothingTaken: 'Nothing was taken.',
    released: (amount) => `Nothing was taken, and the reservation of ${amount} is let go.`,
    letGo: (amount) =>
      `The reservation of ${amount} is let go. If any of it was being taken at this moment, it goes back to you at once.`,
    goesBack: (amount) => `You get ${amount} back the way you paid. We tell you when the money is sent.`,
    sent: (number) => `Goods of order ${number} have been sent`,
    areSent: 'We have sent:',
    carrier: 'Carrier',
    trackingNumber: 'Tracking number',
    taken: (amount) => `We have taken ${amount} for this parcel. The invoice is attached.`,
    toBeTaken: (amount) => `We take ${amount} for this parcel. The invoice follows in an email of its own.`,
    rest: 'The rest of the order comes in another parcel.',
  },
}

/** The mail that tells of it, in the language of the order; of goods that were sent, with the invoice if that is there. */
export function composeNews(
  news: News,
  { state: { placed } }: StoredOrder,
  invoice?: Attachment,
  withdrawal?: FunctionTold,
): Composed {
  const { locale, number, currency, terms } = placed
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const ofTheMoney = ({ reserved, captured, takenEarly }: Extract<News, { kind: 'cancelled' }>['detail']) => {
    if (captured > 0) return say.goesBack(money(captured))
    if (reserved === 0) return say.nothingTaken
    return takenEarly ? say.letGo(money(reserved)) : say.released(money(reserved))
  }
  const ofGoods = ({ shortages, reservedUntil, clauses }: Gone) => {
    const nameOf = (sku: string) => placed.lines.find((line) => line.sku === sku)!.name
    const goods = shortages.map(({ sku, wanted, available }) => say.few(wanted, nameOf(sku), available))
    return say.gone(momentInWords(locale, reservedUntil), goods, clauses)
  }
  const paragraphs = () => {
    switch (news.kind) {
      case 'cancelled': {
        const { reason, gone } = news.detail
        return [gone ? ofGoods(gone) : say.why[reason as Why], ofTheMoney(news.detail)]
      }
      case 'sent': {
        const { lines, carrier, trackingNumber, captureAmount, whole } = news.detail
        const nameOf = (lineId: string) => placed.lines.find((line) => line.lineId === lineId)!.name
        const goods = lines.map(({ lineId, quantity }) => `${quantity} × ${nameOf(lineId)}`)
        const parcel = [
          ...(carrier ? [`${say.carrier}: ${carrier}`] : []),
          ...(trackingNumber ? [`${say.trackingNumber}: ${trackingNumber}`] : []),
        ]
        return [
          [say.areSent, ...goods].join('\n'),
          ...(parcel.length > 0 ? [parcel.join('\n')] : []),
          ...(captureAmount > 0 ? [(invoice ? say.taken : say.toBeTaken)(money(captureAmount))] : []),
          ...(whole ? [] : [say.rest]),
          ...(withdrawal ? [withdrawal.notice] : []),
        ]
      }
    }
  }
  return {
    locale,
    subject: say[news.kind](number),
    text: [...paragraphs(), signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
    ...(invoice && { attachments: [invoice] }),
  }
}
