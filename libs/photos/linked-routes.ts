import type { Server } from '@vilkar/server/http.ts'
import type { countAddressAt } from '@vilkar/server/limits.ts'
import { problems } from '@vilkar/server/problems.ts'
import { linkUnknown } from '@vilkar/server/signed-links.ts'
import { type Static, Type } from 'typebox'
import { keepPhoto } from './keep-photo.ts'
import {
  asBytes,
  Bytes,
  bytesIn,
  bytesOf,
  HEADERS,
  JPEG,
  OneParams,
  Params,
  PHOTO_LINK,
  PhotoBody,
  type PhotoRouteDeps,
  PhotoView,
  SENT_SO,
  strict,
  unknown,
  viewOf,
} from './photo-view.ts'
import { MAX_PHOTO_BYTES } from './picture.ts'
import { findPhoto, findPhotoById, type PhotoCase, photosOfCase } from './rows.ts'
import { BY_CUSTOMER, photosOf } from './tables.ts'

const querystring = Type.Object({ link: Type.String({ minLength: 1, maxLength: 1_000 }) }, strict)

/** `GET /photos?link=`: a picture for whoever has a signed link to it, once for all cases of a service. */
export function linkedPhotoRoute(server: Server, deps: PhotoRouteDeps) {
  server.get(
    '/photos',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'showLinkedPhoto',
        summary: 'Show a picture by its signed link',
        description: '`url` of a picture, as it is listed. Good for an hour.',
        tags: ['photos'],
        querystring,
        response: { 200: Bytes, ...problems(400, 404, 503) },
      },
    },
    async ({ query: { link } }, reply) => {
      if (deps.links === undefined) throw linkUnknown()
      const { subject } = await deps.links.read(link, PHOTO_LINK)
      const photo = (await findPhotoById(photosOf(deps.db), subject)) ?? unknown()
      return reply
        .headers(HEADERS)
        .type(JPEG)
        .send(await bytesOf(deps, photo))
    },
  )
}

/** How whoever has a signed link has pictures of the cases that it is about: adds, lists and sees them, and takes none away. */
export type PhotosByLink = {
  /** The path of a case, such as `/linked-order/cases/:id`. */
  path: string
  tag: string
  /** Counts who asks. */
  onRequest: ReturnType<typeof countAddressAt>
  /** Throws a 404 problem for a link that opens nothing, and for a case that is not what it is about. */
  find: (link: string, id: string) => Promise<PhotoCase>
}
const config = { access: 'public' as const }

/** The doors of the pictures of cases, by a link that stands in the query. */
export function photoRoutesByLink(server: Server, deps: PhotoRouteDeps, { path, tag, onRequest, find }: PhotosByLink) {
  const schema = { tags: [tag], querystring }
  server.register(async (scope) => {
    asBytes(scope)
    scope.post<{ Params: Static<typeof Params>; Querystring: Static<typeof querystring> }>(
      `${path}/photos`,
      {
        ...{ onRequest, config, bodyLimit: MAX_PHOTO_BYTES },
        schema: {
          ...{ ...schema, operationId: 'addLinkedPhoto', summary: 'Add a picture to a case of the order of a link' },
          ...{ description: SENT_SO, params: Params, body: PhotoBody },
          response: { 200: PhotoView, 201: PhotoView, ...problems(400, 404, 409, 413, 415, 503) },
        },
      },
      async ({ params: { id }, query: { link }, body }, reply) => {
        const about = await find(link, id)
        const { photo, isNew } = await keepPhoto(deps, about, { bytes: bytesIn(body), addedBy: BY_CUSTOMER })
        return reply.status(isNew ? 201 : 200).send(await viewOf(deps, photo))
      },
    )
  })
  server.get(
    `${path}/photos`,
    {
      ...{ onRequest, config },
      schema: {
        ...{ ...schema, operationId: 'listLinkedPhotos', summary: 'The pictures of a case of the order of a link' },
        params: Params,
        response: { 200: Type.Object({ items: Type.Array(PhotoView) }), ...problems(400, 404) },
      },
    },
    async ({ params: { id }, query: { link } }) => {
      const { caseId } = await find(link, id)
      const rows = await photosOfCase(photosOf(deps.db), caseId)
      return { items: await Promise.all(rows.map((row) => viewOf(deps, row))) }
    },
  )
  server.get(
    `${path}/photos/:sha256`,
    {
      ...{ onRequest, config },
      schema: {
        ...{
          ...schema,
          operationId: 'showPhotoByOrderLink',
          summary: 'Show a picture of a case of the order of a link',
        },
        params: OneParams,
        response: { 200: Bytes, ...problems(400, 404, 503) },
      },
    },
    async ({ params: { id, sha256 }, query: { link } }, reply) => {
      const { caseId } = await find(link, id)
      const photo = (await findPhoto(photosOf(deps.db), caseId, sha256)) ?? unknown()
      return reply
        .headers(HEADERS)
        .type(JPEG)
        .send(await bytesOf(deps, photo))
    },
  )
}
