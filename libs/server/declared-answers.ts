import type { RouteOptions } from 'fastify'
import { problems } from './problems.ts'

/** What any door may answer: a path or headers that cannot be read, too many requests, a fault of ours, a busy row. */
const ANY = [400, 429, 431, 500, 503]
const CLOSED = [401, 403]
const WITH_PATH_PARAMETERS = [404, 414]
const WITH_BODY = [413, 415]

type Schema = { hide?: boolean; response?: Record<number, unknown>; querystring?: unknown; body?: unknown }

/**
 * Declares at a route what every route of its kind may answer, beside what its handler does, so that the documents name
 * each status. Hidden routes are not documented.
 */
export function declareAnswers(route: RouteOptions) {
  const schema = route.schema as Schema | undefined
  if (schema === undefined || schema.hide) return
  const closed = route.config?.access !== 'public'
  const takesBody = ['POST', 'PUT', 'PATCH', 'DELETE'].some((method) => [route.method].flat().includes(method))
  const statuses = [
    ...ANY,
    ...(closed ? CLOSED : []),
    ...(route.url.includes('/:') ? WITH_PATH_PARAMETERS : []),
    ...(takesBody ? WITH_BODY : []),
  ]
  schema.response = { ...problems(...statuses), ...schema.response }
}
