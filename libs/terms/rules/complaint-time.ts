import { isAfter, osloDay } from '../calendar.ts'
import { neverLateUntil } from '../statute/forbrukerkjopsloven.ts'
import type { Complaint, ComplaintEdition as Edition } from './complaints.ts'

/** The two months of a consumer never reach beyond the outer limit. Source: forbrukerkjøpsloven § 27 andre ledd. */
export const earliest = (until: Temporal.PlainDate | undefined, limit: Temporal.PlainDate | undefined) =>
  until !== undefined && limit !== undefined && isAfter(until, limit) ? limit : until

/** For businesses the Act has no floor of two months, so that every "reasonable time" of theirs is judged. */
export function reasonableTime(edition: Edition, { customerKind, noticedAt, at, country }: Complaint) {
  if (noticedAt === undefined) return undefined
  if (customerKind === 'business')
    return { met: 'to-be-judged', reason: edition.why.businessReasonableTime, until: undefined } as const
  const until = neverLateUntil(osloDay(noticedAt), country)
  return isAfter(osloDay(at), until)
    ? ({ met: 'to-be-judged', reason: edition.why.reasonableTime, until } as const)
    : ({ met: 'yes', reason: edition.why.neverLate, until } as const)
}
