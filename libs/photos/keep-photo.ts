import type { Clock } from '@vilkar/server/clock.ts'
import { httpError } from '@vilkar/server/problems.ts'
import type { Transaction } from 'kysely'
import { readPicture } from './picture.ts'
import { claimPhoto, findPhotoById, markStored, type PhotoCase, type PhotoRow } from './rows.ts'
import type { PhotoStore } from './store.ts'
import { type PhotoTables, photosOf } from './tables.ts'

/** The most pictures of one case. */
export const MAX_PHOTOS_PER_CASE = 10

/**
 * What pictures are kept with; `store` is left out where a shop keeps none. `onAdd` is called in the transaction that notes a picture, before
 * it does.
 */
export type PhotoDeps = {
  db: unknown
  clock: Clock
  store: PhotoStore | undefined
  onAdd?: (trx: Transaction<PhotoTables>, about: PhotoCase) => Promise<unknown>
}

/** The file of a picture, by the id of its row: what is sent again after it was given up is another. */
export const fileOf = (id: string) => `${id.slice(-2)}/${id}.jpg`

/**
 * Keeps a picture of a case: its row first, then its file, and only then is it shown. The same picture again is the one that there is
 * (`isNew` false). Throws the problems of `readPicture`, 409 `photo-limit-reached` and 503 `photos-not-kept`; nothing is kept then.
 */
export async function keepPhoto(
  { db: all, clock, store, onAdd }: PhotoDeps,
  about: PhotoCase,
  { bytes, addedBy }: { bytes: Buffer; addedBy: string },
): Promise<{ photo: PhotoRow; isNew: boolean }> {
  if (store === undefined) throw httpError(503, 'photos-not-kept', 'This shop keeps no pictures.')
  const db = photosOf(all)
  const picture = await readPicture(bytes)
  const at = clock.now().toString()
  const claimed = await db.transaction().execute(async (trx) => {
    await onAdd?.(trx, about)
    return claimPhoto(trx, about, picture, { at, most: MAX_PHOTOS_PER_CASE, addedBy })
  })
  if (claimed === undefined)
    throw httpError(409, 'photo-limit-reached', `There are ${MAX_PHOTOS_PER_CASE} pictures of it, as many as may be.`)
  if (!claimed.isStored) {
    await store.put(fileOf(claimed.id), picture.bytes).catch((error: Error) => {
      throw Object.assign(notNow(), { cause: error })
    })
    if (!(await markStored(db, claimed.id, clock.now().toString()))) throw notNow()
  }
  return { photo: (await findPhotoById(db, claimed.id)) ?? gone(), isNew: !claimed.isStored }
}

const notNow = () =>
  httpError(503, 'photos-not-kept', 'The picture could not be kept just now. Nothing was kept; try again in a moment.')
const gone = (): never => {
  throw photoUnknown()
}
export const photoUnknown = () => httpError(404, 'photo-unknown', 'There is no such picture.')
