import type { Place } from '../pages/view.ts'
import { privacyWords } from './words.ts'

export const privacyPlace: Place = {
  href: '/privacy',
  label: (language) => privacyWords(language)('place'),
  scope: 'privacy:read',
}
