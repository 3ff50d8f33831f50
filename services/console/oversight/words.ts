import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

/** The words of oversight. */
export const oversightWords = dictionary({ nb, en })
