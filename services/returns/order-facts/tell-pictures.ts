import type { PhotoDeps } from '@vilkar/photos/keep-photo.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { tellWriting } from './tell-writing.ts'

/** What pictures of this service are kept with: one of an order that was erased is told of. */
export const photoDepsOf = ({ db, clock, photoStore: store, links, settings }: Deps) => ({
  ...{ db, clock, store, links, publicUrl: () => settings.publicUrl },
  onAdd: (async (trx, { orderId }) =>
    orderId !== undefined &&
    tellWriting(trx as never as Transaction<Database>, orderId, clock.now())) satisfies PhotoDeps['onAdd'],
})
