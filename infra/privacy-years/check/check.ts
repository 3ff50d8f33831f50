import type { Diary, Kept, Person, Span } from '../diary.ts'
import { ANONYMOUS, lasts } from '../diary.ts'
import { type Promised, promisedOf, type Sentence } from './sentences.ts'

/** What is wrong, as kinds: what each means stands in `docs/year.md`. */
export const faults = [
  ...([
    'pastItsDay',
    'goneEarly',
    'notErased',
    'unalarmed',
    'unanswered',
    'reached',
    'unreached',
    'ownPastItsDay',
  ] as const),
  'heldPastItsDay',
] as const
export type Fault = (typeof faults)[number]
export type Finding = { fault: Fault; about: string; says: string }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** So long a system may take to erase what it was asked to, before a person has to be called. */
const ANSWER_WITHIN = { own: DAY, others: 7 * DAY }
/** Somebody is called for what is wrong at two looks in a row, of which there are two a day. */
const CALLED_WITHIN = DAY
/** A month, and what its last day may be moved by Easter. */
const REQUEST_WITHIN = 36 * DAY

const timeOf = ({ system }: Kept, own: readonly string[]) =>
  own.includes(system) ? ANSWER_WITHIN.own : ANSWER_WITHIN.others

/** Whether its system was asked for it and owes the answer beyond its time, or did until yesterday: then a person is to be called. */
export const isOwed = (kept: Kept, now: number, own: readonly string[]) =>
  kept.asked !== undefined &&
  kept.asked.at < now - timeOf(kept, own) &&
  (kept.asked.answeredAt ?? now) > now - CALLED_WITHIN

/**
 * The independent check: at a midnight it looks at every record that there ever was, and says what is held past its day, what is gone that
 * had to be kept, and what was not erased although its person asked. It knows the diary and the table of sentences, and of the privacy
 * service only what that asked of systems and whom it calls. `own` are the shop's own, which answer within a day.
 */
export function createCheck(diary: Diary, sentences: readonly Sentence[], own: readonly string[]) {
  const promises = new WeakMap<Kept, { at: number; promised: Promised }>()
  const promised = (kept: Kept) => {
    const before = promises.get(kept)
    if (before?.at === kept.happened.length) return before.promised
    const now = promisedOf(sentences, kept)
    promises.set(kept, { at: kept.happened.length, promised: now })
    return now
  }

  function ofRecord(kept: Kept, now: number, alarms: ReadonlySet<string>): Finding[] {
    const person = diary.persons[kept.person]!
    if (kept.state === 'whole') return held(kept, { now, alarms, ...limitOf(kept, person, promised(kept)) })
    const early = goneEarly(kept, person, promised(kept), now)
    if (kept.state === 'gone' || kept.accountsIn !== undefined) return early
    return [...early, ...held(kept, { now, alarms, ...limitOfAccounts(kept, person, promised(kept)) })]
  }
  function held(
    kept: Kept,
    { now, alarms, limit, wished }: { now: number; alarms: ReadonlySet<string>; limit?: number; wished: boolean },
  ): Finding[] {
    if (limit === undefined || now < limit) return []
    const { asked } = kept
    if (asked === undefined || asked.answeredAt !== undefined)
      return [found(wished ? 'notErased' : 'pastItsDay', kept, promised(kept), limit)]
    const within = timeOf(kept, own)
    if (now <= asked.at + within + CALLED_WITHIN || alarms.has(asked.erasure)) return []
    return [found('unalarmed', kept, promised(kept), asked.at + within)]
  }

  return {
    /** All that is wrong at a midnight. `alarms`: the erasures that somebody is called for. */
    at(now: number, alarms: ReadonlySet<string>): Finding[] {
      return [
        ...diary.records.flatMap((kept) => ofRecord(kept, now, alarms)),
        ...diary.persons.flatMap((person) => unanswered(person, now)),
      ]
    },
  }
}

/** Whoever asks for their data to be stored and not used wants them kept (GDPR Art. 18(1)(b)–(c)). */
const keptByWish = ({ restrictions }: Person) => restrictions.filter(({ keeps }) => keeps)

/** The last word counts: who wants to be erased no longer wants it kept, and who wants it kept after that does (Art. 18(1)(b)). */
const keptAfterAll = (person: Person) => keptByWish(person).filter(({ from }) => from > person.wishedAt!)

/** What keeps it while it lasts; of what names nobody, no dispute and no wish of anybody does. */
const spansOf = (kept: Kept, person: Person, isWished: boolean) =>
  kept.kind === ANONYMOUS
    ? kept.matters
    : [...kept.matters, ...person.holds, ...(isWished ? keptAfterAll : keptByWish)(person)]

/** From when on a record must not be held, all that keeps it longer counted in; undefined while nothing says so. */
function limitOf(kept: Kept, person: Person, { most, stays }: Promised) {
  const isWish = kept.wishedAt !== undefined && !(stays !== undefined && kept.wishedAt < stays)
  const day = isWish ? Math.min(most ?? Number.POSITIVE_INFINITY, kept.wishedAt!) : most
  const spans: Span[] = spansOf(kept, person, isWish)
  if (day === undefined || spans.some(({ until }) => until === undefined)) return { wished: isWish }
  const limit = Math.max(day, kept.busyUntil, kept.postponedUntil, ...spans.map(({ until }) => until!))
  return { limit, wished: isWish && limit !== most }
}

/** The same of what accounts need of it, which is kept in its place whatever its person wishes. */
const limitOfAccounts = (kept: Kept, person: Person, { accountsMost }: Promised) =>
  accountsMost === undefined
    ? { wished: false }
    : limitOf(kept, person, { most: accountsMost, stays: Number.POSITIVE_INFINITY })

function goneEarly(kept: Kept, person: Person, promised: Promised, now: number): Finding[] {
  const { goneAt, wishedAt, asked, deletedByPerson } = kept
  const { least, accounts, stays } = promised
  const wished = wishedAt !== undefined && wishedAt <= goneAt
  const needed = wished
    ? stays === undefined || wishedAt >= stays
      ? undefined
      : Math.min(stays, least ?? stays)
    : least
  const accountsGone = kept.state === 'gone' || kept.accountsIn?.state === 'gone'
  if (accounts !== undefined && now < accounts && accountsGone && goneAt < accounts)
    return [found('goneEarly', kept, promised, accounts)]
  if (needed !== undefined && goneAt < needed && !deletedByPerson) return [found('goneEarly', kept, promised, needed)]
  // What a dispute keeps may go only where it was asked for before.
  const askedAt = asked?.at ?? goneAt
  const keeping = spansOf(kept, person, wished)
  const broken = keeping.find((span) => lasts(span, goneAt) && span.from < askedAt)
  return broken && !deletedByPerson ? [found('goneEarly', kept, promised, broken.until ?? now)] : []
}

/** A request for erasure is over within a month (GDPR Art. 12(3)). */
const unanswered = ({ n, erasures }: Person, now: number): Finding[] =>
  erasures
    .filter(({ receivedAt, answered }) => !answered && now > receivedAt + REQUEST_WITHIN)
    .map(({ request }) => ({ fault: 'unanswered', about: `request ${request}`, says: `of person ${n}` }))

const moment = (at: number) =>
  Number.isFinite(at) ? Temporal.Instant.fromEpochMilliseconds(at).toString() : 'for good'
function found(fault: Fault, kept: Kept, { says }: Promised, at: number): Finding {
  const { system, record, kind, happened, asked, wishedAt, state, goneAt } = kept
  const facts = [
    ...happened.map(({ what, at }) => `${what} ${moment(at)}`),
    ...(wishedAt === undefined ? [] : [`erasure wished ${moment(wishedAt)}`]),
    ...(asked === undefined ? ['never asked for'] : [`asked for ${moment(asked.at)}`]),
    ...(state === 'whole' ? [] : [`${state} ${moment(goneAt)}`]),
  ]
  const sentence = says ? ` “${says.sentence}” (${says.source})` : ''
  return { fault, about: `${system}/${record}`, says: `${kind}, until ${moment(at)}: ${facts.join(', ')};${sentence}` }
}
