import { fact } from '@vilkar/contracts/test/examples.ts'
import type { ErasureCommand } from '../erasure/state.ts'

const { answerBy: _, ...asked } = fact('ErasureDue').data
/** A week before the day by which the example is to be answered. */
export const AT = '2026-06-15T09:05:00Z'

/** The command that the example comes of, with these changes. */
export const ask = (changes: Partial<ErasureCommand['data']> = {}): ErasureCommand => ({
  type: 'AskErasure',
  data: { ...asked, at: AT, ...changes },
})
