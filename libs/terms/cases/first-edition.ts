import type { EditionFigures } from '../editions/edition-figures.ts'
import { saysOf } from '../editions/load.ts'
import { termsOf } from '../editions/registry.ts'
import type { Terms } from '../editions/terms.ts'
import { applyRules } from '../rules/apply-rules.ts'
import { edition } from '../sellers/smartgroup/2026-01-15/edition.ts'

/** The edition that the bank of cases was written for. */
export const EDITION = edition.id
export const terms = termsOf(EDITION)
export const { figures, wording, sentences, findings } = edition

/** What the rules would say if the edition promised something else, whether the law lets it or not. */
export const termsUnder = (changed: Partial<EditionFigures>): Terms =>
  applyRules({ ...saysOf(edition), figures: { ...figures, ...changed } })
