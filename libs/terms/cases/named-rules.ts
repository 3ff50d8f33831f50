import type { Terms } from '../editions/terms.ts'
import { ageReachedOn } from '../privacy/minors.ts'
import { primaryKeptThrough } from '../statute/bokforingsloven.ts'
import { answerLastDay } from '../statute/personvernforordningen.ts'
import { withdrawalFunctionDuty } from '../statute/withdrawal-function.ts'
import { terms } from './asked-edition.ts'

type Asked = Record<string, unknown>
const day = (value: unknown) => Temporal.PlainDate.from(value as string)

/** Rules that no edition has a part in, by the name by which a case asks them. */
const ofLawAlone: Readonly<Record<string, (asked: Asked) => unknown>> = {
  primaryKeptThrough: ({ documentOn }) => ({ day: primaryKeptThrough(day(documentOn)) }),
  withdrawalFunctionDuty: ({ market, orderedOn }) =>
    withdrawalFunctionDuty({ market: market as string, orderedOn: day(orderedOn) }),
  ageReachedOn: ({ bornOn, age }) => ({ day: ageReachedOn(day(bornOn), age as number) }),
  answerLastDay: ({ fromOn }) => ({ day: answerLastDay(day(fromOn)) }),
}

/** What a rule answers to the facts of a case; what is named `…At`, or `at`, is an instant. Throws for a rule that is none. */
export function named(name: string, facts: object): unknown {
  const asked = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, /^at$|At$/.test(key) ? Temporal.Instant.from(value) : value]),
  )
  if (Object.hasOwn(ofLawAlone, name)) return ofLawAlone[name]!(asked)
  if (name in terms) return (terms[name as keyof Terms] as (facts: Asked) => unknown)(asked)
  throw new RangeError(`There is no rule ${name}.`)
}
