import { dictionary } from '../pages/words.ts'
import { again as againEn } from './words/again-en.ts'
import { again as againNb } from './words/again-nb.ts'
import { alarms as alarmsEn } from './words/alarms-en.ts'
import { alarms as alarmsNb } from './words/alarms-nb.ts'
import { check as checkEn } from './words/check-en.ts'
import { check as checkNb } from './words/check-nb.ts'
import { damage as damageEn } from './words/damage-en.ts'
import { damage as damageNb } from './words/damage-nb.ts'
import { en } from './words/en.ts'
import { figures as figuresEn } from './words/figures-en.ts'
import { figures as figuresNb } from './words/figures-nb.ts'
import { goods as goodsEn } from './words/goods-en.ts'
import { goods as goodsNb } from './words/goods-nb.ts'
import { goodwill as goodwillEn } from './words/goodwill-en.ts'
import { goodwill as goodwillNb } from './words/goodwill-nb.ts'
import { judging as judgingEn } from './words/judging-en.ts'
import { judging as judgingNb } from './words/judging-nb.ts'
import { mails as mailsEn } from './words/mails-en.ts'
import { mails as mailsNb } from './words/mails-nb.ts'
import { nb } from './words/nb.ts'
import { offer as offerEn } from './words/offer-en.ts'
import { offer as offerNb } from './words/offer-nb.ts'
import { parcels as parcelsEn } from './words/parcels-en.ts'
import { parcels as parcelsNb } from './words/parcels-nb.ts'
import { recalls as recallsEn } from './words/recalls-en.ts'
import { recalls as recallsNb } from './words/recalls-nb.ts'
import { shipping as shippingEn } from './words/shipping-en.ts'
import { shipping as shippingNb } from './words/shipping-nb.ts'
import { sidebar as sidebarEn } from './words/sidebar-en.ts'
import { sidebar as sidebarNb } from './words/sidebar-nb.ts'
import { tags as tagsEn } from './words/tags-en.ts'
import { tags as tagsNb } from './words/tags-nb.ts'
import { work as workEn } from './words/work-en.ts'
import { work as workNb } from './words/work-nb.ts'

/** The words of the desk; what follows are those of its parts. */
export const deskWords = dictionary({ nb, en })
export const judgingWords = dictionary({ nb: judgingNb, en: judgingEn })
export const goodsWords = dictionary({ nb: goodsNb, en: goodsEn })
export const againWords = dictionary({ nb: againNb, en: againEn })
export const alarmWords = dictionary({ nb: alarmsNb, en: alarmsEn })
export const damageWords = dictionary({ nb: damageNb, en: damageEn })
export const parcelWords = dictionary({ nb: parcelsNb, en: parcelsEn })
export const checkWords = dictionary({ nb: checkNb, en: checkEn })
export const goodwillWords = dictionary({ nb: goodwillNb, en: goodwillEn })
export const offerWords = dictionary({ nb: offerNb, en: offerEn })
export const mailWords = dictionary({ nb: mailsNb, en: mailsEn })
export const workWords = dictionary({ nb: workNb, en: workEn })
export const figuresWords = dictionary({ nb: figuresNb, en: figuresEn })
export const sidebarWords = dictionary({ nb: sidebarNb, en: sidebarEn })
export const recallWords = dictionary({ nb: recallsNb, en: recallsEn })
export const shippingWords = dictionary({ nb: shippingNb, en: shippingEn })
export const tagWords = dictionary({ nb: tagsNb, en: tagsEn })
export type DeskSay = ReturnType<typeof deskWords>
