import type { Place } from '../pages/view.ts'
import { oversightWords } from './words.ts'

/** Who may approve what another proposed may see who looked at whom. */
export const OVERSEES = 'returns:approve' as const
export const oversightPlace: Place = {
  href: '/desk/looks',
  label: (language) => oversightWords(language)('place'),
  scope: OVERSEES,
}
