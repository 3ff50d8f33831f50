import { linkedPhotoRoute } from '@vilkar/photos/linked-routes.ts'
import { photoRoutes } from '@vilkar/photos/routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError } from '@vilkar/server/problems.ts'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { readOrder } from '../../order-facts/store.ts'
import { photoDepsOf } from '../../order-facts/tell-pictures.ts'
import { readCase } from '../list.ts'

/** Pictures of what is wrong with goods, or of how they went back: of every kind of case, for staff and for whose order it is. */
export function photos(server: Server, deps: Deps) {
  const kept = photoDepsOf(deps)
  photoRoutes(server, kept, {
    ...{ path: '/returns/:id', operation: 'CasePhoto', tag: 'cases' },
    about: 'a complaint, withdrawal or voluntary return',
    ofCustomers: true,
    access: { read: 'returns:read', write: 'returns:write' },
    async find(caller, id) {
      const found = await readCase(deps.db, id)
      if (found === undefined) throw httpError(404, 'case-unknown', 'There is no such case.')
      visibleTo(caller, await readOrder(deps.pool, found.order_id))
      return { caseId: id, orderId: found.order_id }
    },
  })
  linkedPhotoRoute(server, kept)
}
