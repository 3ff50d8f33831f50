import type { Kept } from '@vilkar/contracts/privacy.ts'
import { type Answer, carryOut, type Holder } from '@vilkar/personal-data/carry-out.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { holding, idsOf } from './holding.ts'
import { underWay } from './under-way.ts'

const holder: Holder<Database> = { holding, underWay, idsOf }

/** Erases what is held of these orders, those with something under way excepted. */
export const eraseOrders = (
  trx: Transaction<Database>,
  { clock }: Pick<Deps, 'clock'>,
  erasure: { erasureId: string; orderIds: string[]; keeps: Kept[] },
): Promise<Answer> => carryOut(trx, holder, erasure, clock.now().toString())
