import type { LinePart } from '@vilkar/contracts/parts.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { stillPossible } from '../../order-facts/mails/still-possible.ts'
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
    why: {
      'withdrawal-gives-more': 'har angrerett, som gir mer',
      'voluntary-period-over': 'tiden for å be om det er ute',
      'not-with-customer': 'du har det ikke, eller har reklamert på det',
      'not-bought': 'er ikke kjøpt i denne ordren',
      'all-returned': 'er gått tilbake, eller på vei',
      'order-cancelled': 'er avbestilt',
      'not-unused': 'er ikke ubrukt',
      'not-undamaged': 'er skadet',
      'not-in-original-packaging': 'er ikke i originalemballasjen',
    },
    everything: 'alt i ordren',
  },
  en: {
    subject: (number: string) => `Answer about a voluntary return, order ${number}`,
    no: 'You asked to send goods back by our offer. It does not reach this:',
    better:
      'You asked to send goods back by our offer. You need not: you can still withdraw from this, which gives you more, such as the delivery when you withdraw from everything. Tell us that you withdraw, and the law applies:',
    why: {
      'withdrawal-gives-more': 'can be withdrawn from, which gives more',
      'voluntary-period-over': 'the time to ask is over',
      'not-with-customer': 'you do not have it, or have complained of it',
      'not-bought': 'was not bought in this order',
      'all-returned': 'has gone back, or is on its way',
      'order-cancelled': 'is cancelled',
      'not-unused': 'is not unused',
      'not-undamaged': 'is damaged',
      'not-in-original-packaging': 'is not in its original packaging',
    },
    everything: 'everything in the order',
  },
}

/** A line for each: what, and what stands against it. */
export function refusedInWords(refused: RefusedPart[], facts: PlacedFacts): string[] {
  return refused.map(
    ({ lineId, quantity, reasons }) => `${quantity} × ${namesIn(facts)(lineId)}: ${reasonsInWords(reasons, facts)}`,
  )
}

/** Why, as far as there are words for it, and what that rests on. */
function reasonsInWords(reasons: Reason[], { locale }: Pick<PlacedFacts, 'locale'>) {
  const why: Record<string, string> = words[locale].why
  const said = reasons.flatMap(({ code }) => why[code] ?? []).join(', ')
  return [...(said ? [said] : []), citedInWords(locale, reasons)].join(': ')
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
    refused.length > 0 ? refusedInWords(refused, facts) : [`${say.everything}: ${reasonsInWords(reasons, facts)}`]
  const paragraphs = [
    [code === 'withdrawal-gives-more' ? say.better : say.no, ...what].join('\n'),
    ...stillPossible(facts, at, (lineId) => refused.length === 0 || refused.some((part) => part.lineId === lineId)),
    disagreement(facts, at),
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
