import type { Random } from '@vilkar/storm/random.ts'
import fc from 'fast-check'
import type { Schema } from './operations.ts'
import type { Pool } from './pool.ts'

const MAX_ITEMS = 3
const FROM_POOL = 0.7
const OPTIONAL = 0.5
const LIKELY_NUMBERS = 20

/** Draws values that a schema allows. What fast-check draws depends on the seed of this draw alone. */
export function createValues(random: Random, pool: Pool) {
  const draw = <T>(arbitrary: fc.Arbitrary<T>): T =>
    fc.sample(arbitrary, { seed: random.between(0, 2 ** 31 - 1), numRuns: 1 })[0]!

  function valueFor(schema: Schema, name = '', resource = ''): unknown {
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return random.pick(schema.enum)
    if (schema.anyOf) return valueFor(random.pick(schema.anyOf), name, resource)
    switch (schema.type) {
      case 'object':
        return objectOf(schema)
      case 'array':
        return listOf(schema, name)
      case 'integer':
      case 'number':
        return numberOf(schema, name)
      case 'boolean':
        return random.chance(0.5)
      case 'null':
        return null
      default:
        return textOf(schema, name, resource)
    }
  }

  function objectOf({ properties = {}, required = [] }: Schema) {
    const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || random.chance(OPTIONAL))
    return Object.fromEntries(chosen.map(([name, part]) => [name, valueFor(part, name)]))
  }

  function listOf({ items = {}, minItems = 0, maxItems = MAX_ITEMS }: Schema, name: string) {
    const length = random.between(minItems, Math.max(minItems, Math.min(maxItems, MAX_ITEMS)))
    return Array.from({ length }, () => valueFor(items, name))
  }

  function numberOf({ minimum = -1_000, maximum = 1_000_000 }: Schema, name: string) {
    const known = random.chance(FROM_POOL) ? pool.pick(name, random) : undefined
    if (typeof known === 'number' && known >= minimum && known <= maximum) return known
    if (random.chance(0.1)) return random.pick([minimum, maximum])
    return random.between(minimum, Math.min(maximum, minimum + LIKELY_NUMBERS))
  }

  function textOf(schema: Schema, name: string, resource: string): string {
    const known = random.chance(FROM_POOL) ? pool.pick(name, random, resource) : undefined
    if (typeof known === 'string' && fits(schema, known)) return known
    if (schema.format) return formatted(schema.format)
    if (schema.pattern && random.chance(0.9)) return draw(textsLike(schema.pattern))
    const { minLength = 0, maxLength = 40 } = schema
    return draw(
      fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) }),
    ).slice(0, maxLength)
  }

  function formatted(format: string) {
    const second = random.between(0, 60 * 60 * 24 * 365)
    const moment = Temporal.Instant.from('2026-01-15T00:00:00Z').add({ seconds: second })
    if (format === 'uuid') return draw(fc.uuid())
    if (format === 'date-time') return moment.toString()
    if (format === 'date') return moment.toString().slice(0, 10)
    if (format === 'moment-and-id') return `${moment}/${draw(fc.uuid())}`
    if (format === 'day-and-id') return `${moment.toString().slice(0, 10)}/${draw(fc.uuid())}`
    if (format === 'email') return `customer${random.between(1, 50)}@shop.example`
    return draw(fc.string())
  }
  return { valueFor, draw }
}
export type Values = ReturnType<typeof createValues>

/** Texts of a pattern. What draws them is made once: it takes longer to make than to use. */
const drawn = new Map<string, fc.Arbitrary<string>>()
const textsLike = (pattern: string) => drawn.getOrInsertComputed(pattern, () => fc.stringMatching(new RegExp(pattern)))

const fits = ({ pattern, minLength = 0, maxLength = 10_000 }: Schema, text: string) =>
  (pattern === undefined || new RegExp(pattern).test(text)) && text.length >= minLength && text.length <= maxLength
