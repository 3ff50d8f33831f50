import type { Place } from '../pages/view.ts'
import { warehouseWords } from './words.ts'

export const warehousePlace: Place = {
  href: '/warehouse',
  label: (language) => warehouseWords(language)('warehouse'),
  scope: 'shipments:write',
}
