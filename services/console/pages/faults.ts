import { isProblemError, type Problem } from '@vilkar/client/client.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { page } from './layout.ts'
import { type Cite, citesOf } from './parts.ts'
import { type Html, show } from './show.ts'
import type { View } from './view.ts'
import { en } from './words/en.ts'

/** What a page can say of a status by itself. */
const TOLD = [400, 401, 403, 404, 409, 429, 500, 503] as const
type Told = (typeof TOLD)[number]

type Fault = Error & { statusCode?: number; code?: string; service?: string }

/** Whatever goes wrong is answered with a page in words: what a service refused with its sentence and citations, never a stack. */
export function answerFaults(server: FastifyInstance) {
  server.setErrorHandler<Fault & FastifyError>(async (error, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error, method: request.method }, 'a page failed')
    return answer(request, reply, status, await faultOf(error, status, request.view))
  })
  server.setNotFoundHandler(async (request, reply) => answer(request, reply, 404, undefined))
}

/** What `@fastify/rate-limit` throws. */
export const tooMany = (statusCode: number) => Object.assign(new Error('Too many requests.'), { statusCode })

/** A fault that a route may throw to answer with the page of a status. */
export const pageFault = (statusCode: Told) => Object.assign(new Error(`Answered with ${statusCode}.`), { statusCode })

function statusOf(error: Fault) {
  if (isProblemError(error)) return error.problem.status >= 500 ? 503 : error.problem.status
  if (isUnreachable(error)) return 503
  return error.statusCode ?? 500
}

/** What `fetch` throws where there is no answer or where it breaks off, and what a call is given up with. */
export const isUnreachable = (error: unknown) =>
  (error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message)) ||
  (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError'))

async function faultOf(error: Fault, status: number, view: View | undefined): Promise<Html | undefined> {
  if (view === undefined) return undefined
  if (isProblemError(error) && status < 500) return problemText(view, error.problem)
  if (error.code?.startsWith('FST_CSRF')) return html`<p>${view.say('text_csrf')}</p>`
  return undefined
}

/** A problem (RFC 9457) as a sentence, the fields that are wrong, and what it rests on. */
export const problemText = (view: View, problem: Problem): Html => {
  const errors = (problem.errors ?? []) as { field: string; message: string }[]
  const reasons = (problem.reasons ?? []) as { cites: Cite[] }[]
  // What is wrong with fields, the sentence says too, one after the other.
  return html`${
    errors.length === 0
      ? html`<p class="said">${problem.detail ?? problem.title}</p>`
      : html`<h2 class="ds-heading" data-size="2xs">${view.say('fieldErrors')}</h2><ul lang="en">${errors.map(({ field, message }) => html`<li><code>${field.replace(/^body\./, '')}</code> ${message}</li>`)}</ul>`
  }
${citesOf(view, reasons)}`
}

async function answer(request: FastifyRequest, reply: FastifyReply, status: number, text: Html | undefined) {
  reply.status(status)
  const { view } = request
  if (view === undefined || !(request.headers.accept ?? 'text/html').match(/text\/html|\*\/\*/))
    return reply.type('text/plain; charset=utf-8').send(`${en[`text_${toldOf(status)}`]}\n`)
  const told = toldOf(status)
  const main = html`<div class="ds-alert" data-color="${status >= 500 ? 'danger' : 'warning'}" role="alert">
${text ?? html`<p>${view.say(`text_${told}`)}</p>`}
</div>
<p class="ways"><a class="ds-link" href="/">${view.say('home')}</a>${status === 401 && html` <a class="ds-link" href="/sign-in">${view.say('signIn')}</a>`}</p>`
  return show(reply, page(view, { title: view.say(`title_${told}`), main }))
}

function toldOf(status: number): Told {
  if ((TOLD as readonly number[]).includes(status)) return status as Told
  return status >= 500 ? 500 : 400
}
