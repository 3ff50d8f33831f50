import { httpError, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { CommandData } from '../shipment/commands.ts'
import { type handle, handleUnderOrder } from '../shipment/handle.ts'
import { readLongLived } from '../shipment/store.ts'
import { type DamageRow, follow, readReport } from './store.ts'

type Trx = Transaction<Database>

/** Carries out one command about a report, notes what came of it, and answers with the report as it is then; throws the refusal. */
export async function carryOut(
  deps: Deps,
  id: string,
  work: (trx: Trx) => ReturnType<typeof handle>,
): Promise<NonNullable<DamageRow>> {
  const { refusal, row } = await transact(deps, async (trx) => {
    const { events, refusal: no } = await work(trx)
    if (!(await follow(trx, events))) throw reportedOfAnother()
    return { refusal: no, row: await readReport(trx, id) }
  })
  if (refusal) throw refusalError(refusal)
  return row!
}

/** Writes a report down; 409 `report-differs` for an id under which another shipment was reported. */
export const writeDown = (deps: Deps, report: Omit<CommandData<'ReportDamage'>, 'longLived'>) =>
  carryOut(deps, report.reportId, async (trx) => {
    const found = await readReport(trx, report.reportId)
    if (found && found.shipment_id !== report.shipmentId) throw reportedOfAnother()
    const longLived = await readLongLived(trx, report.shipmentId, report.lines)
    return handleUnderOrder(trx, { type: 'ReportDamage', data: { ...report, longLived } })
  })

const reportedOfAnother = () =>
  httpError(409, 'report-differs', 'Something of another shipment was reported under this id.')
