import { Id } from '@vilkar/contracts/event.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import { readReport } from '../store.ts'
import { carryOut } from '../write-down.ts'
import { ReportView, viewOf } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

/** What the doors of one report have in common. */
export const params = Type.Object({ id: Id })
export const answers = { 200: ReportView, ...problems(400, 401, 403, 404, 409) }

/** Carries out one command, and answers with the report as it is then. */
export const answerOf = async (...asked: Parameters<typeof carryOut>) => viewOf(await carryOut(...asked))

export const shipmentOf = async (trx: Transaction<Database>, reportId: string) =>
  ((await readReport(trx, reportId)) ?? reportUnknown()).shipment_id
