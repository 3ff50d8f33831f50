import type { Citation, Reason } from './ruling.ts'

/** The numbered sentences of one clause: number to sentence. */
export type ClauseText = Readonly<Record<string, string>>

/**
 * Makes the `because(code, ...sources)` of an edition. A source is the number of one of the sentences given, or a section
 * of law; a number that is not among them does not compile.
 */
export function citing<const Text extends ClauseText>(edition: string, text: Text) {
  const cite = (clause: keyof Text & string): Citation => Object.freeze({ edition, clause, text: text[clause]! })
  return (code: string, ...sources: ((keyof Text & string) | Citation)[]): Reason =>
    byLaw(code, ...sources.map((source) => (typeof source === 'string' ? cite(source) : source)))
}

/** A reason that rests on sections of law alone. Reasons are frozen: rulings share them. */
export const byLaw = (code: string, ...cites: Citation[]): Reason =>
  Object.freeze({ code, cites: Object.freeze(cites) as Citation[] })
