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
/** The tables that a command handler writes besides the aggregate's own: outbox, inbox and refusals. */
export type CommandHandlerTables = MessagingTables & RefusalTables

/** An aggregate as it is stored: facts and personal data apart, `version` counting its events. */
export type Stored<State, Personal> = { id: string; version: number; state: State; personal: Personal }

/** What came of a command. `stored` is the aggregate after it, if there is one. */
export type Handled<Kept, Event> = { stored?: Kept; events: Event[]; refusal?: Refusal }

type Timed = { type: string; data: { at: string } }

type Options<Tables extends CommandHandlerTables, State, Existing extends State, Command, Event, Personal, Context> = {
  service: ServiceName
  decider: Decider<State, Command, Event>
  idOf: (command: Command) => string
  /** What a refusal is filed under, when that is not the aggregate itself: one that was refused never comes to be. */
  refusedUnder?: (command: Command) => string
  /** The row, locked until the transaction ends. */
  load: (trx: Transaction<Tables>, id: string) => Promise<Stored<Existing, Personal> | undefined>
  personalAfter: (before: Personal | undefined, events: Event[]) => Personal
  /** Writes the aggregate's row, and nothing else. `at` is the time of the command. */
  save: (trx: Transaction<Tables>, after: Stored<Existing, Personal>, at: string) => Promise<void>
  /** What the events set going: mails, money operations, projections. Stored in the same transaction. */
  followUps?: (
    trx: Transaction<Tables>,
    change: {
      stored: Stored<Existing, Personal>
      /** The aggregate before it, if there was one. */
      before?: Stored<Existing, Personal>
      events: Event[]
      at: string
    },
    context: Context,
  ) => Promise<void>
}

/**
 * Makes the command handler of a decider: load, decide, save, plan what follows, append the events to the outbox. It is
 * the only way an aggregate changes. Row, follow-ups and events commit together or not at all; a refusal is recorded and
 * returned, never thrown. Whoever has the aggregate locked in this transaction already hands it over as `locked`, so that
 * its row is read once; `null` of one whose id was made in this transaction, so that nobody looks for a row.
 */
export function createCommandHandler<
  Tables extends CommandHandlerTables,
  State,
  Existing extends State,
  Command extends Timed,
  Event extends Fact,
  Personal,
  Context = void,
>(options: Options<Tables, State, Existing, Command, Event, Personal, Context>) {
  const { service, decider, idOf, refusedUnder = idOf, load, personalAfter, save, followUps } = options
  return async (
    trx: Transaction<Tables>,
    command: Command,
    context: Context,
    locked?: Stored<Existing, Personal> | null,
  ): Promise<Handled<Stored<Existing, Personal>, Event>> => {
    const id = idOf(command)
    const { at } = command.data
    const before = locked === undefined ? await load(trx, id) : (locked ?? undefined)
    const state = before?.state ?? decider.initial
    const { events, refusal } = decider.decide(command, state)
    if (refusal) await recordRefusal(trx as never, refusedUnder(command), command, refusal)
    if (events.length === 0) return { stored: before, events, refusal }

    const known = before?.version ?? 0
    const stored = {
      id,
      version: known + events.length,
      state: fold(decider, state, events) as Existing,
      personal: personalAfter(before?.personal, events),
    }
    await save(trx, stored, at)
    await followUps?.(trx, { stored, before, events, at }, context)
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
