import { dictionary } from '../../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

export const dataWords = dictionary({ nb, en })
