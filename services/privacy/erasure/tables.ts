import type { Json } from '@vilkar/server/postgres.ts'
import type { AskedErasure, ErasurePersonal } from './state.ts'

/** The table of what holders were asked to erase, as a type. */
export type ErasureTables = {
  erasure: {
    id: string
    controller: string
    version: number
    state: Json<AskedErasure>
    personal: Json<ErasurePersonal>
    asked_at: string
    answer_by: string
  }
}
