import type { Caller, Scope } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
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
  PhotoBody,
  type PhotoRouteDeps,
  PhotoView,
  SENT_SO,
  unknown,
  viewOf,
} from './photo-view.ts'
import { MAX_PHOTO_BYTES } from './picture.ts'
import { findPhoto, letGo, type PhotoCase, photosOfCase } from './rows.ts'
import { BY_CUSTOMER, photosOf } from './tables.ts'

/** How a service has pictures of its cases. */
export type PhotoRoutes = {
  /** The path of a case, such as `/returns/:id`. */
  path: string
  /** What the names of the operations end in, such as `PhotoOfCase`, and what it is a picture of. */
  operation: string
  about: string
  tag: string
  access: { read: Scope; write: Scope }
  /** Whether who is no staff is the customer whose case it is. */
  ofCustomers?: true
  /** Throws a 404 problem for a case that there is not, or not for this caller. */
  find: (caller: Caller, id: string) => Promise<PhotoCase>
}

/** The doors of the pictures of one kind of case: add, list, show, and have them go. */
export function photoRoutes(server: Server, deps: PhotoRouteDeps, routes: PhotoRoutes) {
  addRoute(server, deps, routes)
  readRoutes(server, deps, routes)
  removeRoutes(server, deps, routes)
}

function addRoute(server: Server, deps: PhotoRouteDeps, routes: PhotoRoutes) {
  const { path, operation, about, tag, access, find, ofCustomers } = routes
  server.register(async (scope) => {
    asBytes(scope)
    scope.post<{ Params: Static<typeof Params> }>(
      `${path}/photos`,
      {
        bodyLimit: MAX_PHOTO_BYTES,
        config: { access: access.write },
        schema: {
          operationId: `add${operation}`,
          summary: `Add a picture of ${about}`,
          description: SENT_SO,
          tags: [tag],
          params: Params,
          body: PhotoBody,
          response: { 200: PhotoView, 201: PhotoView, ...problems(400, 401, 403, 404, 409, 413, 415, 503) },
        },
      },
      async ({ params: { id }, body, caller }, reply) => {
        const found = await find(caller, id)
        const addedBy = ofCustomers && !caller.scopes.has('staff') ? BY_CUSTOMER : caller.subject
        const { photo, isNew } = await keepPhoto(deps, found, { bytes: bytesIn(body), addedBy })
        return reply.status(isNew ? 201 : 200).send(await viewOf(deps, photo))
      },
    )
  })
}

function readRoutes(server: Server, deps: PhotoRouteDeps, { path, operation, about, tag, access, find }: PhotoRoutes) {
  server.get(
    `${path}/photos`,
    {
      config: { access: access.read },
      schema: {
        operationId: `list${operation}s`,
        summary: `The pictures of ${about}`,
        tags: [tag],
        params: Params,
        response: { 200: Type.Object({ items: Type.Array(PhotoView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) => {
      const { caseId } = await find(caller, id)
      return {
        items: await Promise.all((await photosOfCase(photosOf(deps.db), caseId)).map((row) => viewOf(deps, row))),
      }
    },
  )
  server.get(
    `${path}/photos/:sha256`,
    {
      config: { access: access.read },
      schema: {
        operationId: `show${operation}`,
        summary: `Show a picture of ${about}`,
        tags: [tag],
        params: OneParams,
        response: { 200: Bytes, ...problems(400, 401, 403, 404, 503) },
      },
    },
    async ({ params: { id, sha256 }, caller }, reply) => {
      const { caseId } = await find(caller, id)
      const photo = (await findPhoto(photosOf(deps.db), caseId, sha256)) ?? unknown()
      return reply
        .headers(HEADERS)
        .type(JPEG)
        .send(await bytesOf(deps, photo))
    },
  )
}

function removeRoutes(
  server: Server,
  { db, clock }: PhotoRouteDeps,
  { path, operation, about, tag, find }: PhotoRoutes,
) {
  const schema = {
    tags: [tag],
    response: { 204: Type.Null({ description: 'Gone.' }), ...problems(400, 401, 403, 404) },
  }
  server.delete(
    `${path}/photos/:sha256`,
    {
      config: { access: 'staff' },
      schema: {
        ...{ ...schema, operationId: `remove${operation}`, params: OneParams },
        summary: `Have a picture of ${about} go`,
        description: 'It is shown to nobody from now on, and its file is removed within minutes.',
      },
    },
    async ({ params: { id, sha256 }, caller }, reply) => {
      const { caseId } = await find(caller, id)
      if ((await letGo(photosOf(db), caseId, clock.now().toString(), sha256)) === 0) unknown()
      return reply.status(204).send(null)
    },
  )
  server.delete(
    `${path}/photos`,
    {
      config: { access: 'staff' },
      schema: {
        ...{ ...schema, operationId: `remove${operation}s`, params: Params },
        summary: `Have all pictures of ${about} go`,
        description: 'As when the personal data of its customer are erased. Said twice it is said once.',
      },
    },
    async ({ params: { id }, caller }, reply) => {
      await letGo(photosOf(db), (await find(caller, id)).caseId, clock.now().toString())
      return reply.status(204).send(null)
    },
  )
}
