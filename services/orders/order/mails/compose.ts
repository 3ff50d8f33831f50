import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { attachedDocuments } from './documents.ts'
import { guaranteesTold } from './guarantees-told.ts'
import { addressLines, buyerInWords, goodsInWords, momentInWords, sumsInWords } from './order-in-words.ts'
import { promiseInWords } from './promise-in-words.ts'
import { soldWithInWords } from './sold-with.ts'
import type { FunctionTold } from './withdrawal-function.ts'

const words = {
  nb: {
    acknowledgement: {
      subject: (number: string) => `Vi har mottatt bestillingen din ${number}`,
      opening:
        'Takk, vi har mottatt bestillingen din. Dette er ikke en ordrebekreftelse: avtalen er inngått først når du får bekreftelsen på e-post, etter at betalingen er godkjent.',
    },
    keptUntil: (until: string) =>
      `Vi holder av varene til deg til ${until}. Betaler du senere, får du dem hvis vi fortsatt har nok.`,
    confirmation: {
      subject: (number: string) => `Ordrebekreftelse ${number}`,
      opening:
        'Vi bekrefter bestillingen din. Med denne e-posten er avtalen inngått. Betalingen trekkes når varene sendes.',
    },
    again:
      'Bekreftelsen av denne ordren gikk til en e-postadresse som ikke er din, derfor sender vi den på nytt. Avtalen gjelder. Fristen for å angre løper ikke før du har fått denne e-posten.',
    againBusiness:
      'Bekreftelsen av denne ordren gikk til en feil e-postadresse, derfor sender vi den på nytt. Avtalen gjelder.',
    paidEarly:
      'Vi bekrefter bestillingen din. Med denne e-posten er avtalen inngått. Betalingen trekkes nå, slik det ble opplyst da du bestilte.',
    order: 'Ordre',
    sentTo: 'Sendes til',
    attached: ({ form }: { form: boolean }) =>
      `Vedlagt, som tekst og som PDF: kjøpsvilkårene som gjelder for denne ordren${form ? ', og angreskjema' : ''}. Ta vare på dem.`,
  },
  en: {
    acknowledgement: {
      subject: (number: string) => `We have received your order ${number}`,
      opening:
        'Thank you, we have received your order. This is not an order confirmation: the contract is formed only when the confirmation reaches you by email, after your payment is approved.',
    },
    keptUntil: (until: string) =>
      `We keep the goods for you until ${until}. If you pay later, you get them if we still have enough.`,
    confirmation: {
      subject: (number: string) => `Order confirmation ${number}`,
      opening:
        'We confirm your order. With this email the contract is formed. Your payment is taken when the goods are sent.',
    },
    again:
      'The confirmation of this order went to an address that is not yours, so we send it anew. The contract stands. The time to withdraw does not run before you have this email.',
    againBusiness: 'The confirmation of this order went to a wrong address, so we send it anew. The contract stands.',
    paidEarly:
      'We confirm your order. With this email the contract is formed. Your payment is taken now, as was stated when you ordered.',
    order: 'Order',
    sentTo: 'To be sent to',
    attached: ({ form, norwegian }: { form: boolean; norwegian: boolean }) =>
      `Attached, as text and as PDF${norwegian ? ', and in Norwegian too' : ''}: the terms that apply to this order${form ? ', and a withdrawal form' : ''}. Keep them.`,
  },
}

/**
 * The words of a mail about an order in the customer's language. The acknowledgement answers at once (e-handelsloven
 * § 12) and must not read as a confirmation; the confirmation carries the pinned terms and, for consumers, the
 * withdrawal form on a durable medium (angrerettloven §§ 8 and 18), tells of guarantees what the law of where the goods go wants told, when
 * the goods are expected, and consumers of the withdrawal function. `at` is when it goes.
 */
export async function compose(
  kind: 'acknowledgement' | 'confirmation',
  { state, personal }: StoredOrder,
  { at, withdrawal }: { at: Temporal.Instant; withdrawal?: FunctionTold },
): Promise<Composed> {
  const { placed } = state
  const { locale, number } = placed
  const say = words[locale]
  const paragraphs = [
    openingOf(kind, state),
    ...(kind === 'acknowledgement' && placed.reservedUntil
      ? [say.keptUntil(momentInWords(locale, placed.reservedUntil))]
      : []),
    [`${say.order} ${number}`, ...goodsInWords(placed)].join('\n'),
    sumsInWords(placed).join('\n'),
    ...buyerInWords(placed, personal).map((lines) => lines.join('\n')),
    [`${say.sentTo}:`, ...addressLines(locale, personal.shippingAddress)].join('\n'),
  ]
  const guarantees = kind === 'confirmation' ? await guaranteesTold(state, at) : undefined
  if (kind === 'confirmation')
    paragraphs.push(...soldWithInWords(placed), ...guarantees!.paragraphs, promiseInWords(state, at))
  const attached = kind === 'confirmation' ? await attachedDocuments(placed) : []
  if (attached.length > 0) {
    const form = attached.some(({ document }) => document.kind === 'withdrawal-form')
    paragraphs.push(say.attached({ form, norwegian: attached.some(({ document }) => document.locale !== locale) }))
  }
  if (kind === 'confirmation' && withdrawal) paragraphs.push(withdrawal.notice)
  return {
    locale,
    subject: say[kind].subject(number),
    text: [...paragraphs, signatureOf(sellerOf(placed.terms.edition), locale)].join('\n\n'),
    attachments: [...attached.map(({ attachment }) => attachment), ...(guarantees?.attachments ?? [])],
  }
}

/** A confirmation that goes to the right person after the fact forms no contract: it stands. */
function openingOf(kind: 'acknowledgement' | 'confirmation', { placed, reconfirming }: StoredOrder['state']) {
  const say = words[placed.locale]
  if (kind === 'confirmation' && reconfirming) return placed.customerKind === 'consumer' ? say.again : say.againBusiness
  return kind === 'confirmation' && placed.disclosures.earlyCapture ? say.paidEarly : say[kind].opening
}
