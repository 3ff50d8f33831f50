import { linkedPhotoRoute } from '@vilkar/photos/linked-routes.ts'
import { photoRoutes } from '@vilkar/photos/routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import type { Deps } from '../../deps.ts'
import { readReport } from '../store.ts'
import { reportUnknown } from './unknown.ts'

/** Pictures of what was damaged on its way: for staff and the warehouse, and for the customer by the address that each is listed with. */
export function photos(server: Server, { db, clock, photoStore: store, links, publicUrl }: Deps) {
  const deps = { db, clock, store, links, publicUrl: () => publicUrl }
  photoRoutes(server, deps, {
    ...{ path: '/damage-reports/:id', operation: 'DamagePhoto', tag: 'damage', about: 'damaged goods' },
    access: { read: 'shipments:read', write: 'shipments:write' },
    async find(_caller, id) {
      const found = (await readReport(db, id)) ?? reportUnknown()
      return { caseId: id, orderId: found.order_id }
    },
  })
  linkedPhotoRoute(server, deps)
}
