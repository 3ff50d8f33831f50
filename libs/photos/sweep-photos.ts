import type { Log } from '@vilkar/server/log.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { fileOf, type PhotoDeps } from './keep-photo.ts'
import { giveUpUnstored, leaving, markGone } from './rows.ts'
import { photosOf } from './tables.ts'

/** Whoever writes a file for longer than this has died. */
const WRITTEN_WITHIN_MINUTES = 60
const LOOK_EVERY_MS = 60_000
const MAX_PER_LOOK = 50

/** Removes the files of pictures that go, for as long as this process runs. */
export const watchPhotos = (deps: PhotoDeps & { log: Log }) =>
  startWatcher({
    look: () => sweepPhotos(deps),
    log: deps.log,
    complaint: 'pictures could not be swept',
    everyMs: LOOK_EVERY_MS,
  })

/** One look: rows whose file never came are given up, and files that are to go are removed, each tried again until it is gone. */
export async function sweepPhotos({ db: all, clock, store, log }: PhotoDeps & { log: Pick<Log, 'warn'> }) {
  if (store === undefined) return
  const db = photosOf(all)
  const now = clock.now()
  await giveUpUnstored(db, now.subtract({ minutes: WRITTEN_WITHIN_MINUTES }).toString(), now.toString())
  for (const { id } of await leaving(db, MAX_PER_LOOK))
    try {
      await store.remove(fileOf(id))
      await markGone(db, id, now.toString())
    } catch (error) {
      log.warn({ err: error, photoId: id }, 'a picture could not be removed')
    }
}
