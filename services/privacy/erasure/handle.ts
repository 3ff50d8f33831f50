import type { ErasureDue } from '@vilkar/contracts/privacy.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { decider } from './decider.ts'
import type { AskedErasure, Erasure, ErasureCommand, ErasurePersonal } from './state.ts'
import { lockErasure, saveErasure } from './store.ts'

/** The only way holders are asked to erase: the row and its event commit together. Who asked, and in what words, is not told. */
export function askErasure(trx: Transaction<Database>, command: ErasureCommand) {
  const { by, why } = command.data
  const handle = createCommandHandler<Database, Erasure, AskedErasure, ErasureCommand, ErasureDue, ErasurePersonal>({
    service: 'privacy',
    decider,
    idOf: ({ data }) => data.erasureId,
    load: lockErasure,
    personalAfter: (before) => before ?? { ...(by && { by }), ...(why && { why }) },
    save: saveErasure,
  })
  return handle(trx, command)
}
