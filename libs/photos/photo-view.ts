import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sha256 } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError } from '@vilkar/server/problems.ts'
import type { SignedLinks } from '@vilkar/server/signed-links.ts'
import { type Static, Type } from 'typebox'
import { fileOf, MAX_PHOTOS_PER_CASE, type PhotoDeps, photoUnknown } from './keep-photo.ts'
import { MAX_PHOTO_BYTES } from './picture.ts'
import type { PhotoRow } from './rows.ts'

/** The purpose of a link that shows one picture. */
export const PHOTO_LINK = 'photo'
const LINK_HOURS = 1
export const JPEG = 'image/jpeg'
/** What a picture is never changed under: its hash names it. */
export const HEADERS = { 'cache-control': 'private, max-age=3600, immutable', 'content-disposition': 'inline' }

/** What doors of pictures work with; `links` and `publicUrl` are left out where none are signed. */
export type PhotoRouteDeps = PhotoDeps & { links?: SignedLinks; publicUrl: () => string | undefined }

export const PhotoView = Type.Object(
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
export const strict = { additionalProperties: false }
export const Params = Type.Object({ id: Id }, strict)
export const OneParams = Type.Object({ id: Id, sha256: Sha256 }, strict)
export const Bytes = {
  description: 'The picture.',
  content: { [JPEG]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}
export const PhotoBody = {
  content: { [JPEG]: { schema: {} }, 'image/png': { schema: {} }, 'image/webp': { schema: {} } },
}
export const SENT_SO = `The body is the file itself, as fetch sends it with \`body: file\`: a JPEG, PNG or WebP picture of at most ${MAX_PHOTO_BYTES / 1024 / 1024} MiB. What it is is read from its content, whatever name and content-type say. It is kept as a JPEG without the place, the camera and all else that was written into it. At most ${MAX_PHOTOS_PER_CASE} of a case; the same picture again is the one that there is: 200.`

/** Has the routes of a scope take whatever is sent as bytes. */
export function asBytes(scope: Pick<Server, 'removeAllContentTypeParsers' | 'addContentTypeParser'>) {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
/** What was sent, in such a scope. */
export const bytesIn = (body: unknown) => (Buffer.isBuffer(body) ? body : Buffer.alloc(0))

export const unknown = (): never => {
  throw photoUnknown()
}

export const bytesOf = ({ store }: PhotoDeps, { id }: PhotoRow) => {
  if (store === undefined) throw httpError(503, 'photos-not-kept', 'This shop keeps no pictures any more.')
  return store.get(fileOf(id))
}

/** A picture as it is listed. */
export async function viewOf(deps: PhotoRouteDeps, row: PhotoRow): Promise<Static<typeof PhotoView>> {
  const { id, sha256, width, height, bytes, added_at } = row
  const url = await addressOf(deps, id)
  const addedAt = Temporal.Instant.from(added_at).toString()
  return { sha256: sha256!, width, height, bytes, addedAt, ...(url && { url }) }
}

async function addressOf({ links, publicUrl, clock }: PhotoRouteDeps, subject: string) {
  const origin = publicUrl()
  if (links === undefined || origin === undefined) return undefined
  const expiresAt = clock.now().add({ hours: LINK_HOURS }).toString()
  return `${origin}/photos?link=${await links.sign({ purpose: PHOTO_LINK, subject, expiresAt })}`
}
