import { DatabaseSync } from 'node:sqlite'
import { shipmentOf, type Told } from './to-send.ts'

/** How far a shipment has come here. `person`: the rest of it is left to somebody; `elsewhere`: another sent it. */
type Step = 'accepted' | 'packed' | 'sent' | 'person' | 'elsewhere'
export type Parcel = { lines: { lineId: string; quantity: number }[]; trackingNumber?: string }
/** What is to be done about one shipment. `restocked`: what was missing of it has come. */
export type Task = { shipmentId: string; step?: Step; restocked: boolean; parcel?: Parcel }

const BUSY_MS = 5_000
/** Whoever works on a shipment has it for so long; should it die, another goes on after that. */
const CLAIM_MS = 10_000

const TABLES = `
  pragma journal_mode = wal;
  pragma busy_timeout = ${BUSY_MS};
  create table if not exists feed (cursor integer not null) strict;
  create table if not exists heard (
    shipment_id text not null, version integer not null, event text not null, primary key (shipment_id, version)
  ) strict;
  create table if not exists task (
    shipment_id text primary key, step text, restocked integer not null default 0,
    lines text, tracking_number text, due_at integer, claimed_until integer not null default 0
  ) strict;
  create index if not exists task_due on task (due_at) where due_at is not null;`

type Row = {
  shipment_id: string
  step: Step | null
  restocked: number
  lines: string | null
  tracking_number: string | null
}

/**
 * What a warehouse knows and did, in a SQLite file that several processes may share. An event is kept once and in the transaction
 * of what follows from it, so that it may come twice, late and after a kill. `nowMs`: the machine's time, by which it works.
 */
export function openBooks(file: string, nowMs: () => number) {
  const db = new DatabaseSync(file)
  db.exec(TABLES)
  const ask = statementsOf(db)

  return {
    /**
     * Keeps what is new of these events; each shipment of which there is news is looked at, and once a recall is over all that wait.
     * `cursor`: where the feed goes on.
     */
    hear: (events: readonly Told[], cursor?: number) =>
      together(db, () => {
        for (const event of events) {
          if (event.type === 'RecallEnded') ask.lookAtAll.run(nowMs())
          const shipmentId = shipmentOf(event)
          if (shipmentId === undefined) continue
          const { changes } = ask.keep.run(shipmentId, event.aggregateversion, JSON.stringify(event))
          if (changes > 0) ask.beginTask.run(shipmentId, nowMs())
        }
        if (cursor === undefined) return
        ask.forgetCursor.run()
        ask.setCursor.run(cursor)
      }),
    cursor: () => Number(ask.readCursor.get()?.cursor ?? 0),
    heardOf: (shipmentId: string) => ask.heardOf.all(shipmentId).map(({ event }) => JSON.parse(String(event)) as Told),
    /** A shipment to work on that nobody else works on; undefined when none is due. */
    claim(): Task | undefined {
      return together(db, () => {
        // Whoever had these died over them.
        ask.overdue.run(nowMs())
        const row = ask.claim.get(nowMs())
        return row && taskOf(row as Row)
      })
    },
    /** The work on it is over for now; it is looked at again after so long, or only when there is news of it. */
    release: (shipmentId: string, inMs?: number) => {
      ask.release.run(shipmentId, inMs === undefined ? null : nowMs() + inMs)
    },
    note: (shipmentId: string, step: Step) => void ask.note.run(shipmentId, step),
    /** Puts goods into a parcel, unless there is one already. */
    pack: (shipmentId: string, lines: Parcel['lines']) =>
      void ask.pack.run(shipmentId, JSON.stringify(lines.map(({ lineId, quantity }) => ({ lineId, quantity })))),
    /** Takes all of it out again. */
    unpack: (shipmentId: string, step: Step | null) => void ask.unpack.run(shipmentId, step),
    /** The number of its parcel: the first that was booked, whoever booked it. */
    label(shipmentId: string, trackingNumber: string) {
      ask.label.run(shipmentId, trackingNumber)
      return String(ask.read.get(shipmentId)!.tracking_number)
    },
    /** Nothing is due, now or later, and nobody works on anything. */
    isIdle: () => ask.idle.get()!.busy === 0,
    restock: (shipmentId: string) => void ask.restock.run(shipmentId),
    tasks: () => ask.all.all().map((row) => taskOf(row as Row)),
    close: () => db.close(),
  }
}
export type Books = ReturnType<typeof openBooks>

/** In one transaction, beside which nobody writes. */
function together<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate')
  try {
    const done = work()
    db.exec('commit')
    return done
  } catch (error) {
    db.exec('rollback')
    throw error
  }
}

const statementsOf = (db: DatabaseSync) => ({
  keep: db.prepare('insert into heard values (?, ?, ?) on conflict do nothing'),
  beginTask: db.prepare(
    `insert into task (shipment_id, due_at) values (?1, ?2)
     on conflict do update set due_at = min(coalesce(due_at, ?2), ?2)`,
  ),
  lookAtAll: db.prepare(
    `update task set due_at = min(coalesce(due_at, ?1), ?1) where step is null or step in ('accepted', 'packed')`,
  ),
  heardOf: db.prepare('select event from heard where shipment_id = ? order by version'),
  claim: db.prepare(
    `update task set claimed_until = ?1 + ${CLAIM_MS}, due_at = null
     where shipment_id = (select shipment_id from task where due_at <= ?1 and claimed_until <= ?1 order by due_at limit 1)
     returning shipment_id, step, restocked, lines, tracking_number`,
  ),
  overdue: db.prepare(
    'update task set due_at = ?1, claimed_until = 0 where due_at is null and claimed_until between 1 and ?1',
  ),
  release: db.prepare(
    `update task set claimed_until = 0, due_at = min(coalesce(due_at, ?2), coalesce(?2, due_at)) where shipment_id = ?1`,
  ),
  note: db.prepare('update task set step = ?2 where shipment_id = ?1'),
  pack: db.prepare('update task set lines = ?2 where shipment_id = ?1 and lines is null'),
  unpack: db.prepare('update task set lines = null, tracking_number = null, step = ?2 where shipment_id = ?1'),
  label: db.prepare('update task set tracking_number = ?2 where shipment_id = ?1 and tracking_number is null'),
  restock: db.prepare('update task set restocked = 1 where shipment_id = ?'),
  read: db.prepare('select shipment_id, step, restocked, lines, tracking_number from task where shipment_id = ?'),
  all: db.prepare('select shipment_id, step, restocked, lines, tracking_number from task order by shipment_id'),
  idle: db.prepare('select count(*) as busy from task where due_at is not null or claimed_until > 0'),
  readCursor: db.prepare('select cursor from feed'),
  setCursor: db.prepare('insert into feed values (?)'),
  forgetCursor: db.prepare('delete from feed'),
})

const taskOf = ({ shipment_id, step, restocked, lines, tracking_number }: Row): Task => ({
  shipmentId: shipment_id,
  ...(step && { step }),
  restocked: restocked === 1,
  ...(lines && { parcel: { lines: JSON.parse(lines), ...(tracking_number && { trackingNumber: tracking_number }) } }),
})
