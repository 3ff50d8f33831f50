import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { exportLink } from '../../exports/link.ts'
import type { RequestRow } from '../store.ts'
import { writeMail } from './write.ts'

/** Mails the link to an export, which is good until a moment; `again` names one of those that are asked for once more. */
export async function mailExportLink(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'consent'>,
  row: RequestRow,
  { ends, again }: { ends: Temporal.Instant; again?: string },
) {
  const until = ends.toString()
  const link = { url: await exportLink(deps.consent, row.id, until), until: osloDay(ends).toString() }
  return writeMail(trx, deps, row, 'export', { until, link, ...(again !== undefined && { again }) })
}
