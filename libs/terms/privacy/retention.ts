import { countedLastDayOf, isAfter, laterDay, type Period } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { rulesFor } from './accounts.ts'
import { type DutyFacts, type DutyPeriod, dutyPeriods } from './duties.ts'
import { type Held, type Hold, type Matters, openMatters } from './holds.ts'
import { because, type Event, type Keep, type Policy, type RetentionRule } from './policy.ts'

export type Kept = DutyFacts &
  Matters & {
    /** A category of the policy, such as `account` or `cat5`. */
    category: string
    visitEndedAt?: Temporal.Instant
    /** What began the period again before it did so last. */
    newOrders?: readonly Temporal.PlainDate[]
    /** Whether a support case is about an order. */
    orderLinked?: boolean
    /** Whether the person has an account; unknown is taken as having one. */
    account?: boolean
    /** The day on which it is asked whether to erase. Without it the question is about the day after the period. */
    askedOn?: Temporal.PlainDate
  }

/**
 * How long data are kept. `keptThrough` is the last day, `eraseFrom` the one after it, on which the eraser takes them unless
 * there are `holds`; both are undefined while the period has not begun. A policy with a span allows any day from
 * `earliestOn` to `latestOn`. `manner` says that there is no period: at once, or without undue delay.
 */
export type Retention = {
  manner: 'after-period' | 'at-once' | 'without-undue-delay'
  keptThrough?: Temporal.PlainDate
  eraseFrom?: Temporal.PlainDate
  earliestOn?: Temporal.PlainDate
  latestOn?: Temporal.PlainDate
  /** The end of a period in hours. */
  eraseByAt?: Temporal.Instant
  erase: boolean
  holds: Hold[]
  /** The longest first. */
  duties: DutyPeriod[]
  /** Fields that another law says to keep stay. */
  otherLaw: boolean
  /** A hash of the address is kept, only so that nothing is sent to it again. */
  keepsSuppression: boolean
  /** How copies follow. */
  backups?: string
  /** What nobody has said yet. */
  missing?: string
  reasons: Reason[]
}

type Span = Pick<Retention, 'keptThrough' | 'earliestOn' | 'latestOn' | 'eraseByAt'>

/**
 * How long a policy and the law have personal data kept. The end of such a period is no deadline to do something, so it
 * never moves to a working day: the eraser works at weekends. Source: the policy; GDPR Art. 5(1)(e), 17(3).
 */
export function retention(policy: Policy, facts: Kept): Retention {
  const rule = ruleFor(policy, facts)
  if (rule === undefined) return silent(policy, facts)
  const { keep, otherLaw = false } = rule
  const duties = dutyPeriods(rule.duties ?? [], facts)
  const manner = mannerOf(keep)
  const startOn = startOf(rule, facts)
  const span = 'asDuties' in keep ? wholeSpan(duties[0]?.keptThrough) : spanOf(keep, startOn, rule, facts)
  const held = manner === 'at-once' ? [] : openMatters(facts)
  const eraseFrom = span.keptThrough?.add({ days: 1 })
  const begun = startOn !== undefined || facts.visitEndedAt !== undefined
  const over = eraseFrom === undefined || facts.askedOn === undefined || !isAfter(eraseFrom, facts.askedOn)
  return {
    manner,
    ...span,
    eraseFrom,
    erase: begun && over && held.length === 0,
    holds: held.map(({ hold }) => hold),
    duties,
    otherLaw,
    keepsSuppression: 'atOnce' in keep && keep.suppression,
    backups: 'target' in keep ? keep.backups : undefined,
    missing: 'see' in keep ? keep.see : undefined,
    reasons: reasonsOf(rule, duties, held),
  }
}

const reasonsOf = ({ keep, cites, otherLaw }: RetentionRule, duties: DutyPeriod[], held: Held[]) => [
  because(codeOf(keep), ...cites, gdpr('Art. 5(1)(e)')),
  ...duties.flatMap(({ reasons }) => reasons),
  ...(otherLaw ? [why.otherLaw] : []),
  ...held.map(({ reason }) => reason),
]

function mannerOf(keep: Keep): Retention['manner'] {
  if ('atOnce' in keep) return 'at-once'
  return 'target' in keep ? 'without-undue-delay' : 'after-period'
}

const why = { otherLaw: because('kept-by-other-law', gdpr('Art. 17(3)(b)')) }

/** Of the rules for a category, the first whose event happened, else the first: its period has not begun. */
function ruleFor(policy: Policy, { category, on, account, visitEndedAt }: Kept) {
  const open = rulesFor(policy, category).filter(({ accountOnly }) => !(accountOnly && account === false))
  const happened = (event: Event) => on[event] !== undefined || (event === 'visitEnded' && visitEndedAt !== undefined)
  const begun = open.find(({ from }) => from.some(happened))
  return begun ?? open[0]
}

/** A category for which the policy has no period is kept no longer than its purpose, whose end somebody has to name. */
function silent({ rights }: Policy, facts: Kept): Retention {
  const held = openMatters(facts)
  const ended = facts.on.purposeEnded !== undefined
  return {
    manner: 'without-undue-delay',
    erase: ended && held.length === 0,
    holds: held.map(({ hold }) => hold),
    duties: [],
    otherLaw: false,
    keepsSuppression: false,
    missing: ended ? undefined : 'retention-rule',
    reasons: [
      because('policy-is-silent', ...rights.erase, gdpr('Art. 5(1)(e)'), gdpr('Art. 13(2)(a)')),
      ...held.map(({ reason }) => reason),
    ],
  }
}

function codeOf(keep: Keep) {
  if ('atOnce' in keep) return 'erased-at-once'
  if ('target' in keep) return 'erased-when-purpose-is-gone'
  if ('see' in keep) return 'policy-refers-elsewhere'
  if ('asDuties' in keep) return 'kept-as-the-law-says'
  return 'min' in keep ? 'kept-within-a-span' : 'kept-for-a-period'
}

const startOf = ({ from }: RetentionRule, { on }: Kept) => latest(from.map((event) => on[event]))

const latest = (days: readonly (Temporal.PlainDate | undefined)[]) =>
  days
    .filter((day) => day !== undefined)
    .reduce<Temporal.PlainDate | undefined>((last, day) => (last === undefined ? day : laterDay(last, day)), undefined)

const wholeSpan = (keptThrough: Temporal.PlainDate | undefined): Span => ({
  keptThrough,
  earliestOn: keptThrough,
  latestOn: keptThrough,
})

function spanOf(keep: Keep, startOn: Temporal.PlainDate | undefined, rule: RetentionRule, facts: Kept): Span {
  if ('hours' in keep) return { eraseByAt: facts.visitEndedAt?.add({ hours: keep.hours }) }
  if (startOn === undefined) return {}
  if ('target' in keep) return { latestOn: countedLastDayOf(startOn, keep.target) }
  if ('period' in keep) return wholeSpan(extended(startOn, keep.period, rule, facts))
  if (!('min' in keep)) return {}
  const earliestOn = countedLastDayOf(startOn, keep.min)
  const latestOn = countedLastDayOf(startOn, keep.max)
  const long = keep.usually === 'max' || (keep.usually === 'max-when-order-linked' && facts.orderLinked === true)
  return { keptThrough: long ? latestOn : earliestOn, earliestOn, latestOn }
}

/** Each that comes before the end begins the period again; what comes after it finds nothing left to keep, so it does not extend. */
function extended(startOn: Temporal.PlainDate, period: Period, { extendedBy }: RetentionRule, facts: Kept) {
  const last = extendedBy && facts.on[extendedBy]
  const again = last === undefined ? [] : [...(facts.newOrders ?? []), last].toSorted(Temporal.PlainDate.compare)
  return again.reduce(
    (endOn, day) => (isAfter(day, endOn) ? endOn : laterDay(endOn, countedLastDayOf(day, period))),
    countedLastDayOf(startOn, period),
  )
}
