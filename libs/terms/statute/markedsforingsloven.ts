import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 9 January 2009 no. 2, the Marketing Control Act, in our own words. */
export const markedsforingsloven = act('markedsføringsloven', 'lov/2009-01-09-2', readAtLovdata('2026-01-01'), {
  '§ 15': {
    en: 'Electronic marketing to a natural person needs consent beforehand, except to a customer whose address came with a sale, for the seller’s own similar goods, with an easy and free way to opt out then and every time.',
    nb: 'Elektronisk markedsføring til en fysisk person krever samtykke på forhånd, unntatt til en kunde som oppga adressen ved et salg, for selgerens egne lignende varer, med en enkel og gratis måte å reservere seg på både da og hver gang.',
  },
})
