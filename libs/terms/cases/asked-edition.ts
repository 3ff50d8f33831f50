import type { EditionFigures } from '../editions/edition-figures.ts'
import { type EditionSource, saysOf } from '../editions/load.ts'
import { sellers, termsOf } from '../editions/registry.ts'
import type { Terms } from '../editions/terms.ts'
import { applyRules } from '../rules/apply-rules.ts'
import { placeOf, type Reason } from '../ruling/ruling.ts'
import { edition as first } from '../sellers/smartgroup/2026-01-15/edition.ts'

/** The edition that cases are judged under: the one that the bank was written for, unless `underEdition` says another. */
let asked: EditionSource = first
/** The clauses that rules cited since `underEdition` began. */
let cited = new Set<string>()

/**
 * What `judge` answers when the cases are asked of another edition, and the clauses that the rules cited for it. Judging waits for
 * nothing, so that nobody else is asked meanwhile. Throws what `judge` throws, and for an edition that does not exist.
 */
export function underEdition<Answer>(id: string, judge: () => Answer): { answer: Answer; clauses: string[] } {
  const source = sellers()
    .flatMap(({ editions }) => editions)
    .find((each) => each.id === id)
  if (source === undefined) throw new RangeError(`there is no edition ${id} of any terms`)
  ;[asked, cited] = [source, new Set()]
  try {
    return { answer: judge(), clauses: [...cited].sort() }
  } finally {
    asked = first
  }
}

/** The rules of whichever edition is asked when a rule is called; what they cite is noted. */
export const terms: Terms = noting(() => termsOf(asked.id))

/** The figures of whichever edition is asked. */
export const figures: EditionFigures = new Proxy({} as EditionFigures, {
  get: (_, name) => asked.figures[name as keyof EditionFigures],
})

/** What the rules would say if the edition promised something else, whether the law lets it or not. */
export const termsUnder = (changed: Partial<EditionFigures>): Terms => {
  const changedTerms = applyRules({ ...saysOf(asked), figures: { ...asked.figures, ...changed } })
  return noting(() => changedTerms)
}

function noting(of: () => Terms): Terms {
  return new Proxy({} as Terms, {
    has: (_, name) => name in of(),
    get:
      (_, name) =>
      (...facts: unknown[]) => {
        const rule = of()[name as keyof Terms] as (...facts: unknown[]) => unknown
        const answer = rule(...facts)
        for (const each of clausesIn(answer)) cited.add(each)
        return answer
      },
  })
}

/** Every reason anywhere in an answer. */
export function reasonsIn(value: unknown): Reason[] {
  if (typeof value !== 'object' || value === null) return []
  const { reasons, ...rest } = value as { reasons?: Reason[] }
  return [...(reasons ?? []), ...Object.values(rest).flatMap(reasonsIn)]
}

/** The numbers of the sentences of the terms that an answer rests on. */
export const clausesIn = (answer: unknown): string[] =>
  reasonsIn(answer)
    .flatMap(({ cites }) => cites)
    .filter((cite) => 'clause' in cite)
    .map(placeOf)
