import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

/** The words of the shop window. What the button says is not among them: the orders service says that. */
export const shopWords = dictionary({ nb, en })
