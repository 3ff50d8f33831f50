import type pg from 'pg'

/**
 * Has a service tell all of its log once more, from its first event, though its stream keeps the last days alone: for a service that begins
 * to listen when that is long since. Those that heard an event before do nothing about it. Whoever leads loses the lead by it, so that
 * nothing it is about overwrites this; the new epoch makes new message ids, which the broker has not seen.
 */
export const TELL_AGAIN =
  "update relay set published_no = 0, publish_epoch = publish_epoch + 1, fence = fence + 1, lease_until = '-infinity'"

/** `TELL_AGAIN` in the database of the service that is to tell, as the role that runs it. */
export const tellAgain = async (db: pg.Pool) => void (await db.query(TELL_AGAIN))
