import type { Place } from '../pages/view.ts'
import { customerWords } from './words.ts'

export const customerPlace: Place = {
  href: '/customer/withdraw',
  label: (language) => customerWords(language)('place'),
}
