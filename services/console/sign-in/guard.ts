import csrf from '@fastify/csrf-protection'
import session from '@fastify/session'
import { systemClock } from '@vilkar/server/clock.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { pageFault } from '../pages/faults.ts'
import { leadTo } from '../pages/show.ts'
import type { Issuer, OnTheWay, SignedIn } from './issuer.ts'
import { createSessionStore } from './sessions.ts'

declare module 'fastify' {
  interface Session {
    person?: SignedIn
    onTheWay?: OnTheWay
  }
}

/** A token that ends within this is renewed before a page is made with it. */
const RENEWED_BEFORE_MS = 30_000
const SAFE_METHODS = new Set(['GET', 'HEAD'])

/**
 * Sessions, who is signed in, and who may enter: a route says in its `access` the scope that it needs, or `public`. Whoever is not signed
 * in is led to sign in and back; a form that is sent without being signed in, or without its token, is refused and does nothing.
 */
export async function guard(server: FastifyInstance, deps: Deps, issuer: Issuer) {
  const { config, clientsOf } = deps
  server.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`${route.method} ${route.url} does not say who may enter.`)
  })
  await server.register(session, {
    secret: config.SESSION_SECRETS.split(',').map((secret) => secret.trim()),
    cookieName: 'session',
    store: createSessionStore(deps) as never,
    saveUninitialized: false,
    rolling: false,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: config.PUBLIC_URL.startsWith('https:') },
  })
  // Only what the form bears counts: a header could be set by a script of another page.
  const getToken = ({ body }: FastifyRequest) => (body as { _csrf?: string } | undefined)?._csrf as string
  await server.register(csrf, { sessionPlugin: '@fastify/session', getToken, logLevel: 'info' })

  server.addHook('onRequest', async (request, reply) => {
    const person = await current(request, issuer)
    if (person !== undefined) {
      request.view.person = { subject: person.subject, name: person.name, scopes: new Set(person.scopes) }
      request.view.clients = clientsOf(person.accessToken)
    }
    const { access } = request.routeOptions.config
    if (request.is404 || access === 'public') return
    if (person === undefined) return askToSignIn(request, reply)
    if (access === undefined || !person.scopes.includes(access)) throw pageFault(403)
  })
  server.addHook('preHandler', (request, reply, done) => {
    if (SAFE_METHODS.has(request.method) || request.is404) return done()
    server.csrfProtection(request, reply, done)
  })
}

/** Who is signed in, with a token that is good for a while yet; undefined for nobody, and for whom the issuer gives no other. */
async function current({ session }: FastifyRequest, { renew }: Issuer) {
  const { person } = session
  if (person === undefined) return undefined
  if (person.expiresAt - RENEWED_BEFORE_MS > systemClock.now().epochMilliseconds) return person
  session.person = await renew(person)
  return session.person
}

function askToSignIn({ method, url }: FastifyRequest, reply: FastifyReply) {
  if (!SAFE_METHODS.has(method)) throw pageFault(401)
  return leadTo(reply, `/sign-in?back=${encodeURIComponent(url)}`)
}
