import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Counters } from './limits.ts'
import { httpError } from './problems.ts'
import { isIssuerSilent } from './token-verifier.ts'

/**
 * What a token may do (RFC 9068 `scope`). `staff` lifts the binding to one's own orders; it is for support agents,
 * the warehouse and the seller's own systems. `service` opens no door: it says that a program speaks for many people, such
 * as a storefront's server, and has the limit of requests that is meant for those.
 */
export type Scope =
  | 'orders:place'
  | 'orders:read'
  | 'orders:cancel'
  | 'products:write'
  | 'mail:events'
  | 'shipments:read'
  | 'shipments:write'
  | 'returns:read'
  | 'returns:write'
  | 'returns:approve'
  | 'accounts:read'
