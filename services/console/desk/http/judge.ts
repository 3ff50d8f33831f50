import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { createReading } from '../../pages/reading.ts'
import type { View } from '../../pages/view.ts'
import { checking, readVoluntaryReturn } from '../checking.ts'
import { collecting } from '../collecting.ts'
import { cameTooLate, takingUp } from '../complaining.ts'
import { inspecting } from '../inspecting.ts'
import { judging, readComplaint } from '../judging.ts'
import { judgingGoods } from '../judging-goods.ts'
import { labelAgain, readLabel } from '../label-again.ts'
import { readOrder } from '../order-table.ts'
import { type GoodsSeen, readReturn } from '../returned.ts'
import { deskDeeds } from './deeds.ts'

/** What staff decides of a case: whether the shop answers for a complaint, what came back, what is deducted for it and whether it meets an offer, and that a label is replaced. */
export function decisionPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  deskDeeds(server, deps, '/desk/cases/:id/do/assessment', async ({ view, params: { id } }) => {
    const complaint = await answered(readComplaint(view.clients, id!))
    if (cameTooLate(complaint)) return takingUp(view, complaint)
    const path = { params: { path: { id: complaint.orderId }, query: {} } }
    const entitlements = await createReading().of(
      'returns',
      view.clients.returns.GET('/orders/{id}/entitlements', path),
    )
    return judging(view, { complaint, entitlements })
  })
  deskDeeds(server, deps, '/desk/cases/:id/do/label', async ({ view, params: { id } }) =>
    labelAgain(view, id!, await answered(readLabel(view.clients, id!))),
  )
  deskDeeds(server, deps, '/desk/cases/:id/do/condition', async ({ view, params: { id } }) => {
    const found = await answered(readVoluntaryReturn(view.clients, id!))
    return checking(view, { found, order: await orderOf(view, found.orderId) })
  })
  for (const [step, deed] of [
    ['inspection', inspecting],
    ['deduction', judgingGoods],
    ['collection', collecting],
  ] as const)
    deskDeeds(server, deps, `/desk/cases/:id/do/${step}`, async ({ view, params: { id } }) =>
      deed(view, await readGoods(view, id!)),
    )
}

/** A return; and its order, which a form can do without. */
async function readGoods(view: View, id: string): Promise<GoodsSeen> {
  const found = await answered(readReturn(view.clients, id))
  return { found, order: await orderOf(view, found.orderId) }
}

const orderOf = ({ clients }: View, id: string) => createReading().of('orders', readOrder(clients, id))
