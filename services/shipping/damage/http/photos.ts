import { linkedPhotoRoute } from '@vilkar/photos/linked-routes.ts'
import { photoRoutes } from '@vilkar/photos/routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import type { Deps } from '../../deps.ts'
import { photoDepsOf } from '../../shipment/tell-pictures.ts'
import { readReport } from '../store.ts'
import { reportUnknown } from './unknown.ts'

/** Pictures of what was damaged on its way: for staff and the warehouse, and for the customer by the address that each is listed with. */
export function photos(server: Server, deps: Deps) {
  const kept = photoDepsOf(deps)
  photoRoutes(server, kept, {
    ...{ path: '/damage-reports/:id', operation: 'DamagePhoto', tag: 'damage', about: 'damaged goods' },
    access: { read: 'shipments:read', write: 'shipments:write' },
    async find(_caller, id) {
      const found = (await readReport(deps.db, id)) ?? reportUnknown()
      return { caseId: id, orderId: found.order_id }
    },
  })
  linkedPhotoRoute(server, kept)
}
