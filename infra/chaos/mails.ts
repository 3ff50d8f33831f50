import type { ServiceName } from '@vilkar/contracts/event.ts'
import { mailIdOf } from '@vilkar/mail/outgoing.ts'
import type { Counted } from './audit.ts'
import type { Happened } from './faults.ts'
import type { House } from './house.ts'
import type { TakenMail } from './mail-log.ts'

/** Services that write to customers. */
const WRITERS = ['orders', 'returns'] as const
/** How long after a fault a mail may still be sent again for it: a claim must be missed first, and the job tried once more. */
const AFTERMATH_MS = 45_000

type Row = { id: string; about_id: string; kind: string; status: string; times: number }

/**
 * Mails that the mail server took and that never arrived, and those that customers got twice: two about the same, or one again
 * without a fault that could be the cause. A mail that was taken in the moment in which its process died goes out again under
 * the same Message-ID, since nobody can tell; that is known, and counted apart (`repeatedMails`).
 */
export async function auditMails(
  { pools, mailLog }: Pick<House, 'pools' | 'mailLog'>,
  happened: readonly Happened[],
): Promise<Counted[]> {
  const arrived = arrivalsOf(mailLog.taken())
  const found = WRITERS.map(async (service) => {
    const { rows } = await pools[service].query<Row>(`
      select id, about_id, kind, status, count(*) over (partition by about_id, kind, detail)::int as times from mail`)
    const report = (figure: Counted['figure'], check: string, details: Row): Counted => ({
      ...{ figure, check, service: service as ServiceName, details },
    })
    return rows.flatMap((row) => {
      const times = arrived.get(row.id) ?? []
      if (row.status === 'accepted' && times.length === 0) return [report('lost', 'a mail never arrived', row)]
      const again = times.slice(1).some((atMs, i) => !isExplained(times[i]!, atMs, happened))
      const twice = row.times > 1 && row.id === firstOf(rows, row)
      return [
        ...(again ? [report('doubled', 'a mail arrived twice', row)] : []),
        ...(twice ? [report('doubled', 'two mails say the same', row)] : []),
      ]
    })
  })
  return (await Promise.all(found)).flat()
}

const firstOf = (rows: readonly Row[], { about_id, kind }: Row) =>
  rows.find((row) => row.about_id === about_id && row.kind === kind && row.times > 1)!.id

/** When each mail arrived, by its id, in order. */
function arrivalsOf(taken: readonly TakenMail[]) {
  const arrivals = new Map<string, number[]>()
  for (const { messageId, atMs } of taken)
    arrivals.getOrInsertComputed(mailIdOf(messageId) ?? messageId, () => []).push(atMs)
  return arrivals
}

/** How many mails arrived more often than once, for whatever reason. */
export const repeatedMails = (taken: readonly TakenMail[]) =>
  [...arrivalsOf(taken).values()].filter(({ length }) => length > 1).length

/** Whether a fault lay around the first arrival, so that whoever sent the mail may not have heard that it was taken. */
const isExplained = (firstMs: number, againMs: number, happened: readonly Happened[]) =>
  happened.some(({ fromMs, toMs }) => fromMs <= againMs && toMs + AFTERMATH_MS >= firstMs)
