/**
 * The types of the services' doors as openapi-fetch reads them (its `paths`), written from our own OpenAPI documents. They use a small
 * part of JSON Schema, and a keyword of types that is not known here stops the writing instead of becoming a wrong type.
 */

type Schema = {
  $ref?: string
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  description?: string
}
/** Keywords that make another type and are not written here. */
const UNWRITTEN = ['oneOf', 'not', 'if', 'prefixItems', 'patternProperties', 'unevaluatedProperties', 'nullable']
type Content = Record<string, { schema: Schema }>
type Response = { $ref?: string; content?: Content }
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }
type Operation = {
  summary?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Response>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas?: Record<string, Schema>; responses?: Record<string, Response> }
}

/**
 * The types of each service's doors, by the file that holds them. `documents` are the OpenAPI documents by file name, as text. Throws for
 * a schema that it cannot write as a type.
 */
export function clientTypes(documents: Record<string, string>): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [name, text] of Object.entries(documents)) {
    const [service, kind] = name.split('.')
    if (kind === 'openapi') files[`libs/client/generated/${service}.ts`] = typesOf(JSON.parse(text))
  }
  return files
}

const HEADER = '/** Written from docs/api by `pnpm run docs`: not to be edited. */'

function typesOf({ paths, components: { schemas = {}, responses = {} } }: Document) {
  const lines = [
    `${HEADER}\nexport type paths = {`,
    ...Object.entries(paths).map(([path, methods]) => `${quoted(path)}: {\n${methodsOf(methods)}\n}`),
    '}\nexport type components = {\nschemas: {',
    ...Object.entries(schemas).map(([name, schema]) => `${quoted(name)}: ${typeOf(schema)}`),
    '}\nresponses: {',
    ...Object.entries(responses).map(([name, response]) => `${quoted(name)}: ${responseOf(response)}`),
    '}\n}\n',
  ]
  return lines.join('\n')
}

const methodsOf = (methods: Record<string, Operation>) =>
  Object.entries(methods)
    .map(([method, operation]) => `/** ${operation.summary ?? ''} */\n${method}: ${operationOf(operation)}`)
    .join('\n')

function operationOf({ parameters = [], requestBody, responses }: Operation) {
  const inPlace = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place)
  const parts = (['path', 'query', 'header'] as const).flatMap((place) => {
    const found = inPlace(place)
    if (found.length === 0) return []
    const mark = found.some(({ required }) => required) ? '' : '?'
    const fields = found.map(({ name, required, schema }) => `${quoted(name)}${required ? '' : '?'}: ${typeOf(schema)}`)
    return [`${place}${mark}: { ${fields.join('; ')} }`]
  })
  const body =
    requestBody && `requestBody${requestBody.required ? '' : '?'}: { content: ${contentOf(requestBody.content)} }`
  const answers = Object.entries(responses).map(([status, response]) => `${status}: ${responseOf(response)}`)
  return `{ parameters: { ${parts.join('; ')} }; ${body ? `${body}; ` : ''}responses: { ${answers.join('; ')} } }`
}

/** `headers` is what openapi-fetch wants to see; ours are read from the answer itself. */
const responseOf = ({ $ref, content }: Response): string =>
  $ref
    ? refOf($ref)
    : `{ headers: Record<string, unknown>; content${content ? `: ${contentOf(content)}` : '?: never'} }`

const contentOf = (content: Content) =>
  `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${quoted(type)}: ${typeOf(schema)}`)
    .join('; ')} }`

const quoted = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name.replaceAll("'", "\\'")}'`)

/** `#/components/schemas/Money` as TypeScript names it. */
const refOf = (ref: string) => {
  const [, ...steps] = ref.split('/')
  return `${steps[0]}${steps
    .slice(1)
    .map((step) => `[${JSON.stringify(step)}]`)
    .join('')}`
}

function typeOf(schema: Schema): string {
  const unwritten = UNWRITTEN.find((keyword) => keyword in schema)
  if (unwritten) throw new Error(`There is no type for a schema with ${unwritten}.`)
  if (schema.$ref) return refOf(schema.$ref)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return `(${schema.anyOf.map(typeOf).join(' | ')})`
  if (schema.allOf) return `(${schema.allOf.map(typeOf).join(' & ')})`
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`
    case 'object':
      return objectOf(schema)
    case undefined:
      return 'unknown'
    default:
      throw new Error(`There is no type for a schema of type ${schema.type}.`)
  }
}

function objectOf({ properties, required = [], additionalProperties }: Schema) {
  const fields = Object.entries(properties ?? {}).map(
    ([name, property]) => `${quoted(name)}${required.includes(name) ? '' : '?'}: ${typeOf(property)}`,
  )
  if (typeof additionalProperties === 'object') fields.push(`[name: string]: ${typeOf(additionalProperties)}`)
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  return additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>'
}
