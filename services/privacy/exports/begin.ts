import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { isOfTheShop, SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'
import { holdingsOf } from '../subjects/store.ts'
import { holders } from './holders.ts'
import { dropParts, endErased, insertExport, lockExport, type Part, wantParts } from './store.ts'
import type { ExportKind, Language } from './tables.ts'

/** Our own services are asked at once, a system of others when it next looks. */
const answerByOf = (system: string, at: Temporal.Instant) =>
  at.add({ hours: isOfTheShop(system) ? 1 : 7 * 24 }).toString()

type Asked = { id: string; controller: PolicyId; kind: ExportKind; keys: readonly string[]; language: Language }

/** What has to be asked for of a person, and of whom: every record that is held of them. */
export async function partsToAsk(
  trx: Transaction<Database>,
  { controller, keys }: Pick<Asked, 'controller' | 'keys'>,
  at: Temporal.Instant,
): Promise<Part[]> {
  const held = await holdingsOf(trx, controller, [...keys])
  const withCases = new Set(held.filter(({ system }) => system === SHOP_CASES).map(({ record }) => record))
  return held.flatMap(({ system, record }) =>
    holdersOf(system, withCases.has(record)).map((holder) => ({
      ...{ system, holder, record, answer_by: answerByOf(system, at) },
    })),
  )
}

/** Returns is asked once for each order: for its cases, where it has any. */
function holdersOf(system: string, withCases: boolean): readonly string[] {
  if (system === SHOP_CASES) return ['returns']
  if (system !== SHOP) return [system]
  return withCases ? holders.filter((holder) => holder !== 'returns') : holders
}

/** Has an export made for a request, once: asked for again while it is made or good, it is the same. Source: GDPR Art. 15(3), 20(1). */
export async function beginExport(trx: Transaction<Database>, asked: Asked, at: Temporal.Instant) {
  const { id, controller, kind, keys, language } = asked
  const isNew = await insertExport(trx, {
    ...{ id, controller, kind, subjects: [...keys], language, status: 'collecting' },
    ...{ begun_at: at.toString(), ready_at: null, until: null, archive: null, due_at: at.toString() },
  })
  const row = (await lockExport(trx, id))!
  if (!isNew) return row
  await dropParts(trx, id)
  await wantParts(trx, id, await partsToAsk(trx, asked, at))
  return row
}

/** Has one that an erasure ended made anew, of what is held still. */
export async function beginAnew(trx: Transaction<Database>, asked: Asked, at: Temporal.Instant) {
  await endErased(trx, asked.id)
  return beginExport(trx, asked, at)
}
