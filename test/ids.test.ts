import t from 'tap'
import { type DoorOf, openDoors } from './doors/three-apps.ts'

type Schema = { type?: string; format?: string; properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[] }
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema }
type Operation = { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }
type Document = { paths: Record<string, Record<string, Operation>> }

const MANY = 1_000_000_000
const AN_ID = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
/** What is read as a UUID somewhere, or nearly is, and is not in the one form that ids have here. */
const OTHER_FORMS = [
  `urn:uuid:${AN_ID}`,
  `URN:UUID:${AN_ID}`,
  `{${AN_ID}}`,
  AN_ID.toUpperCase(),
  AN_ID.replaceAll('-', ''),
  AN_ID.replace('-7', '-g'),
  `${AN_ID} `,
  ` ${AN_ID}`,
  `${AN_ID}\n`,
  `${AN_ID}0`,
  AN_ID.slice(0, -1),
  '1',
]

const all = ['orders:place', 'orders:read', 'orders:cancel', 'products:write', 'mail:events', 'shipments:read']
const privacy = ['privacy:read', 'privacy:write', 'privacy:ask', 'holdings:write']
const scopes = new Set([...all, 'shipments:write', 'returns:read', 'returns:write', ...privacy, 'staff'])
const { doors, close } = await openDoors({
  verifyToken: async () => ({ subject: 'all', scopes }),
  rateLimitPerMinute: MANY,
  serviceRateLimitPerMinute: MANY,
})
t.teardown(close)

const operationOf = ({ app, method, url }: DoorOf) =>
  (app.swagger() as unknown as Document).paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
const isId = ({ format }: Schema) => format === 'uuid'

/** Where in a body ids stand: the path of each, through objects and lists. */
function idsIn(schema: Schema, path: string[] = []): string[][] {
  if (isId(schema)) return [path]
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => idsIn(part, [...path, name]))
  return [
    ...inner,
    ...(schema.items ? idsIn(schema.items, [...path, '0']) : []),
    ...(schema.anyOf ?? []).flatMap((part) => idsIn(part, path)),
  ]
}

/** The body that holds nothing but an id at a path. */
const bodyWith = (path: string[], id: string): unknown =>
  path.length === 0 ? id : path[0] === '0' ? [bodyWith(path.slice(1), id)] : { [path[0]!]: bodyWith(path.slice(1), id) }

type Place = { where: string; ask: (id: string) => { url: string; payload?: object } }

/** What stands in a path where no id does. */
const WORDS: Record<string, string> = { provider: 'klarna', word: 'fragile' }

/** Every place of a door where an id is asked for, and how to ask with one there. */
function placesOf(door: DoorOf): Place[] {
  const { parameters = [], requestBody } = operationOf(door)!
  const filled = (name?: string, id?: string) =>
    door.url.replaceAll(/:(\w+)/g, (_, each) => encodeURIComponent(each === name ? id! : (WORDS[each!] ?? AN_ID)))
  const inUrl = parameters
    .filter(({ schema }) => isId(schema))
    .map(
      ({ name, in: place }): Place => ({
        where: `${place} ${name}`,
        ask: (id) => ({ url: place === 'path' ? filled(name, id) : `${filled()}?${name}=${encodeURIComponent(id)}` }),
      }),
    )
  const body = requestBody?.content['application/json']?.schema
  const inBody = (body === undefined ? [] : idsIn(body)).map(
    (path): Place => ({
      where: `body.${path.join('.')}`,
      ask: (id) => ({ url: filled(), payload: bodyWith(path, id) as object }),
    }),
  )
  return [...inUrl, ...inBody]
}

const documented = doors.filter((door) => door.method !== 'HEAD' && operationOf(door) !== undefined)

t.test('wherever a door asks for an id, every other form of a UUID is 400 and named', async (t) => {
  const places = documented.flatMap((door) => placesOf(door).map((place) => ({ door, ...place })))
  t.ok(places.length >= 30, `${places.length} places`)
  for (const { door, where, ask } of places)
    for (const id of OTHER_FORMS) {
      const { url, payload } = ask(id)
      const headers = { authorization: 'Bearer all' }
      const response = await door.app.inject({
        method: door.method as 'GET',
        url,
        headers,
        ...(payload && { payload }),
      })
      const told = `${door.name}, ${where}: ${JSON.stringify(id)} is answered with ${response.statusCode}`
      if (response.statusCode !== 400 || !JSON.stringify(response.json().errors).includes(where.split(/[ .]/).at(-1)!))
        t.fail(told)
    }
})

t.test('no door takes an id that is not declared as one', async (t) => {
  const named = documented.flatMap((door) =>
    (operationOf(door)!.parameters ?? [])
      .filter(({ name, schema }) => /^(id|after)$|Id$/.test(name) && !isId(schema))
      .map(({ name }) => `${door.name} ${name}`),
  )
  // A provider's name of a movement is the provider's, a product is named by its SKU, a line by its number in the order, the feed goes by number, and lists of what waits (proofs, late orders, money) by a day or moment and an id.
  t.strictSame(named, [
    'orders GET /products after',
    'orders GET /orders/late after',
    'orders PUT /orders/:id/lines/:lineId/cancellation lineId',
    'orders GET /payments/uncaptured after',
    'orders GET /payments/authorisations/ending after',
    'orders PUT /orders/:id/payments/movements/:providerId providerId',
    'shipping GET /shipments/feed after',
    'shipping GET /failed-deliveries after',
    'shipping GET /damage-reports after',
    'returns GET /orders/:id/entitlements/in-words after',
    'returns GET /proofs-of-sending after',
  ])
})
