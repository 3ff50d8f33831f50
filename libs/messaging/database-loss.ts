import pg from 'pg'

const lost = new WeakSet<object>()
const MAX_DEPTH = 3
/** SQLSTATEs of a connection that broke, and of a server that ends it or is not ready. */
const CONNECTION_LOST = /^(08|57P)/

type Attempt = (...args: never[]) => unknown

/** Notes of each error of these calls whether it means that the database is not there: only here is it known what was called. */
export const noting = <Call extends Attempt>(call: Call): Call =>
  ((...args: never[]) => {
    const answer = call(...args)
    if (answer instanceof Promise) answer.catch(noteLoss)
    return answer
  }) as Call

/** Notes that an error came of the database not being there, unless the database itself says otherwise, or our code failed. */
export function noteLoss(error: unknown) {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return
  if (!(error instanceof pg.DatabaseError) || CONNECTION_LOST.test(error.code ?? '')) lost.add(error)
}

/** Whether an error came of the database not being there. */
export const isDatabaseLost = (error: unknown, depth = 0): boolean =>
  error instanceof Error && depth <= MAX_DEPTH && (lost.has(error) || isDatabaseLost(error.cause, depth + 1))

/** Notes the losses of a pool: of whoever asks it, of its idle connections and of each that it hands out. */
export function noteLosses(pool: pg.Pool) {
  pool.connect = noting(pool.connect.bind(pool))
  pool.query = noting(pool.query.bind(pool))
  pool.on('error', noteLoss)
  pool.on('connect', (client) => {
    client.query = noting(client.query.bind(client))
    client.on('error', noteLoss)
  })
}
