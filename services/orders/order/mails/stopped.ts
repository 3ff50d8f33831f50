import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

const words = {
  nb: {
    subject: {
      customer: (number: string) => `Varer du ikke vil ha fra ordre ${number}`,
      seller: (number: string) => `Varer vi ikke sender fra ordre ${number}`,
    },
    because: {
      'customer-wish': 'Vi har stanset varer fra ordren din, slik vi ble enige om.',
      stock: 'Vi har måttet stanse varer fra ordren din, fordi vi ikke har dem på lager. Det beklager vi.',
      'pricing-error': 'Vi har måttet stanse varer fra ordren din, fordi prisen var feil. Det beklager vi.',
      'technical-mistake': 'Vi har måttet stanse varer fra ordren din på grunn av en teknisk feil. Det beklager vi.',
    },
    stopped: 'Dette er stanset og blir ikke sendt:',
    untaken: (amount: string) => `Prisen for det, ${amount}, trekker vi ikke.`,
    takenBack: (amount: string) => `Prisen for det, ${amount}, får du tilbake.`,
    left: 'Dette var allerede sendt, så det kunne vi ikke stanse:',
    comesBack:
      'Send det tilbake når du har fått det. Betalingen for det får du tilbake slik det står i kvitteringen på angremeldingen.',
    stands: {
      consumer: 'For dette gjelder kjøpet. Du kan fortsatt bruke angreretten der kjøpsvilkårene og loven gir deg den.',
      business: 'For dette gjelder kjøpet.',
    },
    neither: 'Ingenting var igjen å stanse: det var stanset fra før.',
  },
  en: {
    subject: {
      customer: (number: string) => `Goods that you no longer want from order ${number}`,
      seller: (number: string) => `Goods that we do not send from order ${number}`,
    },
    because: {
      'customer-wish': 'We have stopped goods of your order, as we agreed.',
      stock: 'We have had to stop goods of your order, since they are not in stock. We are sorry.',
      'pricing-error': 'We have had to stop goods of your order, since their price was wrong. We are sorry.',
      'technical-mistake': 'We have had to stop goods of your order because of a technical mistake. We are sorry.',
    },
    stopped: 'This has been stopped and will not be sent:',
    untaken: (amount: string) => `Its price, ${amount}, is not taken.`,
    takenBack: (amount: string) => `Its price, ${amount}, goes back to you.`,
    left: 'This had been sent already, so that we could not stop it:',
    comesBack: 'Send it back once you have it. What you paid for it comes back as the receipt of your withdrawal says.',
    stands: {
      consumer: 'For this the purchase stands. You can still withdraw where the terms and the law let you.',
      business: 'For this the purchase stands.',
    },
    neither: 'Nothing was left to stop: it had been stopped before.',
  },
}

/** Tells a customer which of the units that were to be stopped never leave, and which had left (angrerettloven § 23). */
export function composeStopped({ state }: StoredOrder, requestId: string): Composed {
  const { locale, number, currency, terms, lines, disclosures, customerKind } = state.placed
  const say = words[locale]
  const { returnId, concluded, by, reason } = state.stops.find((stop) => stop.requestId === requestId)!
  const { stopped, left } = concluded!
  const named = (units: { lineId: string; quantity: number }[]) =>
    units.map(({ lineId, quantity }) => `${quantity} × ${lines.find((line) => line.lineId === lineId)!.name}`)
  const cost = formatMoney(
    locale,
    stopped.reduce((sum, { amount }) => sum + amount, 0),
    currency,
  )
  const money = disclosures.earlyCapture ? say.takenBack(cost) : say.untaken(cost)
  const paragraphs = [
    ...(by === 'seller' ? [say.because[reason]] : []),
    ...(stopped.length > 0 ? [[say.stopped, ...named(stopped)].join('\n'), money] : []),
    ...(left.length > 0
      ? [[say.left, ...named(left)].join('\n'), returnId ? say.comesBack : say.stands[customerKind]]
      : []),
    ...(stopped.length + left.length === 0 ? [say.neither] : []),
  ]
  return {
    locale,
    subject: say.subject[by](number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
