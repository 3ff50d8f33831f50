import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

/** The words of customers' pages. The names of the two buttons and of the fields are not among them: the returns service says those. */
export const customerWords = dictionary({ nb, en })
