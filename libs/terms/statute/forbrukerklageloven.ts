import { act } from './act.ts'
import { changing, dated } from './dated.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 23 June 2020 no. 98, on how Forbrukertilsynet and Forbrukerklageutvalget handle complaints, in our own words. */
export const forbrukerklageloven = act('forbrukerklageloven', 'lov/2020-06-23-98', readAtLovdata('2025-01-01'), {
  '§ 1': changing(
    '2025-01-01',
    { text: 'It covers complaints about purchases between consumers and traders who are established in Norway.' },
    {
      text: 'It covers complaints about purchases between consumers and traders who are established in Norway or direct their business at consumers in Norway.',
    },
  ),
  '§ 2': 'A consumer brings a dispute about a purchase to Forbrukertilsynet, which mediates.',
  '§ 3': 'A dispute that mediation did not settle may be brought before Forbrukerklageutvalget, which decides it.',
})

/** Who mediates between a consumer and a seller. The task moved when the Act came into force on 1 January 2021. Source: § 2. */
export const mediatorOn = dated(
  { until: '2020-12-31', value: 'Forbrukerrådet' as const },
  { from: '2021-01-01', value: 'Forbrukertilsynet' as const },
)

/** Who decides what mediation did not settle. Source: § 3. */
export const TRIBUNAL = 'Forbrukerklageutvalget'
