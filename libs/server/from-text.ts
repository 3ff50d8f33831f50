import type { TSchema } from 'typebox'
import { Convert } from 'typebox/value'

/** As numbers are written. What else `Convert` reads as one is nobody's number: nothing at all, `true`, and of a whole number what stands before its point. */
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * What texts say, as those of a URL or of the environment, in the types of a schema. What is not written as its type is stays as it was given, so
 * that a check of it fails.
 */
export const fromText = (schema: TSchema, given: unknown): unknown =>
  asWritten(given, Convert(schema, structuredClone(given)))

function asWritten(given: unknown, value: unknown): unknown {
  if (typeof value === 'number' && typeof given === 'string')
    return NUMBER.test(given) && Number(given) === value ? value : given
  if (Array.isArray(value)) return value.map((each, n) => asWritten(Array.isArray(given) ? given[n] : given, each))
  if (typeof value !== 'object' || value === null) return value
  const texts = given as Record<string, unknown>
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asWritten(texts[name], each)]))
}
