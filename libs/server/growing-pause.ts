import { type RawBuilder, sql } from 'kysely'

const MAX_SECONDS = 300

/** In SQL, how many seconds to wait after so many tries that were in vain: doubled each time, five minutes at most. */
export const growingPause = (tries: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`least(${sql.lit(MAX_SECONDS)}, 2 ^ least(${tries}, 10))`
