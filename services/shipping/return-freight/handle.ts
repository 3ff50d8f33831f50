import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database } from '../database.ts'
import { decider, type unknown } from './decider.ts'
import type { ReturnParcel, ReturnParcelCommand, ReturnParcelEvent } from './state.ts'
import { lockReturnParcel, saveReturnParcel } from './store.ts'

/** The only way a parcel that goes back changes. Nothing personal is kept of it: where it comes from stands with its order. */
export const handle = createCommandHandler<
  Database,
  ReturnParcel | typeof unknown,
  ReturnParcel,
  ReturnParcelCommand,
  ReturnParcelEvent,
  object
>({
  service: 'shipping',
  decider,
  idOf: ({ data }) => data.parcelId,
  load: lockReturnParcel,
  personalAfter: () => ({}),
  save: saveReturnParcel,
})
