import { countedOf } from '@vilkar/server/counted.ts'
import { sql } from 'kysely'
import { DAYS_TO_ANSWER } from './alarms.ts'

/** What its carrier was not told of, or need not be any more. */
export const isUntold = sql<boolean>`(ended_at is null and claimed_at is null)`
/** What a carrier was told of and has neither refused nor paid. */
export const isUnsettled = sql<boolean>`(ended_at is null and claimed_at is not null and (answer is null or answer = 'accepted'))`
/** The day on which a carrier was told, or answered last: what waits longest for it stands first. */
export const waitsSince = sql<string>`(coalesce(answered_at, claimed_at) at time zone 'Europe/Oslo')::date`

/** How many reports carriers are to be told of, and of how many a day (ISO 8601) finds the time over. */
export const claimsCounted = (today: string) =>
  countedOf(sql`damage_report where ${isUntold}`, sql`claim_due_on < ${today}::date`)

/** How many carriers are to answer or to pay, and for how many of them that was waited for long enough. */
export const toldClaimsCounted = (today: string) =>
  countedOf(sql`damage_report where ${isUnsettled}`, sql`${waitsSince} + ${DAYS_TO_ANSWER}::int < ${today}::date`)
