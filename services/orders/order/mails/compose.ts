import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'
import { confirmationDocuments } from './documents.ts'
import { addressLines, buyerInWords, goodsInWords, sumsInWords } from './order-in-words.ts'

const words = {
  nb: {
    acknowledgement: {
      subject: (number: string) => `Vi har mottatt bestillingen din ${number}`,
      opening:
        'Takk, vi har mottatt bestillingen din. Dette er ikke en ordrebekreftelse: avtalen er inngått først når du får bekreftelsen på e-post, etter at betalingen er godkjent.',
    },
    confirmation: {
      subject: (number: string) => `Ordrebekreftelse ${number}`,
      opening:
        'Vi bekrefter bestillingen din. Med denne e-posten er avtalen inngått. Betalingen trekkes når varene sendes.',
    },
    paidEarly:
      'Vi bekrefter bestillingen din. Med denne e-posten er avtalen inngått. Betalingen trekkes nå, slik det ble opplyst da du bestilte.',
    order: 'Ordre',
    sentTo: 'Sendes til',
    attached: (form: boolean) =>
      `Vedlagt: kjøpsvilkårene som gjelder for denne ordren${form ? ', og angreskjema' : ''}. Ta vare på dem.`,
    termsFile: 'vilkar',
    formFile: 'angreskjema',
  },
  en: {
    acknowledgement: {
      subject: (number: string) => `We have received your order ${number}`,
      opening:
        'Thank you, we have received your order. This is not an order confirmation: the contract is formed only when the confirmation reaches you by email, after your payment is approved.',
    },
    confirmation: {
      subject: (number: string) => `Order confirmation ${number}`,
      opening:
        'We confirm your order. With this email the contract is formed. Your payment is taken when the goods are sent.',
    },
    paidEarly:
      'We confirm your order. With this email the contract is formed. Your payment is taken now, as was stated when you ordered.',
    order: 'Order',
    sentTo: 'To be sent to',
    attached: (form: boolean) =>
      `Attached: the terms that apply to this order${form ? ', and a withdrawal form' : ''}. Keep them.`,
    termsFile: 'terms',
    formFile: 'withdrawal-form',
  },
}

/**
 * The words of a mail about an order in the customer's language. The acknowledgement answers at once (e-handelsloven
 * § 12) and must not read as a confirmation; the confirmation carries the pinned terms and, for consumers, the
 * withdrawal form on a durable medium (angrerettloven §§ 8 and 18).
 */
export function compose(kind: 'acknowledgement' | 'confirmation', { state, personal }: StoredOrder): Composed {
  const { placed } = state
  const { locale, number } = placed
  const say = words[locale]
  const paragraphs = [
    kind === 'confirmation' && placed.disclosures.earlyCapture ? say.paidEarly : say[kind].opening,
    [`${say.order} ${number}`, ...goodsInWords(placed)].join('\n'),
    sumsInWords(placed).join('\n'),
    ...buyerInWords(placed, personal).map((lines) => lines.join('\n')),
    [`${say.sentTo}:`, ...addressLines(personal.shippingAddress)].join('\n'),
  ]
  const attachments = kind === 'confirmation' ? confirmationAttachments(state) : []
  if (attachments.length > 0) paragraphs.push(say.attached(attachments.length > 1))
  return {
    locale,
    subject: say[kind].subject(number),
    text: [...paragraphs, signatureOf(sellerOf(placed.terms.edition), locale)].join('\n\n'),
    attachments,
  }
}

const contentType = 'text/markdown; charset=utf-8'

function confirmationAttachments({ placed }: StoredOrder['state']) {
  const date = placed.terms.edition.split('/').at(-1)
  return confirmationDocuments(placed).map(({ kind, locale, content }) => {
    const { termsFile, formFile } = words[locale]
    return { filename: kind === 'terms' ? `${termsFile}-${date}.md` : `${formFile}.md`, content, contentType }
  })
}
