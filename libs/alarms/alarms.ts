import type { Log } from '@vilkar/server/log.ts'
import type { Kysely, Selectable } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type AlarmTables, alarmColumns } from './tables.ts'

type Db = Kysely<AlarmTables>
/** An alarm about something of the service itself. `detail` holds facts, never personal data and never credentials. */
export type ServiceAlarm = { kind: string; about: string; detail: object; at: string }

/** Calls for a person, unless somebody is called for the same already. A new alarm is logged as an error too. */
export async function raiseServiceAlarm(db: Db, { kind, about, detail, at }: ServiceAlarm, log: Pick<Log, 'error'>) {
  const raised = await db
    .insertInto('alarm')
    .values({ id: uuidv7(), order_id: null, about, kind, detail: JSON.stringify(detail), raised_at: at })
    .onConflict((conflict) =>
      conflict.columns(['about', 'kind']).where('resolved_at', 'is', null).where('about', 'is not', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (raised) log.error({ about, alarm: raised.id, kind, detail }, 'a person must look')
}

/** What alarms of these kinds are open about. */
export const openAlarms = async (db: Db, ...kinds: string[]) =>
  db
    .selectFrom('alarm')
    .select(['id', 'kind', 'about'])
    .where('kind', 'in', kinds)
    .where('about', 'is not', null)
    .where('resolved_at', 'is', null)
    .execute()

/** Ends these alarms, if they are still open, since their cause went away on its own. */
export async function resolveAlarms(db: Db, alarms: { id: string }[], resolution: string, at: string) {
  if (alarms.length === 0) return
  const ids = alarms.map(({ id }) => id)
  await db
    .updateTable('alarm')
    .set({ resolved_at: at, resolution })
    .where('id', 'in', ids)
    .where('resolved_at', 'is', null)
    .execute()
}

/** What an alarm is about that has not ended. */
export const readOpen = (db: Db, id: string) =>
  db
    .selectFrom('alarm')
    .select(['order_id', 'about'])
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()

/** Ends an alarm for a person, who says what was done. The alarm as it is then; one that had ended stays as it was. */
export async function resolveByPerson(
  db: Db,
  id: string,
  { by, done, at }: { by: string; done: string; at: string },
): Promise<Selectable<AlarmTables['alarm']> | undefined> {
  const resolved = await db
    .updateTable('alarm')
    .set({ resolved_at: at, resolved_by: by, resolution: done })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .returning(alarmColumns)
    .executeTakeFirst()
  return resolved ?? db.selectFrom('alarm').select(alarmColumns).where('id', '=', id).executeTakeFirst()
}

/**
 * Keeps who looks into an alarm and since when; who said so last is the one, and who says it again changes nothing. The alarm as it is then;
 * one that had ended stays as it was.
 */
export async function acknowledgeAlarm(
  db: Db,
  id: string,
  { by, at }: { by: string; at: string },
): Promise<Selectable<AlarmTables['alarm']> | undefined> {
  const taken = await db
    .updateTable('alarm')
    .set({ acknowledged_at: at, acknowledged_by: by })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .where('acknowledged_by', 'is distinct from', by)
    .returning(alarmColumns)
    .executeTakeFirst()
  return taken ?? db.selectFrom('alarm').select(alarmColumns).where('id', '=', id).executeTakeFirst()
}
