import type { CancellationReason } from '@vilkar/contracts/orders-cancellation.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { editionById, sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Citation, Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

/** The seller stops units that have not left: all of the order, or some. `why` is the finding that a mistake was obvious. */
export type SellerEnds = {
  reason: CancellationReason
  lines: LinePart[]
  whole: boolean
  reasons: Reason[]
  why?: string
}

const nb = {
  whole: (number: string) => `Vi leverer ikke ordre ${number}`,
  part: (number: string) => `Vi leverer ikke alt i ordre ${number}`,
  stops: 'Vi leverer ikke dette, og stanser det som ikke er sendt:',
  why: {
    'customer-wish': 'Grunn: du har bedt om det.',
    stock: 'Grunn: vi har ikke varene på lager.',
    'pricing-error': 'Grunn: prisen var feil.',
    'technical-mistake': 'Grunn: en teknisk feil hos oss.',
  } satisfies Record<CancellationReason, string>,
  basis: {
    'obvious-mistake':
      'Vi mener at du måtte forstå at det var en feil. Da er vi ikke bundet av den. To personer hos oss har vurdert det.',
    'customer-consents': 'Vi gjør det slik du har gått med på.',
    'reserved-before-agreement': 'Avtalen var ikke inngått ennå.',
  } as Record<string, string>,
  finding: 'Vår begrunnelse',
  legal: 'Grunnlag',
  terms: (clause: string) => `kjøpsvilkårene ${clause}`,
  next: 'Vi skriver igjen så snart vi vet hva som ble stanset, og hva som skjer med betalingen. Det som allerede er sendt, gjelder kjøpet fortsatt for.',
  disagree:
    'Er du uenig, svar på denne e-posten. Vi er bundet av avtalen om feilen ikke var åpenbar, og du kan klage til Forbrukertilsynet.',
  disagreeBusiness: 'Er dere uenige, svar på denne e-posten. Vi er bundet av avtalen om feilen ikke var åpenbar.',
}
const words: Record<Locale, typeof nb> = {
  nb,
  en: {
    whole: (number) => `We do not deliver order ${number}`,
    part: (number) => `We do not deliver all of order ${number}`,
    stops: 'We do not deliver this, and stop what has not been sent:',
    why: {
      'customer-wish': 'Reason: you asked for it.',
      stock: 'Reason: the goods are not in stock.',
      'pricing-error': 'Reason: the price was wrong.',
      'technical-mistake': 'Reason: a technical mistake of ours.',
    },
    basis: {
      'obvious-mistake':
        'We find that you must have seen that it was a mistake. Then it does not bind us. Two of our people have looked at it.',
      'customer-consents': 'We do so as you have agreed.',
      'reserved-before-agreement': 'There was no contract yet.',
    },
    finding: 'Our finding',
    legal: 'Basis',
    terms: (clause) => `terms ${clause}`,
    next: 'We write again as soon as we know what was stopped and what happens to the payment. For what has been sent already the purchase stands.',
    disagree:
      'If you disagree, answer this mail. We are bound by the contract if the mistake was not obvious, and you can complain to Forbrukertilsynet, the Norwegian Consumer Authority.',
    disagreeBusiness: 'If you disagree, answer this mail. We are bound by the contract if the mistake was not obvious.',
  },
}

/**
 * Tells a customer at once that the seller does not deliver, why, and what that rests on: a mistake has to be pleaded before
 * the other side relies on the contract (avtaleloven §§ 32 and 39).
 */
export function composeSellerEnds(detail: SellerEnds, { state }: StoredOrder): Composed {
  const { locale, number, terms, lines: ordered, customerKind } = state.placed
  const say = words[locale]
  const { reason, lines, whole, reasons, why } = detail
  const named = lines.map(
    ({ lineId, quantity }) => `${quantity} × ${ordered.find((line) => line.lineId === lineId)!.name}`,
  )
  const basis = reasons.flatMap(({ code }) => say.basis[code] ?? [])
  const cited = reasons.flatMap(({ cites }) => cites.map((cite) => `- ${citedIn(locale, terms.edition, cite)}`))
  const grounds = [...basis, ...(why ? [`${say.finding}: ${writtenLine(why)}`] : [])]
  const paragraphs = [
    [say.stops, ...named].join('\n'),
    say.why[reason],
    ...(grounds.length > 0 ? [grounds.join('\n')] : []),
    ...(cited.length > 0 ? [[`${say.legal}:`, ...cited].join('\n')] : []),
    say.next,
    ...(why ? [customerKind === 'consumer' ? say.disagree : say.disagreeBusiness] : []),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: (whole ? say.whole : say.part)(number), text: paragraphs.join('\n\n') }
}

/** A citation as a customer reads it: the sentence of the terms in the language of the order, or the section of the Act. */
function citedIn(locale: Locale, edition: string, cite: Citation) {
  if ('agreement' in cite) return cite.text
  if ('act' in cite) return `${cite.act} ${cite.section}`
  const sentence = editionById(edition)?.clauses(locale)[cite.clause] ?? cite.text
  return `${words[locale].terms(cite.clause)}: ${sentence}`
}
