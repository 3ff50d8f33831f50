import { act } from './act.ts'
import { dated } from './dated.ts'

/** Lov 23 June 2020 no. 98, on how Forbrukertilsynet and Forbrukerklageutvalget handle complaints, in our own words. */
export const forbrukerklageloven = act('forbrukerklageloven', 'lov/2020-06-23-98', {
  '§ 1': 'It covers complaints between traders established in Norway and consumers, wherever those live.',
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
