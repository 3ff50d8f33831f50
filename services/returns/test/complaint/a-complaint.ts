import type { ComplaintCommand } from '../../complaint/state.ts'
import { received } from '../a-return.ts'

export const returnId = '019f96b2-2c00-7c02-8b63-1e7c2a8d4f66'
export const cureId = '019fa720-3c00-7c02-8b63-1e7c2a8d4f77'
export const otherCureId = '019fa720-3c00-7c02-8b63-1e7c2a8d4f78'
type Data<Type extends ComplaintCommand['type']> = Omit<
  Extract<ComplaintCommand, { type: Type }>['data'],
  'returnId' | 'at'
>
const command = <Type extends ComplaintCommand['type']>(type: Type, at: string, data: Data<Type>) =>
  ({ type, data: { returnId, at, ...data } }) as unknown as Extract<ComplaintCommand, { type: Type }>

/** A sensor that beeps, and one unit more than there is. */
export const complain = (change: Partial<Data<'ReceiveComplaint'>> = {}, at = '2026-07-25T09:00:00Z') =>
  command('ReceiveComplaint', at, {
    ...{ facts: received, lines: [{ lineId: '1', quantity: 3 }], defect: 'De piper hele tiden.' },
    ...{ channel: 'phone' as const, noticeSentAt: '2026-07-25T08:00:00Z', recordedBy: 'support-1' },
    ...{ noticedAt: '2026-07-20T08:00:00Z', showedAt: '2026-07-20T08:00:00Z' },
    ...change,
  })
/** The seller answers for it; in the Union and from its day on a repair prolongs that. */
export const acceptIt = (change: Partial<Data<'AcceptComplaint'>> = {}) =>
  command('AcceptComplaint', '2026-07-27T09:00:00Z', {
    ...{ facts: received, assessedBy: 'support-1', grounds: 'Feilen er kjent.' },
    ...change,
  })
export const inTheUnion = { ...received, country: 'SE', formedAt: '2026-08-01T08:00:00Z' }
/** The same goods, for which their manufacturer gave a guarantee. */
export const guaranteed = (facts: typeof received) => ({
  ...facts,
  lines: facts.lines.map((line) => ({
    ...line,
    guarantee: { by: 'manufacturer' as const, guarantor: 'Fabrikk AS', years: 10, covers: 'Batteriet' },
  })),
})
export const rejectIt = (change: Partial<Data<'RejectComplaint'>> = {}, at = '2026-07-27T09:00:00Z') =>
  command('RejectComplaint', at, {
    ...{ facts: received, assessedBy: 'support-1', grounds: 'Den er åpnet med skrutrekker.', cause: 'misuse' as const },
    ...{ instructionsCorrect: true, instructionsSupplied: true },
    ...change,
  })
export const choose = (remedy: Data<'ChooseRemedy'>['remedy'], at = '2026-07-28T09:00:00Z') =>
  command('ChooseRemedy', at, { facts: received, remedy, cureId })
export const mend = () =>
  command('RecordCure', '2026-08-03T09:00:00Z', {
    ...{ doneAt: '2026-08-03T09:00:00Z', doneBy: 'workshop-1', note: 'Byttet batteri.' },
  })
export const fail = () =>
  command('RecordFailure', '2026-08-05T09:00:00Z', { facts: received, defect: 'De piper igjen.' })
export const reduce = (amount = 15_000) =>
  command('ReducePrice', '2026-08-07T09:00:00Z', { facts: received, lines: [{ lineId: '1', quantity: 2, amount }] })
export const takeBack = () =>
  command('RecordReturn', '2026-08-10T09:00:00Z', { facts: received, receivedAt: '2026-08-10T09:00:00Z' })
export const letBe = () => command('GiveUp', '2026-07-26T09:00:00Z', {})
/** So many of its sensors are withdrawn from. */
export const loseSome = (quantity = 1) => {
  const withdrawn = { returnId: 'withdrawal', outcome: 'open' as const, lines: [{ lineId: '1', quantity }] }
  return command('LoseUnits', '2026-07-29T09:00:00Z', {
    facts: { ...received, returns: [withdrawn] },
    before: [],
    cureId: otherCureId,
  })
}

export const hearStock = (outcome: Data<'HearStock'>['outcome'], cure = cureId) =>
  command('HearStock', '2026-07-28T09:01:00Z', { facts: received, cureId: cure, outcome })
export const goodsCame = () => command('RecordGoods', '2026-07-31T09:00:00Z', { receivedAt: '2026-07-31T09:00:00Z' })
export const repaired = () => command('SendRepaired', '2026-08-02T09:00:00Z', {})
export const underway = (step: Data<'NoteUnderway'>['step'], cure = cureId) =>
  command('NoteUnderway', '2026-08-02T12:00:00Z', {
    ...{ cureId: cure, step },
    ...(step === 'dispatched' && { carrier: 'Bring', trackingNumber: 'TN-7' }),
  })
export const cameBack = (cure = cureId) =>
  command('RecordDelivery', '2026-08-04T09:00:00Z', { cureId: cure, receivedAt: '2026-08-04T09:00:00Z' })
export const hearStop = (outcome: Data<'HearStop'>['outcome'], cure = cureId) =>
  command('HearStop', '2026-07-30T09:00:00Z', { cureId: cure, outcome })

export const pass = (at: string) => command('LetTimePass', at, { facts: received })
export const waive = (at = '2026-08-10T09:00:00Z') =>
  command('WaiveGoods', at, { by: 'support-1', note: 'Worth less than its freight.' })
export const rest = (at = '2026-08-30T09:00:00Z') =>
  command('RestComplaint', at, { by: 'support-1', note: 'Rang twice.' })
/** Others were sent for defective sensors, and the customer has them. */
export const replaced = () => [
  complain(),
  acceptIt(),
  choose('replacement'),
  hearStock('reserved'),
  underway('dispatched'),
  cameBack(),
]
