import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

/** The words of the warehouse. */
export const warehouseWords = dictionary({ nb, en })
