import { startOfOsloDay } from '../../calendar.ts'
import { terms } from '../asked-edition.ts'
import { dayOf, instantOf, type Moment } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

const { acceptance, edited, versionFollowed } = terms

type Facts = {
  /** A version whose `hash` is not told has the hash that the cases write as `hash(<id>)`. */
  versions: { id: string; effectiveFrom: Moment; hash?: string }[]
  orderPlacedAt?: Moment
  pinnedVersion?: string
  lineAddedAt?: Moment
  shownHash?: string
  contentHashChanged?: boolean
  statedDate?: Moment
}

const hashOf = ({ id, hash = `hash(${id})` }: Facts['versions'][number]) => hash

/** A version that begins with a bare day begins with its first instant in Oslo. */
const beginningOf = (moment: Moment) =>
  moment.includes('T') ? instantOf(moment) : startOfOsloDay(Temporal.PlainDate.from(moment))

function termsVersion(facts: Facts): Answer {
  const versions = facts.versions.map((each) => ({
    id: each.id,
    sha256: hashOf(each),
    inForceFrom: beginningOf(each.effectiveFrom),
  }))
  return {
    ...(facts.orderPlacedAt !== undefined && placed(facts, facts.orderPlacedAt, versions)),
    ...(facts.contentHashChanged !== undefined && seen(facts, facts.contentHashChanged, versions)),
  }
}

type Versions = { id: string; sha256: string; inForceFrom: Temporal.Instant }[]

function placed({ pinnedVersion, lineAddedAt, shownHash }: Facts, orderPlacedAt: Moment, versions: Versions): Answer {
  const order = versionFollowed({ versions, orderedAt: instantOf(orderPlacedAt), pinned: pinnedVersion })
  const added = lineAddedAt === undefined ? undefined : versionFollowed({ versions, orderedAt: instantOf(lineAddedAt) })
  const version = order.version ?? null
  return {
    version,
    error: order.outcome === 'refused' ? order.reasons[0]!.code : null,
    originalLines: version,
    addedLine: added?.version ?? null,
    ...(shownHash !== undefined && shown(shownHash, versions.find(({ id }) => id === version)?.sha256)),
  }
}

function shown(shownSha256: string, inForceSha256: string | undefined): Answer {
  const accepted = acceptance({ shownSha256, inForceSha256 }).outcome === 'granted'
  return { accepted, action: accepted ? null : 're-show-terms' }
}

function seen({ statedDate }: Facts, contentChanged: boolean, versions: Versions): Answer {
  const printedOn = statedDate === undefined ? undefined : dayOf(statedDate)
  const { newVersion, alert } = edited({ versions, contentChanged, printedOn })
  return { newVersion, alert }
}

export const termsVersionTopics: Record<string, Topic> = { 'terms-version': termsVersion }
