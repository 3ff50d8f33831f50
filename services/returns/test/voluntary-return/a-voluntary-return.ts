import type { Looked } from '@vilkar/contracts/returns-voluntary.ts'
import type { VoluntaryReturnCommand } from '../../voluntary-return/state.ts'
import { received } from '../a-return.ts'

export const returnId = '019ee3a4-9c00-7c02-8b63-1e7c2a8d4f55'
type Data<Type extends VoluntaryReturnCommand['type']> = Omit<
  Extract<VoluntaryReturnCommand, { type: Type }>['data'],
  'returnId' | 'at'
>
const command = <Type extends VoluntaryReturnCommand['type']>(type: Type, at: string, data: Data<Type>) =>
  ({ type, data: { returnId, at, ...data } }) as unknown as Extract<VoluntaryReturnCommand, { type: Type }>

/** A sensor that cannot be withdrawn from any more, and one unit more than there is. */
export const request = (change: Partial<Data<'RequestReturn'>> = {}, at = '2026-06-20T09:00:00Z') =>
  command('RequestReturn', at, {
    ...{ facts: received, lines: [{ lineId: '1', quantity: 2 }], statement: 'De ble for mange.' },
    ...{ channel: 'email' as const, noticeSentAt: '2026-06-20T08:00:00Z', recordedBy: 'support-1' },
    ...change,
  })
/** A sensor, as it should be unless it is found otherwise. */
export const looked = (change: Partial<Looked> = {}): Looked => ({
  ...{ lineId: '1', quantity: 1, unused: true, undamaged: true, originalPackaging: true, fitForSale: true },
  ...change,
})
export const lookAt = (units: Looked[], at = '2026-06-25T09:00:00Z') =>
  command('RecordCheck', at, {
    ...{ facts: received, receivedAt: at, units, checkedBy: 'warehouse-1', note: 'Limet er brukt.' },
  })
export const keep = () => command('GiveUp', '2026-06-21T09:00:00Z', {})
export const pass = (at: string) => command('LetTimePass', at, { facts: received })
