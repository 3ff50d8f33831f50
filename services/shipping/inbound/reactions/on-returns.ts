import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReturnClosed, ReturnReceived, ReturnUnitsKnown, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type { ComplaintEnded, RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { VoluntaryReturnEnded, VoluntaryReturnRequested } from '@vilkar/contracts/returns-voluntary.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { changeExpected, closeExpected, type Expected, expectReturn, receiveExpected } from '../expected.ts'
import { cameBeforeItLeft } from '../receipt-moment.ts'
import { unannouncedOf } from '../store.ts'
import { matchParcel } from '../take-in.ts'

type Trx = Transaction<Database>
type Announced = { returnId: string; orderId: string; lines: LinePart[] }

/** Goods are to come back. What came in of the order before that was heard is matched with it now. */
async function announce(trx: Trx, { clock }: Deps, kind: Expected['kind'], { returnId, orderId, lines }: Announced) {
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity })).filter(({ quantity }) => quantity > 0)
  await expectReturn(trx, { returnId, orderId, kind, lines: units })
  const now = clock.now()
  for (const { id, receivedAt } of await unannouncedOf(trx, orderId))
    if (!(await cameBeforeItLeft(trx, receivedAt, { orderId }, now.toString())))
      await matchParcel(trx, id, { returnId }, now)
}

export const expectWithdrawn = (trx: Trx, deps: Deps, told: WithdrawalDeclared['data']) =>
  announce(trx, deps, 'withdrawal', told)
export const onVoluntaryReturnRequested = (trx: Trx, deps: Deps, told: VoluntaryReturnRequested['data']) =>
  announce(trx, deps, 'voluntary-return', told)
/** A lower price leaves the goods where they are. */
export const onRemedyChosen = async (trx: Trx, deps: Deps, told: RemedyChosen['data']) => {
  if (told.remedy !== 'price-reduction') await announce(trx, deps, 'complaint', told)
}
export const onReturnUnitsKnown = (trx: Trx, _deps: Deps, { returnId, left }: ReturnUnitsKnown['data']) =>
  changeExpected(trx, returnId, left)
export const onReturnOver = (
  trx: Trx,
  { clock }: Deps,
  { returnId }: (ReturnClosed | VoluntaryReturnEnded | ComplaintEnded)['data'],
) => closeExpected(trx, returnId, clock.now().toString())
export const onReturnReceived = (trx: Trx, _deps: Deps, { returnId, receivedAt }: ReturnReceived['data']) =>
  receiveExpected(trx, returnId, receivedAt)
