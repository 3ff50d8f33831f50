import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 13 December 2024 no. 76, the Electronic Communications Act, in our own words. */
export const ekomloven = act('ekomloven', 'lov/2024-12-13-76', readAtLovdata('2025-12-19'), {
  '§ 3-15': {
    en: 'Storing or reading anything on the user’s equipment needs informed consent of the kind the GDPR asks for, unless it only carries the communication or is strictly necessary for a service the user asked for.',
    nb: 'Å lagre eller lese noe på brukerens utstyr krever et informert samtykke av den typen personvernforordningen krever, med mindre det bare overfører kommunikasjonen eller er strengt nødvendig for en tjeneste som brukeren har bedt om.',
  },
})
