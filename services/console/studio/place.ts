import type { Place } from '../pages/view.ts'
import { studioWords } from './words.ts'

export const studioPlace: Place = {
  href: '/studio',
  label: (language) => studioWords(language)('place'),
  scope: 'staff',
}
