/** How far the clock of whoever says a moment may be ahead of ours. */
const CLOCK_SKEW = 'PT5M'
const { compare } = Temporal.Instant

/** Why a moment that somebody says cannot be: it is still to come. */
export const inTheFuture = (field: string, when: string, now: string) =>
  compare(when, Temporal.Instant.from(now).add(CLOCK_SKEW)) > 0
    ? { code: 'moment-in-the-future', detail: `${field} (${when}) is later than now (${now}).` }
    : undefined

/** Why a notice cannot have been sent or have come at a moment: that is still to come, or there was no order yet. */
export const whyNoNotice = (
  { sentAt, receivedAt }: { sentAt?: string; receivedAt?: string },
  { now, placedAt }: { now: string; placedAt?: string },
) => {
  const ahead =
    (sentAt && inTheFuture('noticeSentAt', sentAt, now)) || (receivedAt && inTheFuture('receivedAt', receivedAt, now))
  if (ahead) return ahead
  if (sentAt && receivedAt && compare(sentAt, receivedAt) > 0)
    return { code: 'notice-before-sent', detail: `receivedAt (${receivedAt}) is before noticeSentAt (${sentAt}).` }
  return placedAt !== undefined && sentAt && compare(sentAt, placedAt) < 0
    ? { code: 'notice-before-order', detail: `noticeSentAt (${sentAt}) is before the order (${placedAt}).` }
    : undefined
}
