/** What really happened, as those who lived it know it: nothing of what the privacy service made of it. Moments are milliseconds. */

export type Happened = { what: string; at: number }
/** Records of this kind name nobody: who came is not known. */
export const ANONYMOUS = 'visit'

/** Something that keeps a record or a person's records beyond their day, for as long as it lasts. */
export type Span = { from: number; until?: number }

/** A record of one person in one system. */
export type Kept = {
  system: string
  record: string
  /** As the table of sentences names it. */
  kind: string
  person: number
  since: number
  happened: Happened[]
  longLived: boolean
  /** Orders, claims and disputes under way about it, that its system tells. */
  matters: Span[]
  /** Its system itself cannot let it go until then, and says so when it is asked. */
  busyUntil: number
  /** So long it may be before it is asked for again. */
  postponedUntil: number
  state: 'whole' | 'accounts' | 'gone'
  goneAt: number
  /** Its person, or its system for them, deleted it without being asked. */
  deletedByPerson: boolean
  /** Where the accounts of it are kept, when that is a record of its own. */
  accountsIn?: Kept
  /** The person asked for it to be erased, and was known to be the person. */
  wishedAt?: number
  asked?: Asked
}
/** The privacy service asked for it. */
export type Asked = { erasure: string; at: number; wished: boolean; knewOf: number; answeredAt?: number }

/** What somebody said of being reached for a purpose; `all` ends every marketing. */
export type Word = { purpose: string; says: 'yes' | 'no'; at: number }

export type Person = {
  n: number
  email: string
  isChild: boolean
  records: Kept[]
  words: Word[]
  /** Somebody of the staff keeps all of them for a dispute. */
  holds: Span[]
  /** Their data are only stored; where they asked for just that, they are kept for as long. */
  restrictions: (Span & { keeps: boolean })[]
  /** Somebody asked in their name for erasure, and staff is not sure yet that it was them. */
  unsure: boolean
  /** When they were last known to want everything erased: what came at the same moment goes too. */
  wishedAt?: number
  /** They asked for erasure, and were known then. */
  erasures: { request: string; receivedAt: number; answered: boolean }[]
}

/** All that lived ones and systems write down, and the check reads. */
export type Diary = {
  play: string
  persons: Person[]
  records: Kept[]
  /** When somebody chose of cookies. */
  choices: number[]
}

export const newPerson = (n: number, isChild: boolean): Person => ({
  ...{ n, email: `person-${n}@play.example`, isChild },
  ...{ records: [], words: [], holds: [], restrictions: [], erasures: [], unsure: false },
})

/** Writes a record down; one of the same name that is gone begins anew. */
export function newKept(
  diary: Diary,
  person: Person,
  {
    system,
    record,
    kind,
    at,
    longLived = false,
  }: Pick<Kept, 'system' | 'record' | 'kind'> & { at: number; longLived?: boolean },
): Kept {
  const kept: Kept = {
    ...{ system, record, kind, longLived, person: person.n, since: at, happened: [], matters: [] },
    ...{ busyUntil: 0, postponedUntil: 0, state: 'whole', goneAt: 0, deletedByPerson: false },
  }
  if (person.wishedAt === at && kind !== ANONYMOUS) kept.wishedAt = at
  diary.records.push(kept)
  person.records.push(kept)
  return kept
}

/** Whether something lasts at a moment. */
export const lasts = ({ from, until }: Span, at: number) => from <= at && (until === undefined || at < until)
