import { Id } from '@vilkar/contracts/event.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { handle } from '../../shipment/handle.ts'
import { follow, readReport } from '../store.ts'
import { ReportView, viewOf } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

/** What the doors of one report have in common. */
export const params = Type.Object({ id: Id })
export const answers = { 200: ReportView, ...problems(400, 401, 403, 404, 409) }

export const reportedOfAnother = () =>
  httpError(409, 'report-differs', 'Something of another shipment was reported under this id.')

/** Carries out one command, notes what came of it, and answers with the report or the refusal. */
export async function carryOut(
  deps: Deps,
  id: string,
  work: (trx: Transaction<Database>) => ReturnType<typeof handle>,
) {
  const { refusal, row } = await transact(deps, async (trx) => {
    const { events, refusal: no } = await work(trx)
    if (!(await follow(trx, events))) throw reportedOfAnother()
    return { refusal: no, row: await readReport(trx, id) }
  })
  if (refusal) throw refusalError(refusal)
  return viewOf(row!)
}

export const shipmentOf = async (trx: Transaction<Database>, reportId: string) =>
  ((await readReport(trx, reportId)) ?? reportUnknown()).shipment_id
