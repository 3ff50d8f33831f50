import multipart from '@fastify/multipart'
import { isProblemError } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { attempt } from '../pages/attempt.ts'
import { type Visit, visitorOf } from './customer-page.ts'
import { linkOf } from './linked.ts'

/** Pictures that one form may bear, and the most bytes of each: what the door of pictures takes. */
const MOST = 5
const MAX_BYTES = 10 * 1024 * 1024
/** Stands for a picture that was cut off, since it has more bytes than one may have. */
const TOO_LARGE = 'too-large'

/** Has forms with pictures be read: their fields as those of other forms, and each picture as its bytes. */
export const readPictures = (scope: FastifyInstance) =>
  scope.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: MAX_BYTES, files: MOST, fields: 150, fieldSize: 64 * 1024 },
    throwFileSizeLimit: false,
    async onFile(part) {
      const bytes = await part.toBuffer()
      Object.assign(part, { value: part.file.truncated ? TOO_LARGE : bytes })
    },
  })

/** The pictures of a form; a field in which none was chosen has none. */
export const photosIn = (body: unknown): (Buffer | typeof TOO_LARGE)[] =>
  [((body ?? {}) as Record<string, unknown>).photos ?? []]
    .flat()
    .filter((value) => value === TOO_LARGE || (Buffer.isBuffer(value) && value.length > 0)) as Buffer[]

/** Has pictures kept by `keep`, one after the other, and answers how many were not, for the address of the page that says so. */
export async function sendPhotos(keep: Keep, photos: ReturnType<typeof photosIn>): Promise<Record<string, string>> {
  let refused = 0
  for (const bytes of photos) {
    if (bytes === TOO_LARGE || !(await isKept(keep, bytes))) refused += 1
  }
  return refused > 0 ? { refused: String(refused) } : {}
}
type Keep = (bytes: Buffer) => Parameters<typeof attempt>[0]

/** Answers with a picture that a service gave, which a page may show since it comes from where the page does; as if there were none where it gave none. */
export function showPicture(reply: FastifyReply, { data, response }: { data?: unknown; response: Response }) {
  if (!response.ok || data === undefined) return reply.callNotFound()
  return reply
    .type('image/jpeg')
    .header('cache-control', 'private, max-age=3600, immutable')
    .send(Buffer.from(data as ArrayBuffer))
}

/** Adds a picture to a case. */
export const keepOfCase = (request: Visit, id: string) => (bytes: Buffer) =>
  request.view.clients.returns.POST('/linked-order/cases/{id}/photos', {
    params: { path: { id }, query: { link: linkOf(request) } },
    body: bytes as never,
    bodySerializer: () => bytes as never,
    headers: { ...visitorOf(request), 'content-type': 'application/octet-stream' },
  })

async function isKept(keep: Keep, bytes: Buffer) {
  try {
    return (await attempt(keep(bytes))).refused === undefined
  } catch (error) {
    // The case is there: that a picture could not be kept just now does not undo it.
    if (isProblemError(error)) return false
    throw error
  }
}
