import type { LinePart } from '@vilkar/contracts/parts.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'

/** Units that do not go back by the offer, and why. */
type RefusedPart = LinePart & { reasons: Reason[] }
/** What a request was refused for. */
export type RefusedTold = { code: string; reasons: Reason[]; refused?: RefusedPart[] }

const words = {
  nb: {
    subject: (number: string) => `Svar om frivillig retur, ordre ${number}`,
    no: 'Du spurte om å sende varer tilbake frivillig. Tilbudet gjelder ikke dette:',
    better:
      'Du spurte om å sende varer tilbake frivillig. Det trenger du ikke: du har fortsatt angrerett på dette, og den gir deg mer, blant annet leveringen tilbake når du angrer på alt. Si fra at du angrer, så gjelder loven:',
    withdraw: 'har angrerett, som gir mer',
    everything: 'alt i ordren',
  },
  en: {
    subject: (number: string) => `Answer about a voluntary return, order ${number}`,
    no: 'You asked to send goods back by our offer. It does not reach this:',
    better:
      'You asked to send goods back by our offer. You need not: you can still withdraw from this, which gives you more, such as the delivery when you withdraw from everything. Tell us that you withdraw, and the law applies:',
    withdraw: 'can be withdrawn from, which gives more',
    everything: 'everything in the order',
  },
}

/** A line for each: what, and what stands against it. */
export function refusedInWords(refused: RefusedPart[], facts: PlacedFacts): string[] {
  const say = words[facts.locale]
  return refused.map(({ lineId, quantity, reasons }) => {
    const better = reasons.some(({ code }) => code === 'withdrawal-gives-more') ? `${say.withdraw}: ` : ''
    return `${quantity} × ${namesIn(facts)(lineId)}: ${better}${citedInWords(facts.locale, reasons)}`
  })
}

/** Tells a customer why the offer does not reach what they asked about, or that the law gives more. */
export function voluntaryRefused(
  { code, reasons, refused = [] }: RefusedTold,
  facts: PlacedFacts,
  at: Temporal.Instant,
  page?: string,
): Composed {
  const { locale, number, terms } = facts
  const say = words[locale]
  const what =
    refused.length > 0 ? refusedInWords(refused, facts) : [`${say.everything}: ${citedInWords(locale, reasons)}`]
  const paragraphs = [
    [code === 'withdrawal-gives-more' ? say.better : say.no, ...what].join('\n'),
    disagreement(facts, at),
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
