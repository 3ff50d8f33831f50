import type pg from 'pg'
import { PARTITIONS } from '../partition.ts'

const ENLIST = `
  with gone as (delete from inbox_member where alive_until < clock_timestamp() and owner <> $1),
  me as (
    insert into inbox_member (owner, alive_until) values ($1, clock_timestamp() + $2 * interval '1 ms')
    on conflict (owner) do update set alive_until = excluded.alive_until)
  select count(*)::int + 1 as members from inbox_member where alive_until >= clock_timestamp() and owner <> $1`
const RENEW = `
  update partition_lease set lease_until = clock_timestamp() + $2 * interval '1 ms' where owner = $1 returning p`
const CLAIM = `
  update partition_lease set owner = $1, lease_until = clock_timestamp() + $2 * interval '1 ms'
  where p in (
    select p from partition_lease where lease_until < clock_timestamp() order by p limit $3 for update skip locked)
  returning p`
const RELEASE = `
  update partition_lease set owner = null, lease_until = '-infinity' where owner = $1 and p = any($2::smallint[])`
const RESIGN = 'delete from inbox_member where owner = $1'

/**
 * How the processes of a service share the partitions: by leases in its own database, on that database's clock, so that
 * a process that stops, however it does, is replaced. Each takes its fair share and gives back what is beyond it.
 */
export function createPartitionLeases({ pool, owner, leaseMs }: { pool: pg.Pool; owner: string; leaseMs: number }) {
  const query = <Row extends pg.QueryResultRow>(text: string, ...values: unknown[]) =>
    pool.query<Row>(text, values).then(({ rows }) => rows)
  const numbers = (rows: { p: number }[]) => rows.map(({ p }) => p).sort((a, b) => a - b)

  return {
    /** Renews the leases and says which partitions are ours and which of them are beyond our share. */
    async renew() {
      const [count] = await query<{ members: number }>(ENLIST, owner, leaseMs)
      const fair = Math.ceil(PARTITIONS / count!.members)
      const held = numbers(await query<{ p: number }>(RENEW, owner, leaseMs))
      if (held.length >= fair) return { held, surplus: held.slice(fair) }
      const claimed = await query<{ p: number }>(CLAIM, owner, leaseMs, fair - held.length)
      return { held: [...held, ...numbers(claimed)], surplus: [] }
    },
    /** Gives partitions back; their work must have ended. */
    release: (partitions: number[]) => query(RELEASE, owner, partitions),
    resign: () => query(RESIGN, owner),
  }
}
