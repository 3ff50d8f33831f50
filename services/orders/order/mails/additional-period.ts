import type { AdditionalPeriodOver } from '@vilkar/contracts/orders-additional-period.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { words as delayWords } from './delay-words.ts'
import { unitsInWords } from './order-in-words.ts'

/** Extra time that was set or has run out: until when, what was waited for then, and what follows. */
export type ExtraTime = Pick<AdditionalPeriodOver['data'], 'until' | 'unsent' | 'underway' | 'reasons'>

export const extraTimeOf = ({ until, unsent, underway, reasons }: ExtraTime): ExtraTime => ({
  ...{ until, unsent, underway, reasons },
})

const words = {
  nb: {
    set: {
      subject: (number: string) => `Fristen din for levering av ordre ${number}`,
      opening: (day: string) => `Du har gitt oss frist til ${day} med å levere det som mangler. Det har vi notert.`,
      rescind: (why: string) =>
        `Er noe av det ikke kommet når fristen er ute, kan du heve kjøpet av det og få pengene tilbake ${why}. Da skriver vi til deg.`,
    },
    over: {
      subject: (number: string) => `Fristen er ute, og du kan heve kjøpet: ordre ${number}`,
      judged: (number: string) => `Fristen er ute: ordre ${number}`,
      opening: (day: string) =>
        `Fristen du gav oss, var ute ${day}. Så vidt vi vet, er ikke alt kommet fram. Det beklager vi.`,
      rescind: (why: string) =>
        `Du kan nå heve kjøpet av det som ikke er kommet, og få pengene tilbake ${why}. Svar på denne e-posten og si hva du vil.`,
    },
    damages: (why: string) =>
      `Du kan kreve erstatning for det du taper på forsinkelsen, hvis den ikke skyldes noe utenfor vår kontroll ${why}.`,
  },
  en: {
    set: {
      subject: (number: string) => `Your last day for the delivery of order ${number}`,
      opening: (day: string) => `You have given us until ${day} to deliver what is missing. We have noted that.`,
      rescind: (why: string) =>
        `If any of it has not come by then, you may end the purchase of it and have your money back ${why}. We write to you then.`,
    },
    over: {
      subject: (number: string) => `Your time has run out, and you may end the purchase: order ${number}`,
      judged: (number: string) => `Your time has run out: order ${number}`,
      opening: (day: string) =>
        `The time that you gave us ran out on ${day}. As far as we know, not all has come. We are sorry.`,
      rescind: (why: string) =>
        `You may now end the purchase of what has not come and have your money back ${why}. Answer this email and say what you want.`,
    },
    damages: (why: string) =>
      `You may claim damages for what the delay costs you, unless its cause lies beyond our control ${why}.`,
  },
}

/** Tells a customer, in the language of the order, that extra time was noted, or has run out and what they may do now. */
export function composeExtraTime(kind: 'set' | 'over', detail: ExtraTime, { state }: StoredOrder): Composed {
  const { locale, number, terms, lines } = state.placed
  const say = words[locale]
  const { unsent, underway, answer, shortTime, madeToOrder } = delayWords[locale]
  const ifAny = (code: string, words: (why: string) => string) => {
    const because = detail.reasons.filter((reason) => reason.code === code)
    return because.length === 0 ? [] : [words(`(${citedInWords(locale, because)})`)]
  }
  const rescind = ifAny('may-rescind', say[kind].rescind)
  const paragraphs = [
    say[kind].opening(formatDay(locale, detail.until)),
    ...unitsInWords(unsent, detail.unsent, lines),
    ...unitsInWords(underway, detail.underway, lines),
    ...rescind,
    ...ifAny('extra-time-to-be-judged', shortTime),
    ...ifAny('purpose-defeated-to-be-judged', madeToOrder),
    ...(kind === 'over' ? ifAny('damages-possible', say.damages) : []),
    answer,
  ]
  return {
    locale,
    subject: kind === 'over' && rescind.length === 0 ? say.over.judged(number) : say[kind].subject(number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
