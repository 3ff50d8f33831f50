import type { FastifyInstance } from 'fastify'
import { LANGUAGE_COOKIE } from '../server.ts'
import { leadTo, ownPath } from '../show.ts'
import { isLanguage } from '../words.ts'

const YEAR_SECONDS = 365 * 24 * 3_600

/** Keeps the language that somebody chose, in a cookie of a year, and leads back to where they were. */
export function language(server: FastifyInstance) {
  server.get<{ Params: { language: string }; Querystring: { back?: string } }>(
    '/language/:language',
    { config: { access: 'public' } },
    async (request, reply) => {
      const { language: chosen } = request.params
      if (!isLanguage(chosen)) return reply.callNotFound()
      reply.setCookie(LANGUAGE_COOKIE, chosen, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: true })
      return leadTo(reply, ownPath(request.query.back))
    },
  )
}
