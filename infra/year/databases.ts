import pg from 'pg'

export const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
export type Service = (typeof SERVICES)[number]

/** A way into each service's database, for who audits and for who waits until all is quiet. */
export async function connect(urlOf: (database: string) => string) {
  const pools = Object.fromEntries(
    SERVICES.map((service) => [service, new pg.Pool({ connectionString: urlOf(service), max: 2 })]),
  ) as Record<Service, pg.Pool>
  /** Rows of a service's database. */
  async function rows<Row extends object>(service: Service, statement: string, values: unknown[] = []): Promise<Row[]> {
    return (await pools[service].query<Row>(statement, values)).rows
  }
  /** Statements whose rows nobody wants. */
  const run = async (service: Service, statements: string) => void (await pools[service].query(statements))
  return { rows, run, end: async () => void (await Promise.all(Object.values(pools).map((pool) => pool.end()))) }
}
export type Databases = Awaited<ReturnType<typeof connect>>
