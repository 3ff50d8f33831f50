import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { ReturnPersonal } from '../../database.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { alsoPossible } from '../../order-facts/mails/still-possible.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import type { DeclaredReturn } from '../state.ts'
import { deductionsInWords } from './deductions.ts'

/** What was decided, amounts in minor units of the order's currency. */
export type RefundTold = Pick<RefundDecided['data'], 'lines' | 'deliveryAmount' | 'amount' | 'dueOn' | 'deductions'>

const words = {
  nb: {
    subject: (amount: string, number: string) => `Du får tilbake ${amount} for ordre ${number}`,
    opening: {
      received: 'Vi har fått varene tilbake. Dette får du igjen for dem:',
      proven: 'Vi har fått bevis for at varene er på vei tilbake. Dette får du igjen for dem:',
      collected: 'Vi henter varene hos deg, og venter ikke på dem med pengene. Dette får du igjen for dem:',
      stopped: 'Varene du har angret på, ble stanset før de ble sendt. Dette har du betalt, og får du tilbake:',
    },
    delivery: 'Levering',
    total: 'Sum du får tilbake',
    nothingDeducted: 'Vi har ikke trukket fra noe.',
    byMachine: 'Summen er regnet ut automatisk. Er du uenig, så svar på denne e-posten, og et menneske ser på det.',
    deducted: 'Dette er trukket fra:',
    ways: ['Svar på denne e-posten, så ser en person på fradraget på nytt.'],
    missing: 'Finner du det som manglet i pakken: send det, så betaler vi for det også.',
    dearer: (amount: string) =>
      `Du valgte en dyrere levering enn den rimeligste vi tilbyr. Forskjellen på ${amount} får du ikke tilbake.`,
    notDelivery: 'Det du betalte for levering, er ikke med, siden du beholder noe av ordren.',
    due: (day: string) =>
      `Pengene betales tilbake på samme måte som du betalte, senest ${day}. Vi skriver til deg når det er gjort.`,
    rests: (cites: string) => `Dette følger av ${cites}.`,
  },
  en: {
    subject: (amount: string, number: string) => `You get ${amount} back for order ${number}`,
    opening: {
      received: 'We have the goods back. This is what you get back for them:',
      proven: 'We have proof that the goods are on their way back. This is what you get back for them:',
      collected:
        'We collect the goods from you, and do not wait for them with the money. This is what you get back for them:',
      stopped:
        'The goods that you withdrew from were stopped before they were sent. This is what you paid and get back:',
    },
    delivery: 'Delivery',
    total: 'Sum that you get back',
    nothingDeducted: 'We have deducted nothing.',
    byMachine: 'The sum was worked out by a machine. If you disagree, answer this mail, and a person looks at it.',
    deducted: 'This is deducted:',
    ways: ['Answer this mail, and a person looks at the deduction anew.'],
    missing: 'If you find what was missing from the parcel: send it, and we pay for it too.',
    dearer: (amount: string) =>
      `You chose a dearer delivery than the cheapest one that we offer. The difference of ${amount} is not paid back.`,
    notDelivery: 'What you paid for delivery is not part of it, since you keep some of the order.',
    due: (day: string) =>
      `The money is paid back the way you paid, by ${day} at the latest. We write to you when that is done.`,
    rests: (cites: string) => `This follows from ${cites}.`,
  },
}

/**
 * Tells a customer what they get back, how it is worked out, how and by when (angrerettloven § 24); where no person decided of it, that
 * one looks at it if they ask (GDPR Art. 22(3)).
 */
export function refundDecided(
  { state, personal }: { state: DeclaredReturn; personal: ReturnPersonal },
  { facts }: PlacedOrder,
  told: RefundTold,
  page?: string,
): Composed {
  const { locale, number, currency, delivery, terms } = facts
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const nameOf = namesIn(facts)
  const { lines, deliveryAmount, amount, dueOn, deductions = [] } = told
  const how = state.receivedAt ? 'received' : state.sentAt ? 'proven' : state.collection ? 'collected' : 'stopped'
  const extra = delivery.paid - delivery.standardPrice
  const keepsSome = deliveryAmount === 0 && delivery.paid > 0 && !facts.returns.some((each) => each.deliveryRefunded)
  const notes = [
    ...(deliveryAmount > 0 && extra > 0 ? [say.dearer(money(extra))] : []),
    ...(keepsSome ? [say.notDelivery] : []),
    ...(deductions.length > 0 ? [] : [say.nothingDeducted, say.byMachine]),
  ]
  const paragraphs = [
    say.opening[how],
    [
      ...lines.map((line) => `${line.quantity} × ${nameOf(line.lineId)}: ${money(line.amount)}`),
      ...(deliveryAmount > 0 ? [`${say.delivery}: ${money(deliveryAmount)}`] : []),
      `${say.total}: ${money(amount)}`,
    ].join('\n'),
    ...(deductions.length > 0
      ? [
          [say.deducted, ...deductionsInWords(deductions, facts, personal.grounds)].join('\n'),
          ...alsoPossible(facts, [
            ...say.ways,
            ...(deductions.some(({ why }) => why === 'not-in-parcel') ? [say.missing] : []),
          ]),
          disagreement(facts, Temporal.Instant.from(state.refund!.decidedAt)),
        ]
      : []),
    ...(notes.length > 0 ? [notes.join(' ')] : []),
    `${say.due(formatDay(locale, dueOn))} ${say.rests(citedInWords(locale, state.refund!.reasons))}`,
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(money(amount), number), text: paragraphs.join('\n\n') }
}
