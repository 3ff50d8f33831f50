import { Id } from '@vilkar/contracts/event.ts'
import { Sha256 } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { RawBuilder } from 'kysely'
import { Type } from 'typebox'
import { fileOf, type PhotoDeps } from './keep-photo.ts'
import { Bytes, HEADERS, JPEG, strict, unknown } from './photo-view.ts'
import { findPhotoAmong } from './rows.ts'
import { photosOf } from './tables.ts'

/** What pictures of persons are kept with, and which rows are about an order, as a condition of SQL. */
type Holder = Pick<PhotoDeps, 'db' | 'store'> & { among: (orderId: string) => Promise<RawBuilder<unknown>> }

/** `GET /personal-data/{orderId}/photos/{sha256}`: a picture of what is kept of the person of an order (GDPR Art. 15(3)). */
export function photoOfPersonRoute(server: Server, { db, store, among }: Holder) {
  server.get(
    '/personal-data/:orderId/photos/:sha256',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'collectPhoto',
        summary: 'Collect a picture of what is kept of the person of an order',
        description:
          'By the hash that stands at `photo.sha256` of what is kept of the order. 404: it is not of this order, or it is being erased. 410: its file is not there any more, or the shop keeps no pictures any more.',
        tags: ['personal data'],
        params: Type.Object({ orderId: Id, sha256: Sha256 }, strict),
        response: { 200: Bytes, ...problems(400, 401, 403, 404, 410) },
      },
    },
    async ({ params: { orderId, sha256 } }, reply) => {
      const { id } = (await findPhotoAmong(photosOf(db), await among(orderId), sha256)) ?? unknown()
      const bytes = (await store?.find(fileOf(id))) ?? fileGone()
      return reply.headers(HEADERS).type(JPEG).send(bytes)
    },
  )
}

const fileGone = (): never => {
  throw httpError(410, 'photo-file-gone', 'The picture is known, and its file is not there any more.')
}
