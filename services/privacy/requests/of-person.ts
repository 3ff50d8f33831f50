import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { selectRequests } from './store.ts'

/** What a person who is known by any of these keys asked for, the latest first. */
export const requestsOf = (db: Kysely<Database>, controller: PolicyId, keys: string[], limit: number) =>
  selectRequests(db)
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .orderBy('recorded_at', 'desc')
    .limit(limit)
    .execute()

/** What a request had only stored, whether or not it was lifted. */
export const restrictionsOf = (db: Kysely<Database>, requestId: string) =>
  db
    .selectFrom('restriction')
    .select(['since', 'ended_at'])
    .distinct()
    .where('request_id', '=', requestId)
    .orderBy('since')
    .execute()
