import type { Place } from '../pages/view.ts'
import { deskWords } from './words.ts'

export const deskPlace: Place = { href: '/desk', label: (language) => deskWords(language)('desk'), scope: 'staff' }
export const workPlace: Place = { href: '/desk/work', label: (language) => deskWords(language)('work'), scope: 'staff' }
