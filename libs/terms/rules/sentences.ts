/**
 * The sentences of a seller's terms that rules keep, by names of our own, and the file in this folder that keeps each. Which
 * number a sentence has is the edition's to say: see `EditionSource.sentences`.
 */
export const sentences = {
  'written-agreement': 'written-agreement',
  consumer: 'customer',
  'business-customer': 'customer',
  agreement: 'formation',
  'seller-may-cancel': 'cancellation',
  'customer-may-cancel': 'cancellation',
  'prices-and-vat': 'prices',
  'delivery-cost': 'prices',
  'payment-methods': 'payment',
  'payment-taken': 'capture',
  'delivery-time': 'delivery',
  'consumer-risk': 'risk',
  'business-risk': 'risk',
  'transport-damage': 'transport-damage',
  'withdrawal-right': 'withdrawal',
  'withdrawal-period': 'withdrawal',
  'withdrawal-notice': 'withdrawal-notice',
  'return-cost': 'sending-back',
  'refund-period': 'refund',
  'made-to-order': 'withdrawal',
  'hygiene-seal': 'withdrawal',
  'voluntary-return': 'voluntary-return',
  'voluntary-return-condition': 'voluntary-return',
  complaint: 'complaints',
  'complaint-limit': 'complaints',
  'long-lived-complaint-limit': 'complaints',
  remedies: 'remedies',
  'safe-use': 'product-safety',
  'damage-by-use': 'damage-by-use',
  'consumer-rights-kept': 'liability',
  'indirect-loss': 'liability',
  impediment: 'impediment',
  'version-followed': 'changes',
  'governing-law': 'disputes',
  'consumer-mediator': 'disputes',
  'business-venue': 'disputes',
} as const

export type SentenceName = keyof typeof sentences

/**
 * Those on which an edition may be silent, in its `sentences` as `not mentioned`: what only a new edition has, or what the law
 * says without it. A reason that rests on such sentences alone may be undefined, and does not compile where a rule forgets that.
 */
export const optionalSentences = [
  'impediment',
  'written-agreement',
  'safe-use',
] as const satisfies readonly SentenceName[]

export type OptionalSentence = (typeof optionalSentences)[number]
/** The sentences that every edition has. */
export type CommonSentence = Exclude<SentenceName, OptionalSentence>
