/** What callers of an API rely on, taken out of its OpenAPI document: names, places and types, and no words. */

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  patternProperties?: Record<string, Schema>
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
type Content = { content?: Record<string, { schema?: Schema }> }
type Operation = {
  operationId?: string
  security?: Record<string, string[]>[]
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema }[]
  requestBody?: Content & { required?: boolean }
  responses: Record<string, Content & { $ref?: string }>
}
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** What may stand in a place, sorted, and whether something always does. A value that is fixed stands as JSON. */
export type Part = { types: string[]; always: boolean }
type Parts = Map<string, Part>
/** An operation by its `operationId`: where it is, for whom, what it takes and what it answers, each by the path to it. */
export type Door = { at: string; scope: string; takes: Parts; answers: Parts }
export type Surface = Map<string, Door>

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

/** Of a document, its doors by their names. */
export function surfaceOf({ paths, components }: OpenApi): Surface {
  const named = components?.schemas ?? {}
  const surface: Surface = new Map()
  for (const [path, methods] of Object.entries(paths))
    for (const method of METHODS) {
      const operation = methods[method]
      if (operation === undefined) continue
      const at = `${method.toUpperCase()} ${path}`
      surface.set(operation.operationId ?? at, { at, ...doorOf(operation, named) })
    }
  return surface
}

type Named = Record<string, Schema>

function doorOf({ security = [], parameters = [], requestBody, responses }: Operation, named: Named) {
  const takes: Parts = new Map()
  for (const { in: place, name, required = false, schema = {} } of parameters)
    for (const [path, part] of flatten(schema, `${place}.${name}`, named, required)) takes.set(path, part)
  for (const { schema = {} } of Object.values(requestBody?.content ?? {}))
    for (const [path, part] of flatten(schema, 'body', named, requestBody?.required ?? false)) takes.set(path, part)
  const answers: Parts = new Map()
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400) continue
    const bodies = Object.values(response.content ?? {}).map(({ schema = {} }) => flatten(schema, status, named, true))
    answers.set(status, { types: [], always: true })
    for (const [path, part] of either(bodies)) answers.set(path, part)
  }
  const scope = security.flatMap((each) => Object.values(each).flat()).join(' ') || 'all'
  return { scope, takes, answers }
}

/** All places of a schema, by their paths: `body.lines[].sku`. A schema that holds itself is followed once. */
function flatten(schema: Schema, path: string, named: Named, always: boolean, within: readonly string[] = []): Parts {
  const { $ref, anyOf, oneOf, allOf } = schema
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1)!
    if (within.includes(name)) return new Map([[path, { types: [name], always }]])
    return flatten(named[name] ?? {}, path, named, always, [...within, name])
  }
  const variants = anyOf ?? oneOf
  if (variants) return either(variants.map((each) => flatten(each, path, named, always, within)))
  if (allOf) return new Map(allOf.flatMap((each) => [...flatten(each, path, named, always, within)]))
  const parts: Parts = new Map([[path, { types: typesOf(schema), always }]])
  const add = (of: Schema, at: string, needed: boolean) => {
    for (const [deeper, part] of flatten(of, at, named, needed, within)) parts.set(deeper, part)
  }
  for (const [name, of] of Object.entries(schema.properties ?? {}))
    add(of, `${path}.${name}`, schema.required?.includes(name) ?? false)
  if (schema.items) add(schema.items, `${path}[]`, true)
  const rest = [schema.additionalProperties, ...Object.values(schema.patternProperties ?? {})]
  for (const of of rest) if (typeof of === 'object') add(of, `${path}{}`, false)
  return parts
}

/** What holds of a place whichever of the variants it is. */
function either(variants: Parts[]): Parts {
  const paths = new Set(variants.flatMap((parts) => [...parts.keys()]))
  return new Map(
    [...paths].map((path) => {
      const found = variants.flatMap((parts) => parts.get(path) ?? [])
      const types = [...new Set(found.flatMap((part) => part.types))].sort()
      return [path, { types, always: found.length === variants.length && found.every((part) => part.always) }]
    }),
  )
}

function typesOf({ type, enum: values, const: value }: Schema): string[] {
  if (values !== undefined) return values.map((each) => JSON.stringify(each)).sort()
  if (value !== undefined) return [JSON.stringify(value)]
  return type === undefined ? ['any'] : [type].flat().sort()
}

/** A surface as lines to keep and to compare by eye. */
export const linesOf = (surface: Surface): string[] =>
  [...surface]
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([name, { at, scope, takes, answers }]) => [
      `${name} is ${at} for ${scope}`,
      ...[...takes].map(([path, part]) => lineOf(name, 'takes', path, part)),
      ...[...answers].map(([path, part]) => lineOf(name, 'answers', path, part)),
    ])

const lineOf = (name: string, way: string, path: string, { types, always }: Part) =>
  `${name} ${way} ${path}${always ? '!' : '?'} ${types.join(' | ')}`.trimEnd()

/** The surface that lines were made of. */
export function surfaceFrom(lines: readonly string[]): Surface {
  const surface: Surface = new Map()
  for (const line of lines) {
    const door = /^(\S+) is (\S+ \S+) for (.+)$/.exec(line)
    if (door) surface.set(door[1]!, { at: door[2]!, scope: door[3]!, takes: new Map(), answers: new Map() })
    const part = /^(\S+) (takes|answers) (.+?)([!?])(?: (.+))?$/.exec(line)
    if (part === null) continue
    const [, name, way, path, always, types] = part
    surface.get(name!)![way as 'takes'].set(path!, { types: types?.split(' | ') ?? [], always: always === '!' })
  }
  return surface
}
