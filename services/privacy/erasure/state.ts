import type { ErasureDue } from '@vilkar/contracts/privacy.ts'

/** What holders were asked to erase, as they were told. Moments are RFC 3339. */
export type AskedErasure = { status: 'asked'; askedAt: string } & Omit<ErasureDue['data'], 'erasureId'>
export type Erasure = { status: 'new' } | AskedErasure

/** Who of the staff asked for it, by the subject of their token, and in what words; nobody where time alone did. */
export type ErasurePersonal = { by?: string; why?: string }

/** `answerBy` is worked out when it is asked. */
export type ErasureCommand = {
  type: 'AskErasure'
  data: Omit<ErasureDue['data'], 'answerBy'> & { at: string; by?: string; why?: string }
}
