import pg from 'pg'

const MAX_NAMED_STATEMENTS = 500
let names = new Map<string, string>()
let named = 0

/** The same name for the same SQL, so that PostgreSQL parses and plans it once per connection. Bounded. */
export function statementName(text: string) {
  let name = names.get(text)
  if (name === undefined && names.size < MAX_NAMED_STATEMENTS) {
    named += 1
    name = `s${named}`
    names.set(text, name)
  }
  return name
}

/**
 * That a statement was prepared before a migration changed what it answers: SQLSTATE 0A000, "cached plan must not change result
 * type". It did nothing. PostgreSQL says so in the language of the server, so that the place in it is what tells.
 */
export const isStalePlan = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'

/**
 * Does a piece of work again, once, that a stale plan kept from committing. For whole transactions, and other work that leaves
 * nothing behind when it throws: by then every statement is prepared anew.
 */
export async function repeatIfStale<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isStalePlan(error)) throw error
    return work()
  }
}

type Callback = (error: Error | null, result?: unknown) => void
type Named = { name: string; text: string; values: unknown[] }

/**
 * Sends what has values as named statements. One whose plan is stale makes all names new, on all connections, since a migration
 * seldom changes one table; outside a transaction it is sent again at once.
 */
export function namingStatements(client: pg.PoolClient) {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown

  async function ask(statement: Named) {
    try {
      return await send(statement)
    } catch (error) {
      if (!isStalePlan(error)) throw error
      if (names.get(statement.text) === statement.name) names = new Map()
      if ((client as unknown as pg.Client).getTransactionStatus() !== 'I') throw error
      const { text, values } = statement
      return send({ name: statementName(text), text, values })
    }
  }

  return (...args: unknown[]) => {
    const [text, values, callback] = args
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return send(...args)
    const name = statementName(text)
    if (name === undefined) return send(...args)
    const answer = ask({ name, text, values })
    if (typeof callback !== 'function') return answer
    answer.then(
      (result) => (callback as Callback)(null, result),
      (error) => (callback as Callback)(error),
    )
  }
}
