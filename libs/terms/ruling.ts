/**
 * A ruling is an answer to a question about a right or a charge, with what it rests on.
 * `granted` and `refused` are final; `review` means that a person decides, and that until then the customer is
 * treated as if it were granted (judgement words such as "reasonable time" are never refused by a machine).
 */
export type Ruling = { outcome: 'granted' | 'refused' | 'review'; reasons: Reason[] }

/** Why, in a code for machines, with every sentence of the terms or section of law that says so. */
export type Reason = { code: string; cites: Citation[] }

/** A numbered sentence of an edition of the terms, or a section of an Act. `text` is the sentence, or what the section says. */
export type Citation =
  | { edition: string; clause: string; text: string }
  | { act: string; section: string; text: string; url?: string }

export const granted = (...reasons: Reason[]): Ruling => ({ outcome: 'granted', reasons })
export const refused = (...reasons: Reason[]): Ruling => ({ outcome: 'refused', reasons })
export const review = (...reasons: Reason[]): Ruling => ({ outcome: 'review', reasons })
