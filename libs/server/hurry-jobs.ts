import { type Kysely, sql } from 'kysely'

/**
 * Has jobs of a queue tried at once that wait for their next try, whose data have one of these values in a field. Answers how many there
 * were; what is being worked on is left alone.
 */
export async function hurryJobs<Tables>(db: Kysely<Tables>, name: string, field: string, values: readonly string[]) {
  const { numAffectedRows } = await sql`
    update jobs.job set start_after = now()
    where name = ${name} and state in ('created', 'retry') and start_after > now()
      and data ->> ${field}::text = any(${[...values]}::text[])`.execute(db)
  return Number(numAffectedRows ?? 0)
}
