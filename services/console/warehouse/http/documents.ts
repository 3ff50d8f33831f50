import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'

type Of = { Params: { id: string } }
const config = { access: 'shipments:write' as const }

/** The packing slip and the label of a parcel, as shipping writes them (PDF), read with the token of whoever prints them. */
export function documents(server: FastifyInstance) {
  server.get<Of>('/warehouse/shipments/:id/packing-slip', { config }, async ({ view, params: { id } }, reply) => {
    const asked = { params: { path: { id } }, parseAs: 'arrayBuffer' as const }
    return pdf(reply, await answered(view.clients.shipping.GET('/shipments/{id}/packing-slip', asked)))
  })
  server.get<Of>('/warehouse/shipments/:id/label', { config }, async ({ view, params: { id } }, reply) => {
    const asked = { params: { path: { id } }, parseAs: 'arrayBuffer' as const }
    return pdf(reply, await answered(view.clients.shipping.GET('/shipments/{id}/label', asked)))
  })
}

const pdf = (reply: FastifyReply, bytes: ArrayBuffer) => reply.type('application/pdf').send(Buffer.from(bytes))
