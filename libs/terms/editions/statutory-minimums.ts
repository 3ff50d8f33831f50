import type { CommonSentence } from '../rules/sentences.ts'
import { type Citation, placeOf } from '../ruling/ruling.ts'
import { angrerettloven, REFUND_DAYS, WITHDRAWAL_DAYS } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { forbrukerkjopsloven, LONG_LIVED_YEARS, ORDINARY_YEARS } from '../statute/forbrukerkjopsloven.ts'
import { forbrukerklageloven } from '../statute/forbrukerklageloven.ts'
import { prisopplysningsforskriften } from '../statute/prisopplysningsforskriften.ts'
import type { EditionFigures, Wording } from './edition-figures.ts'
import type { EditionSource } from './load.ts'

/** Each thing that no terms can take from a consumer and that can be weighed without a person. */
export type MinimumId =
  | 'withdrawal-period'
  | 'withdrawal-start'
  | 'withdrawal-statement'
  | 'refund-period'
  | 'refund-clock'
  | 'prices-with-vat'
  | 'bound-by-agreement'
  | 'risk-until-receipt'
  | 'complaint-of-anything'
  | 'complaint-of-lasting-goods'
  | 'remedies'
  | 'mediator'

/** What an edition says to consumers: its figures and its wording. */
export type Said = { figures: EditionFigures; wording: Wording }

/** The least that the law lets terms say about a thing. `demands` completes "The law demands that …". */
export type Minimum = {
  demands: string
  /** The sentence of an edition that speaks of it. */
  clauseOf: CommonSentence
  /** The section that gives the right comes first. */
  cites: readonly [Citation, ...Citation[]]
  keptBy: (said: Said) => boolean
}

/**
 * What the law lets no terms undercut for consumers: an agreement that gives less does not bind them (angrerettloven § 3,
 * forbrukerkjøpsloven § 3). Terms that give more are free to.
 */
export const statutoryMinimums: Readonly<Record<MinimumId, Minimum>> = {
  'withdrawal-period': {
    clauseOf: 'withdrawal-period',
    demands: `the consumer has at least ${WITHDRAWAL_DAYS} days to withdraw`,
    cites: [angrerettloven('§ 21'), angrerettloven('§ 3')],
    keptBy: ({ figures }) => figures.withdrawalDays >= WITHDRAWAL_DAYS,
  },
  'withdrawal-start': {
    clauseOf: 'withdrawal-period',
    demands: 'the period to withdraw starts with the last of the goods that were ordered together',
    cites: [angrerettloven('§ 21'), angrerettloven('§ 3')],
    keptBy: ({ wording }) => wording.withdrawalCountedFrom === 'the-last-product',
  },
  'withdrawal-statement': {
    clauseOf: 'withdrawal-notice',
    demands: 'any clear statement is a withdrawal, with or without the form',
    cites: [angrerettloven('§ 20'), angrerettloven('§ 3')],
    keptBy: ({ wording }) => wording.withdrawalBy === 'any-clear-statement',
  },
  'refund-period': {
    clauseOf: 'refund-period',
    demands: `the seller pays back within ${REFUND_DAYS} days`,
    cites: [angrerettloven('§ 24'), angrerettloven('§ 3')],
    keptBy: ({ figures }) => figures.refundDays <= REFUND_DAYS,
  },
  'refund-clock': {
    clauseOf: 'refund-period',
    demands: 'the days to pay back run from the notice of withdrawal',
    cites: [angrerettloven('§ 24'), angrerettloven('§ 3')],
    keptBy: ({ wording }) => wording.refundCountedFrom === 'notice',
  },
  'prices-with-vat': {
    clauseOf: 'prices-and-vat',
    demands: 'a price shown to a consumer includes VAT in every currency',
    cites: [prisopplysningsforskriften('§ 3')],
    keptBy: ({ figures }) => Object.values(figures.prices).every((shown) => shown === 'incl'),
  },
  'bound-by-agreement': {
    clauseOf: 'seller-may-cancel',
    demands: 'the seller keeps an agreement once it is made, an obvious mistake aside',
    cites: [avtaleloven('§ 1'), avtaleloven('§ 32'), avtaleloven('§ 36'), forbrukerkjopsloven('§ 19')],
    keptBy: ({ wording }) => wording.sellerMayCancel === 'before-agreement',
  },
  'risk-until-receipt': {
    clauseOf: 'consumer-risk',
    demands: 'the seller bears the risk until the consumer has the goods',
    cites: [forbrukerkjopsloven('§ 14'), forbrukerkjopsloven('§ 3')],
    keptBy: ({ wording }) => wording.consumerRiskFrom === 'receipt',
  },
  'complaint-of-anything': {
    clauseOf: 'complaint-limit',
    demands: `the consumer can complain for at least ${ORDINARY_YEARS} years`,
    cites: [forbrukerkjopsloven('§ 27'), forbrukerkjopsloven('§ 3')],
    keptBy: ({ figures }) => figures.complaintYears.ordinary >= ORDINARY_YEARS,
  },
  'complaint-of-lasting-goods': {
    clauseOf: 'long-lived-complaint-limit',
    demands: `the consumer can complain for at least ${LONG_LIVED_YEARS} years of what is meant to last considerably longer`,
    cites: [forbrukerkjopsloven('§ 27'), forbrukerkjopsloven('§ 3')],
    keptBy: ({ figures }) => figures.complaintYears.longLived >= LONG_LIVED_YEARS,
  },
  remedies: {
    clauseOf: 'remedies',
    demands: 'a defect gives the consumer a right to the remedies of the Act, by their own choice',
    cites: [forbrukerkjopsloven('§ 26'), forbrukerkjopsloven('§ 29'), forbrukerkjopsloven('§ 3')],
    keptBy: ({ wording }) => wording.remedies === 'as-of-right',
  },
  mediator: {
    clauseOf: 'consumer-mediator',
    demands: 'a consumer can bring a dispute to Forbrukertilsynet',
    cites: [forbrukerklageloven('§ 2')],
    keptBy: ({ wording }) => wording.mediator === 'forbrukertilsynet',
  },
}

/** A sentence in both languages of the shop. */
type Sentence = Readonly<{ en: string; nb: string }>

/**
 * A place where the terms, as the seller printed them, fall short of the law, and what customers get from this shop
 * instead. A finding with a `floor`, the least that the law demands, is what lets an edition that undercuts it be loaded.
 */
export type Finding = {
  id: string
  /** Numbers of the sentences that it is about; none when it is about the page as a whole. */
  clauses: readonly string[]
  summary: Sentence
  instead: Sentence
  cites: readonly Citation[]
  /** `high`: who believes the text loses money or time. `medium`: loses information. `low`: loses nothing by it. */
  severity: 'high' | 'medium' | 'low'
  floor?: MinimumId
}

/** The statutoryMinimums that an edition undercuts, in the order of the list. */
export const undercutBy = (said: Said): MinimumId[] =>
  (Object.keys(statutoryMinimums) as MinimumId[]).filter((id) => !statutoryMinimums[id].keptBy(said))

/**
 * Throws a sentence for the first minimum that an edition undercuts and no finding of it declares: such an edition is never
 * loaded, so that no order is placed under it and nobody is told less than the law without the shop knowing.
 */
export function refuseUndeclared(said: Pick<EditionSource, 'id' | 'figures' | 'wording' | 'sentences' | 'findings'>) {
  const declared = new Set(said.findings.map(({ floor }) => floor))
  const [id] = undercutBy(said).filter((each) => !declared.has(each))
  if (id === undefined) return
  const { demands, cites, clauseOf } = statutoryMinimums[id]
  const [law] = cites
  const section = 'act' in law ? `${law.act} ${law.section}` : placeOf(law)
  throw new RangeError(
    `${said.id} gives consumers less in clause ${said.sentences[clauseOf]} than ${section} allows (${demands}), and no finding with the floor "${id}" declares it.`,
  )
}
