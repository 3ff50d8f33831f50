import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'

/** What was said besides words: units by line (left out: everything), and what tells it from an earlier statement. */
export type Said = {
  lines?: LinePart[]
  /** The customer said that it comes on top of what they said before, so that it is never taken for the same. */
  additional?: true
  /** It concerns a part of the order that only words name: a person finds out which. */
  partInWords?: true
  /** The language that it was made in, BCP 47. */
  language?: string
}

/** `recordedBy`: the subject of the member of staff who wrote it down. */
export type StatementPersonal = {
  words?: string
  name?: string
  email?: string
  orderNumber?: string
  recordedBy?: string
}

/** A statement as it came, which never changes (angrerettloven § 20). Moments are RFC 3339. */
export type Statement = {
  id: string
  orderId?: string
  channel?: NoticeChannel
  /** In time is what was sent in time. */
  sentAt?: string
  receivedAt: string
  recordedAt: string
  said: Said
  personal: StatementPersonal
}

export type AnswerStatus = 'pending' | 'withdrawn' | 'already-withdrawn' | 'refused' | 'unclear' | 'set-aside'

/** What a statement comes to. `lines` and `orderId` are what a person found it to be about. */
export type Answer = {
  status: AnswerStatus
  orderId?: string
  lines?: LinePart[]
  returnId?: string
  refusal?: Refusal
  answeredAt?: string
  clarified?: { by: string; at: string; reason?: string }
}

export type StoredStatement = Statement & { answer: Answer }

/** The units that a statement is about, as it was made or as a person found; undefined: everything. */
export const linesOfStatement = ({ said, answer }: StoredStatement) => answer.lines ?? said.lines

/**
 * Whether two statements about one order say the same by two channels, such as by the function and then by letter: that is
 * one withdrawal. What comes by one channel twice is judged twice, and the second finds only what the first left.
 */
export const saysTheSame = (one: StoredStatement, other: StoredStatement) =>
  one.channel !== other.channel &&
  !one.said.additional &&
  !other.said.additional &&
  unitsIn(linesOfStatement(one)) === unitsIn(linesOfStatement(other))

const unitsIn = (lines: LinePart[] | undefined) =>
  lines
    ?.map(({ lineId, quantity }) => `${lineId} ${quantity}`)
    .sort()
    .join(', ')
