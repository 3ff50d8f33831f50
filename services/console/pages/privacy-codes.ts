import type { View } from './view.ts'
import { codes as en } from './words/privacy-codes-en.ts'
import { codes as nb } from './words/privacy-codes-nb.ts'
import { dictionary } from './words.ts'

const words = dictionary({ nb, en })

/** What pages call something that the privacy service names by a code; the code itself where there are no words for it. */
export function called(view: View, kind: string, code: string): string {
  const key = `${kind}_${code}`
  return Object.hasOwn(en, key) ? words(view.language)(key as keyof typeof en) : code
}
