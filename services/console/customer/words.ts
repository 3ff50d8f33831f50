import { dictionary } from '../pages/words.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'
import { parcels as parcelsEn } from './words/parcels-en.ts'
import { parcels as parcelsNb } from './words/parcels-nb.ts'
import { previews as previewsEn } from './words/previews-en.ts'
import { previews as previewsNb } from './words/previews-nb.ts'

/** The words of customers' pages. The names of the two buttons and of the fields are not among them: the returns service says those. */
export const customerWords = dictionary({ nb, en })
export const parcelWords = dictionary({ nb: parcelsNb, en: parcelsEn })
export const previewWords = dictionary({ nb: previewsNb, en: previewsEn })
