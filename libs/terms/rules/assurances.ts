import { countedLastDayOf, isAfter, osloDay } from '../calendar.ts'
import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { type DigitalSupply, forbrukerkjopsloven, updatesLastDay } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 15 and 18 a; kjøpsloven § 32 for business customers. */
const reasonsOf = (because: Because) => ({
  running: because('guarantee-besides-law', forbrukerkjopsloven('§ 18 a')),
  over: because('guarantee-over', forbrukerkjopsloven('§ 18 a')),
  answers: because('guarantee-answers', forbrukerkjopsloven('§ 18 a')),
  businessRunning: because('guarantee-besides-law', kjopsloven('§ 32')),
  businessOver: because('guarantee-over', kjopsloven('§ 32')),
  updates: because('updates-owed', forbrukerkjopsloven('§ 15')),
  updatesOver: because('updates-over', forbrukerkjopsloven('§ 15')),
})
type Edition = Under<typeof reasonsOf>

/** A guarantee that goods were sold with: who gave it, and for how many years from delivery. */
export type GuaranteeFacts = {
  customerKind: CustomerKind
  by: 'seller' | 'manufacturer'
  years: number
  deliveredAt?: Temporal.Instant
  at: Temporal.Instant
}

/**
 * Whether a guarantee runs. It binds whoever gave it, and takes nothing from what the law gives (§ 18 a): it stands beside the
 * right to complain and never instead of it. `answers`: while the seller's own runs, what does not work is a defect unless the
 * seller shows that an accident or the handling is the cause.
 */
function guarantee(
  { why }: Edition,
  { customerKind, by, years, deliveredAt, at }: GuaranteeFacts,
): Ruling & { lastDay?: Temporal.PlainDate; answers?: Ruling } {
  const business = customerKind === 'business'
  const lastDay = deliveredAt && countedLastDayOf(osloDay(deliveredAt), { years })
  if (lastDay && isAfter(osloDay(at), lastDay)) return { ...refused(business ? why.businessOver : why.over), lastDay }
  const running = granted(business ? why.businessRunning : why.running)
  const answers = by === 'seller' && !business && deliveredAt !== undefined
  return { ...running, ...(lastDay && { lastDay }), ...(answers && { answers: granted(why.answers) }) }
}

/**
 * Until when a consumer is owed updates, security updates among them, of goods with digital elements: as long as these are supplied
 * and at least two years after delivery; of what is supplied once, as long as can reasonably be expected, which the seller says (§ 15).
 * Undefined for a business, to whom the Act owes none, and of contracts of before 2024.
 */
function updates(
  { why }: Edition,
  facts: DigitalSupply & {
    customerKind: CustomerKind
    contractAt: Temporal.Instant
    deliveredAt?: Temporal.Instant
    at: Temporal.Instant
  },
): (Ruling & { lastDay?: Temporal.PlainDate }) | undefined {
  const { customerKind, contractAt, deliveredAt, at } = facts
  if (customerKind === 'business') return undefined
  if (deliveredAt === undefined) return granted(why.updates)
  const lastDay = updatesLastDay({ ...facts, contractOn: osloDay(contractAt), deliveredOn: osloDay(deliveredAt) })
  if (lastDay === undefined) return undefined
  return { ...(isAfter(osloDay(at), lastDay) ? refused(why.updatesOver) : granted(why.updates)), lastDay }
}

export const assurancesRules = rulesOf(reasonsOf, { guarantee, updates })
