import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../deps.ts'
import { attempted, refusalOf, refusedWith } from './attempt.ts'
import { form, idIn, readForm, type SentForm } from './forms.ts'
import { once } from './once.ts'
import { section } from './parts.ts'
import { type Html, leadTo } from './show.ts'
import type { View } from './view.ts'

/** Why nothing would follow, such as that nothing was chosen: it is said without the button that does it. */
export type Idle = { idle: Html }
const isIdle = (follows: Html | Idle): follows is Idle => typeof follows === 'object' && 'idle' in follows

/** Something that staff does: its fields, what would follow and by which section of law, and the doing of it. */
export type Deed = {
  title: string
  /** What is said above the fields. */
  lead?: Html | string
  fields: (typed: SentForm) => Html
  /** What the service says today of what is meant to be done. Nothing is done by asking. */
  consequences: (sent: SentForm) => Html | Idle | Promise<Html | Idle>
  act: (sent: SentForm) => Promise<unknown>
  /** Where one is led when it is done, and where one came from. */
  after: (sent: SentForm) => string
  back: string
  danger?: boolean
  /** Nothing is left to be done: it is shown without a form. */
  over?: boolean
}
export type At = FastifyRequest<{ Params: Record<string, string> }>
/** The deed that an address names; undefined where there is none. */
type Find = (request: At) => Promise<Deed | undefined>

type Place = {
  access: 'staff' | 'privacy:write'
  /** A page of that place. */
  show: (view: View, reply: FastifyReply, shown: { title: string; main: Html }) => unknown
}

/**
 * The pages of a deed: the form; what would follow, with nothing done and the way back to what was written; and the doing, once, after
 * which one is led on. What the service refuses is said above the form, in which everything stands as it was written.
 */
export function deedPages(
  server: FastifyInstance,
  deps: Pick<Deps, 'db'>,
  { path, access, show }: Place & { path: string },
  find: Find,
) {
  const config = { access }
  server.get(path, { config }, async (request, reply) => {
    const deed = await find(request as At)
    return deed === undefined ? reply.callNotFound() : showForm(show, request.view, reply, deed)
  })
  // Whoever chooses another language there, or comes back later: what was written is not in the address.
  for (const later of ['check', 'change'])
    server.get(`${path}/${later}`, { config }, async ({ view }, reply) => leadTo(reply, pathOf(view)))
  server.post(`${path}/change`, { config }, async (request, reply) => {
    const deed = await find(request as At)
    if (deed === undefined) return reply.callNotFound()
    return showForm(show, request.view, reply, deed, { sent: readForm(request.body) })
  })
  server.post(`${path}/check`, { config }, async (request, reply) => {
    const deed = await find(request as At)
    if (deed === undefined) return reply.callNotFound()
    const { view, body } = request
    const sent = readForm(body)
    const made = await attempted(async () => deed.consequences(sent))
    if (made.refused) return showForm(show, view, refusedWith(reply, made.refused), deed, { sent, ...made })
    return show(view, reply, { title: deed.title, main: checkOf(view, deed, { sent, body, follows: made.data }) })
  })
  server.post(path, { config }, async (request, reply) => {
    const deed = await find(request as At)
    if (deed === undefined) return reply.callNotFound()
    const sent = readForm(request.body)
    const made = await attempted(() => once(deps, sent.id, () => deed.act(sent)))
    if (made.refused) return showForm(show, request.view, refusedWith(reply, made.refused), deed, { sent, ...made })
    return leadTo(reply, deed.after(sent))
  })
}

/** The path of a page without what stands behind it: `/x/new/check` is about `/x/new`. */
const pathOf = ({ url }: View) => url.split('?')[0]!.replace(/\/(check|change)$/, '')

type Typed = { sent?: SentForm; refused?: Parameters<typeof refusalOf>[1] }
function showForm(show: Place['show'], view: View, reply: FastifyReply, deed: Deed, { sent, refused }: Typed = {}) {
  const { say } = view
  const typed = sent ?? readForm({})
  const main = html`${refused && refusalOf(view, refused)}
${deed.lead && html`<div class="lead stack">${typeof deed.lead === 'string' ? html`<p>${deed.lead}</p>` : deed.lead}</div>`}
${!deed.over && html`<div class="ds-card">${form(view, { action: `${pathOf(view)}/check`, submit: say('seeFirst'), id: idIn(typed) }, deed.fields(typed))}</div>`}
<p><a class="ds-link" href="${deed.back}">${view.say('back')}</a></p>`
  return show(view, reply, { title: deed.title, main })
}

type Checked = { sent: SentForm; body: unknown; follows: Html | Idle }
function checkOf(view: View, { danger, back }: Deed, { sent, body, follows }: Checked): Html {
  const { say } = view
  const again = sentAgain(body)
  const idle = isIdle(follows)
  return html`${section('follows', say('follows'), idle ? follows.idle : html`${follows}<p class="quiet">${say('notDoneYet')}</p>`)}
<div class="ways">
${!idle && form(view, { action: pathOf(view), submit: say('doIt'), danger, id: idIn(sent) }, again)}
${form(view, { action: `${pathOf(view)}/change`, submit: say('change'), quiet: true, id: idIn(sent) }, again)}
</div>
<p><a class="ds-link" href="${back}">${say('doNot')}</a></p>`
}

/** What was sent, once more, as fields that are not seen. */
export const sentAgain = (body: unknown): Html => {
  const sent = readForm(body)
  const names = sent.names.filter((name) => name !== '_csrf' && name !== 'id')
  return html`${names.flatMap((name) => sent.all(name).map((value) => html`<input type="hidden" name="${name}" value="${value}">`))}`
}
