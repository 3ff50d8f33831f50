import type { Fact, ServiceName } from '@vilkar/contracts/event.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { ColumnType, Generated, Transaction } from 'kysely'
import { type Decider, fold, type Refusal } from './decider.ts'

/** The table of `migrations/001-refusal.sql`. */
export type RefusalTables = {
  refusal: {
    id: Generated<number>
    aggregate_id: string
    command: string
    code: string
    detail: string
    reasons: ColumnType<Reason[], string, string>
    refused_at: string
  }
}
export type HandTables = MessagingTables & RefusalTables

/** A thing of the business as it is stored: facts and personal data apart, `version` counting its events. */
export type Stored<State, Personal> = { id: string; version: number; state: State; personal: Personal }

/** What came of a command. `stored` is the thing after it, if there is one. */
export type Handled<Kept, Event> = { stored?: Kept; events: Event[]; refusal?: Refusal }

type Timed = { type: string; data: { at: string } }

/**
 * Makes the hand of a decider: load, decide, save, tell. It is the only way a thing changes. Its row, its events and the
 * errands that `save` adds commit together or not at all; a refusal is recorded and returned, never thrown.
 */
export function createHand<
  Tables extends HandTables,
  State,
  Existing extends State,
  Command extends Timed,
  Event extends Fact,
  Personal,
  Context = void,
>(hand: {
  service: ServiceName
  decider: Decider<State, Command, Event>
  idOf: (command: Command) => string
  /** What a refusal is filed under, when that is not the thing itself: one that was refused never comes to be. */
  refusedUnder?: (command: Command) => string
  /** The row, locked until the transaction ends. */
  load: (trx: Transaction<Tables>, id: string) => Promise<Stored<Existing, Personal> | undefined>
  personalAfter: (before: Personal | undefined, events: Event[]) => Personal
  save: (
    trx: Transaction<Tables>,
    after: Stored<Existing, Personal>,
    events: Event[],
    at: string,
    context: Context,
  ) => Promise<void>
}) {
  const { service, decider, idOf, refusedUnder = idOf, load, personalAfter, save } = hand
  return async (
    trx: Transaction<Tables>,
    command: Command,
    context: Context,
  ): Promise<Handled<Stored<Existing, Personal>, Event>> => {
    const id = idOf(command)
    const { at } = command.data
    const before = await load(trx, id)
    const { events, refusal } = decider.decide(command, before?.state ?? decider.initial)
    if (refusal) await recordRefusal(trx as never, refusedUnder(command), command, refusal)
    if (events.length === 0) return { stored: before, events, refusal }

    const known = before?.version ?? 0
    const stored = {
      id,
      version: known + events.length,
      state: fold(decider, before?.state ?? decider.initial, events) as Existing,
      personal: personalAfter(before?.personal, events),
    }
    await save(trx, stored, events, at, context)
    const instant = Temporal.Instant.from(at)
    await insertOutbox(
      trx,
      service,
      events.map((fact, i) => ({ aggregateId: id, version: known + i + 1, fact, at: instant })),
    )
    return { stored, events, refusal }
  }
}

const recordRefusal = (
  trx: Transaction<RefusalTables>,
  id: string,
  { type, data }: Timed,
  { code, detail, reasons = [] }: Refusal,
) =>
  trx
    .insertInto('refusal')
    .values({ aggregate_id: id, command: type, code, detail, reasons: JSON.stringify(reasons), refused_at: data.at })
    .execute()
