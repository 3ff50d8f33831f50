import type { FastifyInstance } from 'fastify'
import { documents } from './http/documents.ts'
import { inbound } from './http/inbound.ts'
import { shipmentList } from './http/list.ts'
import { pack } from './http/pack.ts'
import { shipment } from './http/shipment.ts'

/** The pages of the warehouse. */
export function warehousePages(server: FastifyInstance) {
  shipmentList(server)
  shipment(server)
  pack(server)
  documents(server)
  inbound(server)
}
