/**
 * A ruling is an answer to a question about a right or a charge, with what it rests on.
 * `granted` and `refused` are final; `review` means that a person decides, and that until then the customer is
 * treated as if it were granted (judgement words such as "reasonable time" are never refused by a machine).
 * `basis` says who gives the customer what the ruling says; `termsUndercut` that the terms alone, on these facts, would
 * have given the customer less than the law does (angrerettloven § 3, forbrukerkjøpsloven § 3: then the law prevails).
 */
export type Ruling = {
  outcome: 'granted' | 'refused' | 'review'
  reasons: Reason[]
  basis?: Basis
  termsUndercut?: boolean
}

export type Basis = 'statute' | 'terms' | 'both'

/** Why, in a code for machines, with every sentence of the terms or section of law that says so. */
export type Reason = { code: string; cites: Citation[] }

/**
 * A numbered sentence of an edition of the terms, a section of an Act, or what was agreed in writing with the customer on a day.
 * `text` is the sentence, or what the section says or was agreed.
 */
export type Citation =
  | { edition: string; clause: string; text: string }
  | { agreement: string; agreedOn: string; text: string }
  | { act: string; section: string; text: string; url?: string }

/** Where a citation points, without whose it is: the number of a sentence or of a section, or the id of an agreement. */
export const placeOf = (cite: Citation): string =>
  'clause' in cite ? cite.clause : 'agreement' in cite ? cite.agreement : cite.section

/** What it is about a product that the terms and the law ask for. */
export type Traits = {
  /** Made to the customer's own specification or clearly personal; a choice from the shop's own options is not. */
  madeToOrder: boolean
  /** Sealed, and unfit for return for health or hygiene reasons once the seal is broken. */
  hygieneSealed: boolean
  safetyCritical: boolean
  /** Meant to last considerably longer than two years. */
  longLived: boolean
}

export const granted = (...reasons: Reason[]): Ruling => ({ outcome: 'granted', reasons })
export const refused = (...reasons: Reason[]): Ruling => ({ outcome: 'refused', reasons })
export const review = (...reasons: Reason[]): Ruling => ({ outcome: 'review', reasons })
