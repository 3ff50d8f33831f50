import type { DeliveryHindered, DeliveryHindranceEnded } from '@vilkar/contracts/orders-delivery.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { type StoredOrder, termsFor } from '../state.ts'
import { words as delayWords } from './delay-words.ts'
import { unitsInWords } from './order-in-words.ts'

/** What keeps the seller from delivering, as it was told. */
export type Hindered = Pick<
  DeliveryHindered['data'],
  'event' | 'what' | 'foreseeable' | 'avoidable' | 'expectedBy' | 'unsent' | 'underway'
>

export const hinderedOf = ({ event, what, foreseeable, avoidable, expectedBy, ...waited }: Hindered): Hindered => ({
  ...{ event, what, foreseeable, avoidable, expectedBy, unsent: waited.unsent, underway: waited.underway },
})

const words = {
  nb: {
    subject: (number: string) => `Noe hindrer leveringen av ordre ${number}`,
    overSubject: (number: string) => `Leveringen av ordre ${number} er ikke lenger hindret`,
    over: (what: string) => `Dette hindrer oss ikke lenger i å levere: ${what}`,
    answers: (why: string) =>
      `Fra nå av gjelder det samme som for enhver levering: kommer varene for sent og det påfører deg et tap, kan du si fra ${why}.`,
    what: (what: string) => `Vi får ikke levert som ventet. Grunnen er denne: ${what}`,
    expectedBy: (day: string) => `Vi regner nå med at varene er hos deg senest ${day}.`,
    unknown: 'Vi vet ennå ikke når varene kommer, og skriver igjen når vi vet det.',
    stays: 'Dette endrer ikke rettene dine:',
    refund: (why: string) => `Går du fra kjøpet, får du pengene tilbake ${why}.`,
    rescission: (why: string) =>
      `Tar det lengre tid enn en rimelig frist som du har gitt oss, kan du heve kjøpet ${why}.`,
    damages: {
      refused: (why: string) => `Så lenge det varer, svarer vi ikke for det du taper på forsinkelsen ${why}.`,
      review: (why: string) => `Taper du noe på forsinkelsen, si fra: en av oss vurderer om vi svarer for det ${why}.`,
      granted: (why: string) => `Taper du noe på forsinkelsen, kan du kreve erstatning ${why}.`,
    },
  },
  en: {
    subject: (number: string) => `Something keeps us from delivering order ${number}`,
    overSubject: (number: string) => `Nothing keeps us from delivering order ${number} any more`,
    over: (what: string) => `This does not keep us from delivering any more: ${what}`,
    answers: (why: string) =>
      `From now on it is as with any delivery: if the goods come late and that costs you anything, you may tell us ${why}.`,
    what: (what: string) => `We cannot deliver as expected. This is the reason: ${what}`,
    expectedBy: (day: string) => `We now expect the goods to be with you by ${day}.`,
    unknown: 'We do not know yet when the goods will come, and will write again when we do.',
    stays: 'This does not change your rights:',
    refund: (why: string) => `If you go back on the purchase, you have your money back ${why}.`,
    rescission: (why: string) =>
      `If it takes longer than a reasonable time that you have set us, you may end the purchase ${why}.`,
    damages: {
      refused: (why: string) => `While it lasts, we do not answer for what the delay costs you ${why}.`,
      review: (why: string) =>
        `If the delay costs you anything, tell us: one of us judges whether we answer for it ${why}.`,
      granted: (why: string) => `If the delay costs you anything, you may claim damages ${why}.`,
    },
  },
}

/** That it is over, as it was told. */
export type HindranceOver = Pick<
  DeliveryHindranceEnded['data'],
  'hindranceId' | 'expectedBy' | 'unsent' | 'underway' | 'reasons'
>
export const hindranceOverOf = ({
  hindranceId,
  expectedBy,
  ...told
}: DeliveryHindranceEnded['data']): HindranceOver => ({
  ...{ hindranceId, unsent: told.unsent, underway: told.underway, reasons: told.reasons },
  ...(expectedBy && { expectedBy }),
})

/** Tells a customer who was told of it, and waits still, that what kept the seller from delivering is over. */
export function composeHindranceOver(detail: HindranceOver, { state }: StoredOrder): Composed {
  const { locale, number, terms, lines } = state.placed
  const say = words[locale]
  const { unsent, underway } = delayWords[locale]
  const { what } = state.hindrances!.find(({ hindranceId }) => hindranceId === detail.hindranceId)!
  const paragraphs = [
    say.over(writtenLine(what)),
    detail.expectedBy ? say.expectedBy(formatDay(locale, detail.expectedBy)) : say.unknown,
    ...unitsInWords(unsent, detail.unsent, lines),
    ...unitsInWords(underway, detail.underway, lines),
    say.answers(`(${citedInWords(locale, detail.reasons)})`),
    delayWords[locale].answer,
  ]
  return {
    ...{ locale, subject: say.overSubject(number) },
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}

/**
 * Tells a customer, in the language of the order, what keeps the seller from delivering, and what they may do all the same. What follows
 * from it is asked of the terms that the order was placed under.
 */
export function composeHindered(detail: Hindered, { state }: StoredOrder): Composed {
  const { locale, number, terms, customerKind, lines } = state.placed
  const say = words[locale]
  const { unsent, underway } = delayWords[locale]
  const { event, foreseeable, avoidable, expectedBy } = detail
  const ruling = termsFor(state).impediment({ customerKind, event, foreseeable, avoidable, customerTold: true })
  const because = ({ reasons }: { reasons: Parameters<typeof citedInWords>[1] }) => `(${citedInWords(locale, reasons)})`
  const rights = [
    say.refund(because(ruling.refund)),
    say.rescission(because(ruling.rescission)),
    say.damages[ruling.damages.outcome](because(ruling.damages)),
  ]
  const paragraphs = [
    say.what(writtenLine(detail.what)),
    expectedBy ? say.expectedBy(formatDay(locale, expectedBy)) : say.unknown,
    ...unitsInWords(unsent, detail.unsent, lines),
    ...unitsInWords(underway, detail.underway, lines),
    [say.stays, ...rights.map((each) => `– ${each}`)].join('\n'),
    delayWords[locale].answer,
  ]
  return {
    locale,
    subject: say.subject(number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
