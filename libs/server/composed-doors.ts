import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { type TObject, type TSchema, Type } from 'typebox'
import type { Scope } from './auth.ts'
import { problems } from './problems.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every door that reads, by its path. */
    reading: Map<string, RouteOptions>
  }
}

type Values = Record<string, unknown>
/** A part of an answer: the door that gives it, and what that one is asked, from the path and the query of the whole; undefined where it is not. */
export type Part = { door: string; query?: (params: Values, query: Values) => Values | undefined }

export type Composed = {
  path: string
  /** `public` where what opens it stands in the query, such as a signed link. */
  access: Scope | 'public'
  /** What counts or refuses a request before it is answered. Parts may have it too, and are behind it once. */
  onRequest?: RouteOptions['onRequest']
  operationId: string
  title: string
  summary: string
  description: string
  tags: string[]
  params?: TObject
  querystring?: TObject
  parts: Record<string, Part>
  /** The part without which there is no answer: what it is refused with is what the whole is. */
  required?: string
}

const LISTED = 50
const MOST_LISTED = 100
/** How many of each list are asked for, in the query of a door that is composed of lists. */
export const limitOfEach = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_LISTED, default: LISTED, description: 'Of each list.' }),
  ),
}
/** Asks a list for the first so many. */
export const first = (_: object, { limit = LISTED }: { limit?: number }) => ({ limit })

const JSON_TYPE = 'application/json; charset=utf-8'
const FAULT = 500
/** What a part was asked is what the whole was asked. */
const ASKED_WRONGLY = 400

/** Remembers the doors that read, for those that are composed of them. Called before any door is added. */
export function rememberReading(server: FastifyInstance) {
  const reading = new Map<string, RouteOptions>()
  server.decorate('reading', reading)
  server.addHook('onRoute', (route) => {
    if ([route.method].flat().includes('GET')) reading.set(route.url, route)
  })
}

/**
 * A door that answers what several others answer, each under its name, as if each had been asked: by the same code, for the same caller, written by
 * the same schema. A part whose own door the caller may not enter, or that is not there (403, 404), is left out; one that could not be read
 * is left out and named in `unread`; what a part is asked wrongly (400) the whole is. It is added after the doors that it is composed of.
 */
export function composedDoor(server: FastifyInstance, { path, access, params, querystring, ...composed }: Composed) {
  const { parts, required, title, onRequest, ...told } = composed
  const doors = Object.entries(parts).map(([name, part]) => ({
    ...{ name, ...part, route: doorOf(server, part.door, onRequest) },
  }))
  const answers = Object.fromEntries(doors.map(({ name, route }) => [name, Type.Optional(answerOf(route))]))
  const unread = Type.Array(Type.String(), { description: 'Parts that could not be read just now.' })
  const schema = {
    ...told,
    ...(params && { params }),
    ...(querystring && { querystring }),
    response: {
      200: Type.Object({ ...answers, unread }, { title }),
      ...problems(
        400,
        ...(access === 'public' ? [] : ([401, 403] as const)),
        ...(params || required ? ([404] as const) : []),
      ),
    },
  }
  server.get(path, { config: { access }, schema, ...(onRequest && { onRequest }) }, async (request, reply) => {
    const texts: string[] = []
    const failed: string[] = []
    const asked = doors.flatMap(({ name, route, query: queryOf }) => {
      const query = queryOf ? queryOf(request.params as Values, request.query as Values) : {}
      return query !== undefined && mayEnter(request, route) ? [{ name, route, query }] : []
    })
    const read = asked.map(({ route, query }) => partOf(server, { route, query }, request, reply))
    for (const [n, result] of (await Promise.allSettled(read)).entries()) {
      const { name } = asked[n]!
      if (result.status === 'fulfilled') texts.push(`${JSON.stringify(name)}:${result.value}`)
      else if (name === required || statusOf(result.reason) === ASKED_WRONGLY) throw result.reason
      else if (statusOf(result.reason) >= FAULT) {
        request.log.error({ err: result.reason, part: name }, 'a part of an answer could not be read')
        failed.push(name)
      }
    }
    texts.push(`"unread":${JSON.stringify(failed)}`)
    return reply.type(JSON_TYPE).send(`{${texts.join(',')}}`)
  })
}

function doorOf({ reading }: FastifyInstance, path: string, ofWhole: Composed['onRequest']) {
  const route = reading.get(path)
  if (route === undefined) throw new Error(`No door reads ${path}.`)
  // What looks at a request before its handler would not be asked, but for what the whole has asked already.
  const onRequest = route.onRequest === ofWhole ? undefined : route.onRequest
  if ([onRequest, route.preValidation, route.preHandler].some((hook) => hook !== undefined))
    throw new Error(`${path} has hooks of its own, and cannot be a part of another door.`)
  return route
}

const answerOf = ({ schema }: RouteOptions) => (schema!.response as Record<number, TSchema>)[200]!
const mayEnter = ({ caller }: FastifyRequest, { config }: RouteOptions) =>
  config?.access === 'public' || caller?.scopes.has(config!.access!) === true
const statusOf = (error: unknown) => (error as { statusCode?: number }).statusCode ?? FAULT

/** What a door answers, as JSON. */
async function partOf(
  server: FastifyInstance,
  { route, query }: { route: RouteOptions; query: Values },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  let sent: unknown
  const ownReply = {
    type: () => ownReply,
    send: (answer: unknown) => {
      sent = answer
      return ownReply
    },
  }
  const handler = route.handler as (this: FastifyInstance, request: unknown, reply: unknown) => Promise<unknown>
  const answer = await handler.call(server, Object.create(request, { query: { value: known } }), ownReply)
  const value = answer === ownReply ? sent : answer
  // A door that writes its answer itself has written it.
  if (typeof value === 'string') return value
  return String(reply.serializeInput(value as Values, answerOf(route) as never))
}
