import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'
import { registers as registersEn } from './words/registers-en.ts'
import { registers as registersNb } from './words/registers-nb.ts'

export { called } from '../pages/privacy-codes.ts'

/** Words of the desk, and of the registers. */
export const privacyWords = dictionary({ nb, en })
export const registerWords = dictionary({ nb: registersNb, en: registersEn })
