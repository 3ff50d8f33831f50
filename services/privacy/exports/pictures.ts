import { because } from '@vilkar/terms/privacy/policy.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import type { Datum, Holder, Holders } from './holders.ts'
import { PHOTO_PLACE } from './holders.ts'
import type { ExportKind } from './tables.ts'
import { whyWithheld } from './withheld.ts'

/** The most that an export collects, sealed: pictures beyond it are not in its archive, and are named in it. */
export const MOST_COLLECTED_BYTES = 48 * 1024 * 1024

/** Why a picture is not in an archive. */
export type WhyLacking = 'being-erased' | 'file-gone' | 'too-large'
/** Pictures of a part, by their hash: the bytes as base64, or why there are none. */
export type Pictures = Record<string, { jpeg: string } | { lacking: WhyLacking }>

/** Nothing else is taken for the name of a file. */
const SHA256 = /^[0-9a-f]{64}$/

/** The file of an archive that a datum names; undefined of one that names none. */
export const fileOf = ({ place, value }: Pick<Datum, 'place' | 'value'>) =>
  place === PHOTO_PLACE && typeof value === 'string' && SHA256.test(value) ? `photos/${value}.jpg` : undefined

/** Fetches the pictures that a holder named, while there is room for them; undefined when it did not answer for one of them. */
export async function fetchPictures(
  holders: Pick<Holders, 'picture'>,
  { holder, record, items, kind, room }: Wanted,
): Promise<Pictures | undefined> {
  const named = items.filter((item) => fileOf(item) !== undefined && whyWithheld(kind, item) === undefined)
  const pictures: Pictures = {}
  let left = room
  for (const sha256 of new Set(named.map(({ value }) => value as string))) {
    const answer = left <= 0 ? ({ gone: 'too-large' } as const) : await holders.picture(holder, record, sha256)
    if ('silent' in answer) return undefined
    const jpeg = 'bytes' in answer ? answer.bytes.toString('base64') : undefined
    if (jpeg === undefined || jpeg.length > left)
      pictures[sha256] = { lacking: 'gone' in answer ? answer.gone : 'too-large' }
    else {
      pictures[sha256] = { jpeg }
      left -= jpeg.length
    }
  }
  return pictures
}
type Wanted = { holder: Holder; record: string; items: readonly Datum[]; kind: ExportKind; room: number }

/** Why a picture that was named is not there; undefined of one that follows, since there was no room for it. */
export const whyGone = (lacking: WhyLacking): Reason | undefined =>
  lacking === 'too-large'
    ? undefined
    : lacking === 'being-erased'
      ? because('photo-is-being-erased', gdpr('Art. 17(1)'))
      : because('photo-file-is-gone', gdpr('Art. 15(3)'))
