import { createHash } from 'node:crypto'
import { lazily } from '@vilkar/server/lazily.ts'
import { httpError } from '@vilkar/server/problems.ts'
import { alsoReadsAs } from './also-reads-as.ts'

/** The most bytes of one picture as it comes: 10 MiB. */
export const MAX_PHOTO_BYTES = 10 * 1024 * 1024
/** The most pixels that are decoded: what phones make has fewer, and what has more is made to fill a memory. */
export const MAX_PIXELS = 50_000_000
/** The longer side of what is kept, in pixels. */
const MAX_SIDE = 2_560
const QUALITY = 82
const DECODED_WITHIN_SECONDS = 10
/** Pictures that are decoded at the same time, and how many may wait for it: each holds its bytes. */
const AT_ONCE = 2
const MAX_WAITING = 20

/** A picture as it is kept: a JPEG, its size in pixels, and the hash by which it is named. */
export type Picture = { bytes: Buffer; sha256: string; width: number; height: number }

/** Loaded with the first picture: few processes see one soon. */
const decoder = lazily(async () => {
  const [{ default: sharp }, { default: pLimit }] = await Promise.all([import('sharp'), import('p-limit')])
  // By what they consist of, and by nothing else, these three are read; every other reader is closed, that of SVG too.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.cache(false)
  return { sharp, limit: pLimit(AT_ONCE) }
})

/**
 * Makes a picture of our own of bytes of anybody's: JPEG, PNG or WebP by their content, decoded and written anew as a JPEG of at most
 * 2,560 pixels a side, upright, in sRGB and without place, camera or any other metadata. Throws a problem for anything else:
 * 413 `body-too-large`, 415 `photo-type-unsupported`, 400 `photo-unreadable`, 503 `busy`.
 */
export async function readPicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length > MAX_PHOTO_BYTES)
    throw httpError(413, 'body-too-large', `A picture may have ${MAX_PHOTO_BYTES / 1024} KiB at most.`)
  if (bytes.length === 0) throw typeUnsupported()
  const { sharp, limit } = await decoder()
  if (limit.pendingCount >= MAX_WAITING)
    throw httpError(503, 'busy', 'Too many pictures came at once. Nothing was kept; try again in a moment.')
  return limit(async () => {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS })
    const { width, height } = await image.metadata().catch((error: Error) => {
      throw /pixel limit/.test(error.message) ? tooManyPixels() : typeUnsupported()
    })
    if (width * height > MAX_PIXELS) throw tooManyPixels()
    const other = alsoReadsAs(bytes)
    if (other) throw unreadable(`The picture would be read as ${other} by other programs. Save it anew as a picture.`)
    const written = await image
      .autoOrient()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .timeout({ seconds: DECODED_WITHIN_SECONDS })
      .toBuffer({ resolveWithObject: true })
      .catch(() => {
        throw unreadable('The picture is not whole, or damaged: it cannot be shown.')
      })
    const sha256 = createHash('sha256').update(written.data).digest('hex')
    return { bytes: written.data, sha256, width: written.info.width, height: written.info.height }
  })
}

const unreadable = (detail: string) => httpError(400, 'photo-unreadable', detail)
const tooManyPixels = () =>
  unreadable(`The picture has more than ${MAX_PIXELS / 1_000_000} million pixels. Make it smaller and send it again.`)
const typeUnsupported = () =>
  httpError(
    415,
    'photo-type-unsupported',
    'What was sent is no JPEG, PNG or WebP picture, whatever its name says. Send it as one of these.',
  )
