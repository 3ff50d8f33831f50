import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { form, readForm } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { once } from '../../pages/once.ts'
import { section } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { leadTo, show } from '../../pages/show.ts'
import { actions, isAction, sentAgain } from '../actions.ts'
import type { Action } from '../fields.ts'
import { readAll } from '../order-reading.ts'
import { readOrder } from '../order-table.ts'
import { deskWords } from '../words.ts'

type At = { Params: { id: string; action: string } }

/**
 * What staff does about an order, in three steps: the form; what would follow and what would be cited, with nothing done; and the doing,
 * once, which leads back to the order.
 */
export function actionPages(server: FastifyInstance, deps: Deps) {
  const config = { access: 'staff' as const }
  const at = '/desk/orders/:id/do/:action'

  server.get<At>(at, { config }, async ({ view, params: { id, action } }, reply) => {
    if (!isAction(action)) return reply.callNotFound()
    const reading = createReading()
    const seen = await readAll(view, reading, { id })
    const say = deskWords(view.language)
    const { fields }: Action = actions[action]
    const main = html`${reading.notice(view)}${section(
      'form',
      say('order', { number: seen.order.number }),
      form(
        view,
        { action: `${at.replace(':id', id).replace(':action', action)}/consequences`, submit: say('seeFirst') },
        fields(view, seen),
      ),
    )}${back(view.say('back'), id)}`
    return show(reply, page(view, { title: say(`do_${action}`), main }))
  })

  server.post<At>(`${at}/consequences`, { config }, async ({ view, body, params: { id, action } }, reply) => {
    if (!isAction(action)) return reply.callNotFound()
    const reading = createReading()
    const seen = await readAll(view, reading, { id })
    const say = deskWords(view.language)
    const { consequences, danger }: Action = actions[action]
    const main = html`${reading.notice(view)}
${section('consequences', say('consequences'), html`${consequences({ view, seen, sent: readForm(body) })}<p class="quiet">${say('notDoneYet')}</p>`)}
${form(view, { action: at.replace(':id', id).replace(':action', action), submit: say('doIt'), danger }, sentAgain(body))}
${back(say('doNot'), id)}`
    return show(reply, page(view, { title: say(`do_${action}`), main }))
  })

  server.post<At>(at, { config }, async ({ view, body, params: { id, action } }, reply) => {
    if (!isAction(action)) throw pageFault(404)
    const sent = readForm(body)
    await once(deps, sent.id, async () => {
      const order = await answered(readOrder(view.clients, id))
      await actions[action].act({ view, seen: { order }, sent })
    })
    return leadTo(reply, `/desk/orders/${id}#said`)
  })
}

const back = (label: string, id: string) => html`<p><a class="ds-link" href="/desk/orders/${id}">${label}</a></p>`
