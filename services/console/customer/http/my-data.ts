import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { oneOf, readForm, type SentForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { linkOf, linkUnknown, pathBy } from '../linked.ts'
import { consentText, PURPOSES } from '../my-data/consents.ts'
import { mailExport, readExport } from '../my-data/export-part.ts'
import { gatePage, isKnown, takeAddress } from '../my-data/gate.ts'
import { dataPage, requestPage } from '../my-data/page.ts'
import { type Ask, askPrivacy, readData, readRequests, readWhom, type Whom } from '../my-data/reading.ts'
import { isKind, makeRequest, rightPage } from '../my-data/rights.ts'
import { dataWords } from '../my-data/words.ts'
import { type Order, readOrder } from '../order-reading.ts'
import { refusal } from '../refused.ts'

const config = { access: 'public' as const }
/** Of so many requests it is said whether there is something to fetch: their links end within a week. */
const LATEST = 10
type Data = {
  Params: Record<string, string>
  Querystring: { link?: string; sent?: string; said?: string }
}
type Asked = FastifyRequest<Data>
type Known = { request: Asked; reply: FastifyReply; order: Order; whom: Whom; link: string }

/** My data: by the link of an order and the address that it is written to, what is held, consents, and what the law lets somebody ask. */
export function myData(server: FastifyInstance, deps: Pick<Deps, 'db' | 'config' | 'clientsOf'>) {
  const ask = askPrivacy(deps)
  if (ask === undefined) return
  const at = '/customer/order/data'
  server.post<Data>(`${at}/address`, { config }, async (request, reply) => {
    const order = await readOrder(request)
    if (order === undefined) return linkUnknown(request, reply)
    if (!takeAddress(request, order)) return showGate(request, reply.status(400), true)
    return leadTo(reply, pathBy(linkOf(request), '/data'))
  })
  server.get<Data>(at, { config }, (request, reply) =>
    known(ask, request, reply, async ({ order, whom, link }) => {
      const privacy = await ask()
      const data = await readData(request, privacy, whom)
      const exports = await Promise.all(
        data.requests.slice(0, LATEST).map((each) => readExport(request, privacy, each)),
      )
      const { said } = request.query
      const seen = { link, order, whom, data, exports: exports.filter((each) => each !== undefined), said }
      return shown(request, reply, 'title', dataPage(request.view, seen))
    }),
  )
  rightRoutes(server, deps, ask)
  consentRoute(server, deps, ask)
  requestRoutes(server, deps, ask)
}

/** A request of whoever visits, and of nobody else, with what is collected for it. */
function requestRoutes(server: FastifyInstance, deps: Pick<Deps, 'db'>, ask: Ask) {
  const at = '/customer/order/data/requests/:id'
  server.get<Data>(at, { config }, (request, reply) =>
    known(ask, request, reply, async ({ whom, link }) => {
      const privacy = await ask()
      const found = (await readRequests(request, privacy, whom)).find(({ id }) => id === request.params.id)
      if (found === undefined) return linkUnknown(request, reply)
      const exported = await readExport(request, privacy, found)
      const { sent, said } = request.query
      const seen = { link, exported, sent: sent !== undefined, isMailed: said === 'mailed' }
      return shown(request, reply, 'request', requestPage(request.view, found, seen))
    }),
  )
  server.post<Data>(`${at}/mails`, { config }, (request, reply) =>
    known(ask, request, reply, async ({ whom, link }) => {
      const id = request.params.id ?? ''
      const privacy = await ask()
      const form = readForm(request.body)
      const made = await attempted(() => once(deps, form.id, () => mailExport(request, privacy, id, whom)))
      if (!made.refused) return leadTo(reply, pathBy(link, `/data/requests/${id}`, { said: 'mailed' }))
      if (made.refused.status === 404) return linkUnknown(request, reply)
      refusedWith(reply, made.refused)
      return shown(request, reply, 'request', refusal(request.view, made.refused))
    }),
  )
}

/** Goes on for whoever has the link of an order and wrote the address of it; asks for that, or opens nothing, else. */
async function known(ask: Ask, request: Asked, reply: FastifyReply, go: (known: Known) => Promise<unknown>) {
  const order = await readOrder(request)
  if (order === undefined) return linkUnknown(request, reply)
  if (!isKnown(request, order)) return showGate(request, reply, false)
  const whom = await readWhom(await ask(), order)
  if (whom === undefined) return linkUnknown(request, reply)
  return go({ request, reply, order, whom, link: linkOf(request) })
}

const shown = (request: Asked, reply: FastifyReply, title: 'title' | 'request', main: Html) =>
  showCustomer(request, reply, { title: dataWords(request.view.language)(title), main })
const showGate = (request: Asked, reply: FastifyReply, wrong: boolean) =>
  shown(request, reply, 'title', gatePage(request.view, linkOf(request), wrong))

function rightRoutes(server: FastifyInstance, deps: Pick<Deps, 'db'>, ask: Ask) {
  const at = '/customer/order/data/ask/:kind'
  const page = async ({ request, reply, order, whom, link }: Known, sent?: SentForm, above?: Html) => {
    const { kind } = request.params
    if (kind === undefined || !isKind(kind)) return reply.callNotFound()
    const { held } = await readData(request, await ask(), whom)
    const form = rightPage(request.view, { kind, link, order, held }, sent ?? readForm({}))
    const title = dataWords(request.view.language)(`ask_${kind}`)
    return showCustomer(request, reply, { title, main: html`${above}${form}` })
  }
  server.get<Data>(at, { config }, (request, reply) => known(ask, request, reply, (seen) => page(seen)))
  server.post<Data>(at, { config }, (request, reply) =>
    known(ask, request, reply, async (seen) => {
      const { kind } = request.params
      if (kind === undefined || !isKind(kind)) return reply.callNotFound()
      const sent = readForm(request.body)
      const made = await attempted(() => once(deps, sent.id, () => makeRequest(request, ask, { kind, sent, ...seen })))
      if (made.refused) {
        refusedWith(reply, made.refused)
        return page(seen, sent, refusal(request.view, made.refused))
      }
      return leadTo(reply, pathBy(seen.link, `/data/requests/${sent.id}`, { sent: 'yes' }))
    }),
  )
}

/** A consent is given and taken back by the same form. Who gives one is asked by mail first, since a link proves no mailbox. */
function consentRoute(server: FastifyInstance, deps: Pick<Deps, 'db'>, ask: Ask) {
  server.post<Data>('/customer/order/data/consents', { config }, (request, reply) =>
    known(ask, request, reply, async ({ whom, link }) => {
      const { view } = request
      const sent = readForm(request.body)
      const purpose = oneOf(PURPOSES, sent.text('purpose')) ?? 'newsletter'
      const given = sent.text('given') === 'yes'
      const { policy, controller, email } = whom
      const privacy = await ask()
      let said = 'done'
      const made = await attempted(() =>
        once(deps, sent.id, async () => {
          const text = consentText(view, purpose, policy.name)
          const about = { controller, ...email, purpose, text, language: view.language, source: 'my-data' }
          const body = { ...about, given, ...(given && { age: sent.number('age') }) }
          const { state } = await answered(privacy.PUT('/consents', { body, headers: visitorOf(request) }))
          if (state === 'awaiting-confirmation') said = 'mail'
        }),
      )
      if (made.refused) {
        refusedWith(reply, made.refused)
        return shown(request, reply, 'title', refusal(view, made.refused))
      }
      return leadTo(reply, `${pathBy(link, '/data', { said })}#consents`)
    }),
  )
}
