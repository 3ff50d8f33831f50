import type { CancellationReason, OrderCancelled, OrderDispatched, PaymentRefunded } from '@vilkar/contracts/orders.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { composeReaddressed, type Readdressed } from './readdressed.ts'
import { composeSellerEnds, type SellerEnds } from './seller-ends.ts'

/**
 * News of an order that its customer is told by mail: it was cancelled, goods of it were sent, money went back. `detail` is
 * what was true when it happened; amounts in minor units.
 */
export type News =
  | {
      kind: 'cancelled'
      detail: Pick<OrderCancelled['data'], 'reason'> & {
        /** What is reserved of the customer's money and not taken. */
        reserved: number
        captured: number
        /** Whether the payment was to be taken at once, so that some of it may be on its way. */
        takenEarly: boolean
      }
    }
  | {
      kind: 'sent'
      detail: Pick<OrderDispatched['data'], 'lines' | 'carrier' | 'trackingNumber' | 'captureAmount'> & {
        whole: boolean
      }
    }
  | { kind: 'refunded'; detail: Pick<PaymentRefunded['data'], 'amount'> }
  | SellerEnds
  | Readdressed

const NEWS = { cancelled: true, sent: true, refunded: true, 'seller-ends': true, readdressed: true } satisfies Record<
  News['kind'],
  true
>
export const isNews = (kind: string): kind is News['kind'] => Object.hasOwn(NEWS, kind)

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
  taken: (amount: string) => `Vi trekker ${amount} for denne sendingen.`,
  rest: 'Resten av ordren kommer i en annen sending.',
  refunded: (number: string) => `Pengene for ordre ${number} er på vei tilbake`,
  isBack: (amount: string) =>
    `Vi har betalt tilbake ${amount} på samme måte som du betalte. Det kan ta noen dager før beløpet står på kontoen din.`,
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
    nothingTaken: 'Nothing was taken.',
    released: (amount) => `Nothing was taken, and the reservation of ${amount} is let go.`,
    letGo: (amount) =>
      `The reservation of ${amount} is let go. If any of it was being taken at this moment, it goes back to you at once.`,
    goesBack: (amount) => `You get ${amount} back the way you paid. We tell you when the money is sent.`,
    sent: (number) => `Goods of order ${number} have been sent`,
    areSent: 'We have sent:',
    carrier: 'Carrier',
    trackingNumber: 'Tracking number',
    taken: (amount) => `We take ${amount} for this parcel.`,
    rest: 'The rest of the order comes in another parcel.',
    refunded: (number) => `The money for order ${number} is on its way back`,
    isBack: (amount) =>
      `We have paid ${amount} back the way you paid. It may take some days until it is in your account.`,
  },
}

/** The mail that tells of it, in the language of the order. */
export function composeNews(news: News, stored: StoredOrder): Composed {
  if (news.kind === 'seller-ends') return composeSellerEnds(news, stored)
  if (news.kind === 'readdressed') return composeReaddressed(news, stored)
  const { placed } = stored.state
  const { locale, number, currency, terms } = placed
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const ofTheMoney = ({ reserved, captured, takenEarly }: Extract<News, { kind: 'cancelled' }>['detail']) => {
    if (captured > 0) return say.goesBack(money(captured))
    if (reserved === 0) return say.nothingTaken
    return takenEarly ? say.letGo(money(reserved)) : say.released(money(reserved))
  }
  const paragraphs = () => {
    switch (news.kind) {
      case 'cancelled': {
        const { reason } = news.detail
        return [say.why[reason as Why], ofTheMoney(news.detail)]
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
          ...(captureAmount > 0 ? [say.taken(money(captureAmount))] : []),
          ...(whole ? [] : [say.rest]),
        ]
      }
      case 'refunded':
        return [say.isBack(money(news.detail.amount))]
    }
  }
  return {
    locale,
    subject: say[news.kind](number),
    text: [...paragraphs(), signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
