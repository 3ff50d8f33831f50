import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { notice } from '../../pages/parts.ts'
import { leadTo, ownPath, show } from '../../pages/show.ts'
import { dictionary } from '../../pages/words.ts'
import type { Issuer } from '../issuer.ts'
import { en } from '../words/en.ts'
import { nb } from '../words/nb.ts'

const words = dictionary({ nb, en })
const config = { access: 'public' as const }

/** To the issuer and back, and out again. */
export function signIn(server: FastifyInstance, issuer: Issuer) {
  server.get<{ Querystring: { back?: string } }>('/sign-in', { config }, async (request, reply) => {
    const begun = await issuer.begin(ownPath(request.query.back)).catch((error) => {
      request.log.warn({ err: error }, 'the issuer does not answer')
      return undefined
    })
    if (begun === undefined) return failed(request, reply, 503, 'silentText')
    request.session.onTheWay = begun.onTheWay
    return leadTo(reply, begun.url)
  })

  server.get('/sign-in/callback', { config }, async (request, reply) => {
    const { onTheWay } = request.session
    if (onTheWay === undefined) return failed(request, reply, 400, 'failedText')
    const person = await issuer.finish(request.url, onTheWay).catch((error) => {
      request.log.warn({ err: error }, 'somebody could not be signed in')
      return undefined
    })
    if (person === undefined) return failed(request, reply, 400, 'failedText')
    // Another name than the one before: whoever knew that one is not signed in by it.
    await request.session.regenerate()
    request.session.person = person
    return leadTo(reply, onTheWay.back)
  })

  server.post('/sign-out', { config }, async (request, reply) => {
    await request.session.destroy()
    reply.clearCookie('session', { path: '/' })
    return leadTo(reply, '/signed-out')
  })

  server.get('/signed-out', { config }, async (request, reply) => {
    const say = words(request.view.language)
    const endUrl = await issuer.endUrl().catch(() => undefined)
    const main = html`<p>${say('signedOutText')}</p>
<p class="ways"><a class="ds-link" href="/sign-in">${say('again')}</a>${endUrl && html` <a class="ds-link" href="${endUrl}">${say('endThere')}</a>`}</p>`
    return show(reply, page(request.view, { title: say('signedOut'), main }))
  })
}

function failed({ view }: FastifyRequest, reply: FastifyReply, status: number, key: 'failedText' | 'silentText') {
  const say = words(view.language)
  const main = html`${notice('warning', say(key))}<p class="ways"><a class="ds-link" href="/sign-in">${say('again')}</a></p>`
  return show(reply.status(status), page(view, { title: say('failed'), main }))
}
