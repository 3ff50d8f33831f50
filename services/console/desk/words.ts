import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'

/** The words of the desk. */
export const deskWords = dictionary({ nb, en })
export type DeskSay = ReturnType<typeof deskWords>
