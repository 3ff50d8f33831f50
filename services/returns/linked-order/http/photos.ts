import { photoRoutesByLink } from '@vilkar/photos/linked-routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import type { Deps } from '../../deps.ts'
import { photoDepsOf } from '../../order-facts/tell-pictures.ts'
import { caseOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

/** Pictures of the cases of the order of a link. */
export function photos(server: Server, deps: Deps, { onRequest }: ByLink) {
  photoRoutesByLink(server, photoDepsOf(deps), {
    ...{ path: '/linked-order/cases/:id', tag: tags[0]!, onRequest },
    async find(link, id) {
      const { order } = await caseOf(deps, link, id)
      return { caseId: id, orderId: order.facts.orderId }
    },
  })
}
