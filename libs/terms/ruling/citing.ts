import type { Citation, Reason } from './ruling.ts'

/** A reason that rests on sections of law alone. Reasons are frozen: rulings share them. */
export const byLaw = (code: string, ...cites: Citation[]): Reason =>
  Object.freeze({ code, cites: Object.freeze(cites) as Citation[] })
