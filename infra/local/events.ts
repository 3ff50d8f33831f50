import pg from 'pg'

/** An event of a service as the front page tells it: nothing of it is personal. */
export type Happened = { service: string; seq: number; type: string; at: string; orderId?: string }
/** Up to where each service's events were seen. */
export type Seen = Record<string, number>

type Row = { seq: string; type: string; at: string; orderId: string | null }

/**
 * Reads what services told, from the log of events that each keeps: the newest at first, and then what came after. `close` ends the
 * connections.
 */
export function openEvents(urls: Record<string, string>) {
  const pools = Object.entries(urls).map(
    ([service, connectionString]) => [service, new pg.Pool({ connectionString, max: 1 })] as const,
  )
  // A database that goes away while nobody asks is no fault of the page.
  for (const [, pool] of pools) pool.on('error', () => {})

  async function ask(where: (service: string) => [sql: string, value: number]) {
    const found = await Promise.all(
      pools.map(async ([service, pool]) => {
        const [sql, value] = where(service)
        const { rows } = await pool.query<Row>(
          `select seq, type, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, coalesce(data ->> 'orderId', case when source = 'orders' then aggregate_id::text end) as "orderId" from outbox ${sql}`,
          [value],
        )
        return rows.map(({ seq, type, at, orderId }) => ({
          ...{ service, seq: Number(seq), type, at },
          ...(orderId !== null && { orderId }),
        }))
      }),
    )
    return found.flat().sort((one, other) => one.at.localeCompare(other.at) || one.seq - other.seq)
  }

  return {
    /** The newest of each service, oldest first. */
    latest: (limit: number): Promise<Happened[]> => ask(() => ['order by seq desc limit $1', limit]),
    /** What came after, oldest first. */
    after: (seen: Seen): Promise<Happened[]> =>
      ask((service) => ['where seq > $1 order by seq limit 100', seen[service] ?? 0]),
    close: () => Promise.all(pools.map(([, pool]) => pool.end())),
  }
}
export type Events = Pick<ReturnType<typeof openEvents>, 'latest' | 'after'>

/** Up to where these were seen, on top of what was before. */
export function seenOf(happened: readonly Happened[], before: Seen = {}): Seen {
  const seen = { ...before }
  for (const { service, seq } of happened) seen[service] = Math.max(seen[service] ?? 0, seq)
  return seen
}
