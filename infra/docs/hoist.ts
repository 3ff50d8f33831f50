import { isDeepStrictEqual } from 'node:util'

type Schemas = Record<string, unknown>

/**
 * The same document with each titled schema in `schemas` and a reference in its place, so that a Problem is written once
 * and not at every route. Throws when two different schemas have one title.
 */
export function hoist(node: unknown, schemas: Schemas): unknown {
  if (Array.isArray(node)) return node.map((item) => hoist(item, schemas))
  if (typeof node !== 'object' || node === null) return node
  const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, hoist(value, schemas)]))
  const { title, type } = schema
  if (typeof title !== 'string' || typeof type !== 'string') return schema
  if (title in schemas && !isDeepStrictEqual(schemas[title], schema))
    throw new Error(`Two different schemas are called ${title}.`)
  schemas[title] = schema
  return { $ref: `#/components/schemas/${title}` }
}
