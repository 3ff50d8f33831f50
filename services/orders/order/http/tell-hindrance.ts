import { Day, Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const Judged = (description: string) =>
  Type.Optional(Type.Boolean({ description: `${description} Left out while nobody has judged it.` }))
export const HindranceBody = Type.Object(
  {
    event: Type.String({
      ...{ pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 50, examples: ['strike'] },
      errorMessage: 'must be words in small letters with hyphens between them, such as strike',
      description:
        'What kind of event it is. Those that the terms name (strike, pandemic, supply-chain, act-of-government) are taken to lie beyond the seller’s control.',
    }),
    what: Type.String({
      ...Why,
      description: 'What it is, in the language of the order: the customer reads it.',
      examples: ['Posten streiker, og pakken ligger på terminalen.'],
    }),
    foreseeable: Judged('It could have been foreseen at the time of the contract.'),
    avoidable: Judged('It, or what came of it, could have been avoided.'),
    expectedBy: Type.Optional(
      Type.String({ ...Day, description: 'When the goods are expected now, if that is known.' }),
    ),
  },
  { additionalProperties: false, title: 'Hindrance' },
)

/** `PUT /orders/{id}/hindrances/{hindranceId}`: the customer hears what keeps the seller from delivering. */
export function hindrance(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/hindrances/:hindranceId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'tellHindrance',
        summary: 'Tell a customer what keeps us from delivering',
        description:
          'By mail, at once: what it is, what is waited for and when it is expected, and what they may do all the same. It frees from damages at most, and only a seller who told it (clause 13; forbrukerkjøpsloven §§ 24 and 25, kjøpsloven §§ 27 and 28); withdrawal, refund and ending the purchase stay. Said twice it is told once; news of it is told under an id of its own.',
        tags: ['orders'],
        params: Type.Object({ ...OrderParams.properties, hindranceId: Id }),
        body: HindranceBody,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, hindranceId }, body, caller }) => {
      await findOrder(deps, caller, orderId)
      const now = deps.clock.now()
      if (body.expectedBy !== undefined && body.expectedBy < osloDay(now).toString())
        throw invalidField('body.expectedBy', 'is a day that has passed')
      const said = { ...body, what: asKept(body.what) }
      const data = { orderId, at: now.toString(), hindranceId, by: caller.subject, ...said }
      const { stored, refusal } = await transact(deps, (trx) => handle(trx, { type: 'TellHindrance', data }, deps))
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}
