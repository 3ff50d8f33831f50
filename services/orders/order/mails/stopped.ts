import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

const words = {
  nb: {
    subject: (number: string) => `Varer du ikke vil ha fra ordre ${number}`,
    bySeller: (number: string) => `Varer vi ikke sender fra ordre ${number}`,
    stopped: 'Dette er stanset og blir ikke sendt:',
    untaken: (amount: string) => `Det kostet ${amount}, som vi ikke trekker.`,
    takenBack: (amount: string) => `Det kostet ${amount}, som du får tilbake.`,
    left: 'Dette var alt sendt, så det kunne vi ikke stanse:',
    comesBack:
      'Send det tilbake når du har fått det. Betalingen for det får du tilbake slik det står i kvitteringen på angremeldingen.',
    mayWithdraw: 'For dette gjelder kjøpet. Er du forbruker, kan du fortsatt angre etter kjøpsvilkårene.',
    neither: 'Ingenting var igjen å stanse: det var stanset fra før.',
  },
  en: {
    subject: (number: string) => `Goods that you no longer want from order ${number}`,
    bySeller: (number: string) => `Goods of order ${number} that we do not send`,
    stopped: 'This has been stopped and will not be sent:',
    untaken: (amount: string) => `It cost ${amount}, which we do not take.`,
    takenBack: (amount: string) => `It cost ${amount}, which you get back.`,
    left: 'This had been sent already, so that we could not stop it:',
    comesBack: 'Send it back once you have it. What you paid for it comes back as the receipt of your withdrawal says.',
    mayWithdraw: 'For this the purchase stands. If you are a consumer, you can still withdraw under the terms.',
    neither: 'Nothing was left to stop: it had been stopped before.',
  },
}

/** Tells a customer which of the units that were to be stopped never leave, and which had left (angrerettloven § 23). */
export function composeStopped({ state }: StoredOrder, requestId: string): Composed {
  const { locale, number, currency, terms, lines, disclosures } = state.placed
  const say = words[locale]
  const { returnId, by, concluded } = state.stops.find((stop) => stop.requestId === requestId)!
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
    ...(stopped.length > 0 ? [[say.stopped, ...named(stopped)].join('\n'), money] : []),
    ...(left.length > 0 ? [[say.left, ...named(left)].join('\n'), returnId ? say.comesBack : say.mayWithdraw] : []),
    ...(stopped.length + left.length === 0 ? [say.neither] : []),
  ]
  return {
    locale,
    subject: (by === 'seller' ? say.bySeller : say.subject)(number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
