import t from 'tap'
import { find, read } from '../tidy/sources.ts'

type Schema = {
  $ref?: string
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
} & Partial<Record<'anyOf' | 'oneOf' | 'allOf', Schema[]>>
type Document = {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
  components?: { schemas?: Record<string, Schema> }
}

/** What others decide about: a mail server’s and Brevo’s calls. Of them only what is named is read. */
const CALLS_OF_OTHERS = ['orders post /mail/events', 'privacy post /brevo-events']
/** Texts of a product by language, which are about nobody. */
const TEXTS_OF_PRODUCTS = ['name', 'guarantee.covers'].map((field) => `orders put /products/{sku} ${field}`)

/** The places of a body in which it takes fields that it does not name. */
function openIn(schema: Schema, named: Record<string, Schema>, path: string[] = [], seen: string[] = []): string[] {
  const { $ref, properties, additionalProperties, items } = schema
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1)!
    return seen.includes(name) ? [] : openIn(named[name]!, named, path, [...seen, name])
  }
  const isOpen = properties !== undefined && additionalProperties !== false
  const inner = Object.entries(properties ?? {}).flatMap(([field, each]) => openIn(each, named, [...path, field], seen))
  const others = [items ?? [], schema.anyOf ?? [], schema.oneOf ?? [], schema.allOf ?? []].flat()
  return [...(isOpen ? [path.join('.')] : []), ...inner, ...others.flatMap((each) => openIn(each, named, path, seen))]
}

t.test('what a door does not ask for it does not take, of whatever is in a body', async (t) => {
  t.strictSame(openIn({ properties: { who: { properties: {} } }, additionalProperties: false }, {}), ['who'])
  const open: string[] = []
  let bodies = 0
  for (const file of find('docs/api/*.openapi.json')) {
    const { paths, components } = JSON.parse(read(file)) as Document
    const service = /(\w+)\.openapi\.json$/.exec(file)![1]
    for (const [path, operations] of Object.entries(paths))
      for (const [method, { requestBody }] of Object.entries(operations))
        for (const { schema } of Object.values(requestBody?.content ?? {})) {
          bodies += 1
          const found = openIn(schema, components?.schemas ?? {})
          open.push(...found.map((place) => `${service} ${method} ${path} ${place}`.trim()))
        }
  }
  t.ok(bodies > 100)
  t.strictSame(open.toSorted(), [...CALLS_OF_OTHERS, ...TEXTS_OF_PRODUCTS].toSorted())
})
