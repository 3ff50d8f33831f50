import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import type { Deed } from '../../pages/deed.ts'
import { createReading } from '../../pages/reading.ts'
import type { View } from '../../pages/view.ts'
import { type ActionName, actions, isAction } from '../actions.ts'
import { type Action, chosenUnits } from '../fields.ts'
import { readAll } from '../order-reading.ts'
import { type Order, readOrder } from '../order-table.ts'
import { deskWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

/** What staff does about an order. Only what would follow needs more than the order itself. */
export function actionPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  deskDeeds(server, deps, '/desk/orders/:id/do/:action', async ({ view, params: { id = '', action = '' } }) =>
    isAction(action) ? deedOf(view, await answered(readOrder(view.clients, id)), action) : undefined,
  )
}

function deedOf(view: View, order: Order, name: ActionName): Deed {
  const say = deskWords(view.language)
  const { fields, consequences, act, danger, ofUnits }: Action = actions[name]
  const page = `/desk/orders/${order.id}`
  return {
    title: say(`do_${name}`),
    lead: say('order', { number: order.number }),
    fields: (typed) => fields(view, { order }, typed),
    consequences: async (sent) => {
      if (ofUnits && chosenUnits({ order }, sent).length === 0) return { idle: html`<p>${say('noUnits')}</p>` }
      const reading = createReading()
      const seen = await readAll(view, reading, { id: order.id })
      return html`${reading.notice(view)}${await consequences({ view, seen, sent })}`
    },
    act: (sent) => act({ view, seen: { order }, sent }),
    after: () => `${page}#said`,
    back: page,
    danger,
  }
}
