import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sha256 } from '@vilkar/contracts/parts.ts'
import type { Caller, Scope } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { linkUnknown, type SignedLinks } from '@vilkar/server/signed-links.ts'
import { type Static, Type } from 'typebox'
import { fileOf, keepPhoto, MAX_PHOTOS_PER_CASE, type PhotoDeps, photoUnknown } from './keep-photo.ts'
import { MAX_PHOTO_BYTES } from './picture.ts'
import { findPhoto, findPhotoById, letGo, type PhotoCase, type PhotoRow, photosOfCase } from './rows.ts'
import { photosOf } from './tables.ts'

const PURPOSE = 'photo'
const LINK_HOURS = 1
const JPEG = 'image/jpeg'
/** What a picture is never changed under: its hash names it. */
const HEADERS = { 'cache-control': 'private, max-age=3600, immutable', 'content-disposition': 'inline' }

const PhotoView = Type.Object(
  {
    sha256: Type.String({ ...Sha256, description: 'Of the picture as it is kept: names it within its case.' }),
    ...{ width: Type.Integer(), height: Type.Integer(), bytes: Type.Integer() },
    addedAt: Instant,
    url: Type.Optional(
      Type.String({ description: `Shows it to whoever has this address, for ${LINK_HOURS} hour, such as in <img>.` }),
    ),
  },
  { title: 'Photo' },
)
const strict = { additionalProperties: false }
const Params = Type.Object({ id: Id }, strict)
const OneParams = Type.Object({ id: Id, sha256: Sha256 }, strict)
const Bytes = {
  description: 'The picture.',
  content: { [JPEG]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

/** How a service has pictures of its cases; `links` and `publicUrl` are left out where none are signed. */
export type PhotoRoutes = {
  /** The path of a case, such as `/returns/:id`. */
  path: string
  /** What the names of the operations end in, such as `PhotoOfCase`, and what it is a picture of. */
  operation: string
  about: string
  tag: string
  access: { read: Scope; write: Scope }
  /** Throws a 404 problem for a case that there is not, or not for this caller. */
  find: (caller: Caller, id: string) => Promise<PhotoCase>
}
export type PhotoRouteDeps = PhotoDeps & { links?: SignedLinks; publicUrl: () => string | undefined }

/** The doors of the pictures of one kind of case: add, list, show, and have them go. */
export function photoRoutes(server: Server, deps: PhotoRouteDeps, routes: PhotoRoutes) {
  addRoute(server, deps, routes)
  readRoutes(server, deps, routes)
  removeRoutes(server, deps, routes)
}

function addRoute(server: Server, deps: PhotoRouteDeps, { path, operation, about, tag, access, find }: PhotoRoutes) {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post<{ Params: Static<typeof Params> }>(
      `${path}/photos`,
      {
        bodyLimit: MAX_PHOTO_BYTES,
        config: { access: access.write },
        schema: {
          operationId: `add${operation}`,
          summary: `Add a picture of ${about}`,
          description: `The body is the file itself, as fetch sends it with \`body: file\`: a JPEG, PNG or WebP picture of at most ${MAX_PHOTO_BYTES / 1024 / 1024} MiB. What it is is read from its content, whatever name and content-type say. It is kept as a JPEG without the place, the camera and all else that was written into it. At most ${MAX_PHOTOS_PER_CASE} of a case; the same picture again is the one that there is: 200.`,
          tags: [tag],
          params: Params,
          body: { content: { [JPEG]: { schema: {} }, 'image/png': { schema: {} }, 'image/webp': { schema: {} } } },
          response: { 200: PhotoView, 201: PhotoView, ...problems(400, 401, 403, 404, 409, 413, 415, 503) },
        },
      },
      async ({ params: { id }, body, caller }, reply) => {
        const found = await find(caller, id)
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        const { photo, isNew } = await keepPhoto(deps, found, { bytes, addedBy: caller.subject })
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
        querystring: Type.Object({ link: Type.String({ minLength: 1, maxLength: 1_000 }) }, strict),
        response: { 200: Bytes, ...problems(400, 404, 503) },
      },
    },
    async ({ query: { link } }, reply) => {
      if (deps.links === undefined) throw linkUnknown()
      const { subject } = await deps.links.read(link, PURPOSE)
      const photo = (await findPhotoById(photosOf(deps.db), subject)) ?? unknown()
      return reply
        .headers(HEADERS)
        .type(JPEG)
        .send(await bytesOf(deps, photo))
    },
  )
}

const unknown = (): never => {
  throw photoUnknown()
}

const bytesOf = ({ store }: PhotoDeps, { id }: PhotoRow) => {
  if (store === undefined) throw httpError(503, 'photos-not-kept', 'This shop keeps no pictures any more.')
  return store.get(fileOf(id))
}

async function viewOf(deps: PhotoRouteDeps, row: PhotoRow): Promise<Static<typeof PhotoView>> {
  const { id, sha256, width, height, bytes, added_at } = row
  const url = await addressOf(deps, id)
  const addedAt = Temporal.Instant.from(added_at).toString()
  return { sha256: sha256!, width, height, bytes, addedAt, ...(url && { url }) }
}

async function addressOf({ links, publicUrl, clock }: PhotoRouteDeps, subject: string) {
  const origin = publicUrl()
  if (links === undefined || origin === undefined) return undefined
  const expiresAt = clock.now().add({ hours: LINK_HOURS }).toString()
  return `${origin}/photos?link=${await links.sign({ purpose: PURPOSE, subject, expiresAt })}`
}
