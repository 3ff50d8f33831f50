import type { Place } from '../pages/view.ts'
import { shopWords } from './words.ts'

export const shopPlace: Place = { href: '/shop', label: (language) => shopWords(language)('place') }
