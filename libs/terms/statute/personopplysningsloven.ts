import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 15 June 2018 no. 38, the Personal Data Act, in our own words. */
export const personopplysningsloven = act('personopplysningsloven', 'lov/2018-06-15-38', readAtLovdata('2022-01-01'), {
  '§ 1': {
    en: 'The General Data Protection Regulation is Norwegian law.',
    nb: 'Personvernforordningen gjelder som norsk lov.',
  },
  '§ 5': {
    en: 'A child who has turned 13 may consent to an online service.',
    nb: 'Et barn som har fylt 13 år, kan samtykke til en nettjeneste.',
  },
})

/** In years. Source: § 5, in the text of 2 July 2026. */
export const CONSENT_AGE = 13
