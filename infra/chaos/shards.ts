import type { ServiceName } from '@vilkar/contracts/event.ts'

/** By what the rows of a table would be spread over shards. */
type Spread =
  /** By the order, under the name that it has there. */
  | { by: string }
  /** Each shard has its own, with its own workers: its events, jobs and leases. */
  | 'own'
  /** By something else than orders, and so elsewhere. */
  | 'elsewhere'

const ofEvery: Record<string, Spread> = {
  ...Object.fromEntries(
    ['outbox', 'relay', 'inbox', 'inbox_head', 'inbox_member', 'partition_lease', 'trimmed', 'stream_erasure'].map(
      (table) => [table, 'own'],
    ),
  ),
  erased_order: { by: 'order_id' },
  alarm: { by: 'order_id' },
  refusal: { by: 'aggregate_id' },
  mail: { by: 'about_id' },
  mail_attachment: 'elsewhere',
  // What goes to a program of the shop's own goes there in the order of all of it.
  webhook_endpoint: 'elsewhere',
  webhook_delivery: 'elsewhere',
}

/** Every table of a service, and by what it would be spread. */
export const spreads: Record<ServiceName, Record<string, Spread>> = {
  orders: {
    ...ofEvery,
    orders: { by: 'id' },
    payment_session: { by: 'order_id' },
    money_operation: { by: 'order_id' },
    operation_decision: { by: 'order_id' },
    ledger_entry: { by: 'order_id' },
    payment_account: { by: 'order_id' },
    line_account: { by: 'order_id' },
    payout: { by: 'order_id' },
    payout_series: 'elsewhere',
    sales_document: { by: 'order_id' },
    credit_note_invoice: { by: 'order_id' },
    document_in_nok: { by: 'order_id' },
    exchange_rate: 'elsewhere',
    mail_document: { by: 'about_id' },
    // It is of one order, and taken by another.
    price_offer: 'elsewhere',
    reconciliation_finding: { by: 'order_id' },
    ...Object.fromEntries(
      [
        'product',
        'product_price',
        'stock_change',
        'quote',
        'idempotency',
        'sales_document_series',
        'reconciliation_run',
      ].map((table) => [table, 'elsewhere']),
    ),
  },
  shipping: {
    ...ofEvery,
    shipment: { by: 'order_id' },
    order_to_ship: { by: 'order_id' },
    stops: { by: 'order_id' },
    damage_report: { by: 'order_id' },
    // Of goods that came in, nobody may know the order.
    photo: 'elsewhere',
    return_parcel: { by: 'order_id' },
    expected_return: { by: 'order_id' },
    // Of goods that nobody announced, the order is not known.
    inbound_parcel: 'elsewhere',
    inbound_unit: 'elsewhere',
    recall: 'elsewhere',
    recall_notice: { by: 'order_id' },
    // Carriers name parcels, and not orders.
    parcel: 'elsewhere',
    carrier_event: 'elsewhere',
    carrier_activation: 'elsewhere',
    carrier_code: 'elsewhere',
  },
  returns: {
    ...ofEvery,
    return: { by: 'order_id' },
    voluntary_return: { by: 'order_id' },
    complaint: { by: 'order_id' },
    loss: { by: 'order_id' },
    agreement: { by: 'order_id' },
    override: { by: 'order_id' },
    exchange: { by: 'order_id' },
    payout: { by: 'order_id' },
    return_case: { by: 'order_id' },
    case_note: { by: 'order_id' },
    tag: { by: 'order_id' },
    return_label: { by: 'order_id' },
    parcel_back: { by: 'order_id' },
    goods_received: { by: 'order_id' },
    order_facts: { by: 'order_id' },
    order_event: { by: 'order_id' },
    // They are named by their case.
    photo: 'elsewhere',
    // Somebody who says that they withdraw may not say from which order.
    statement: 'elsewhere',
    statement_answer: 'elsewhere',
  },
  privacy: {
    ...ofEvery,
    order_held: { by: 'order_id' },
    // By whom, or by what a system of somebody else's calls it: no order is asked for with it.
    ...Object.fromEntries(
      [
        ...['holding', 'erasure', 'erasure_answer', 'retention_run', 'data_hold', 'request', 'restriction'],
        ...['breach', 'breach_notice', 'processor', 'disclosure', 'request_mail', 'export', 'export_part'],
        ...['policy_edition', 'policy_change', 'policy_notice', 'breach_person'],
      ].map((table) => [table, 'elsewhere']),
    ),
    // Of people, browsers and mailboxes.
    consent_text: 'elsewhere',
    consent_log: 'elsewhere',
    suppression: 'elsewhere',
    consent_child: 'elsewhere',
    consent_letter: 'elsewhere',
    cookie_choice: 'elsewhere',
    brevo_contact: 'elsewhere',
    opt_out_mailbox: 'elsewhere',
    sale: { by: 'order_id' },
  },
}

/**
 * A table that a statement asks without saying which order it is about; `by`: the names by which it asks for a row instead, none if it
 * looks over all.
 */
export type Crossing = { verb: string; table: string; by: string[] }

const TABLES = /\b(?:from|join|update|into)\s+(?:only\s+)?([a-z_]+)\b(?![.(])/g
const NAMED = /\b((?:[a-z]+_)?id)\s*(?:= ?(?:\$|any\b)|in\b)/g

/**
 * Where a statement would be asked of all shards: the tables that are spread by orders of which its conditions (and, of an insert, its
 * columns) do not say the order. It reads the text as PostgreSQL normalises it, and so knows no values: a list of orders counts as
 * one order.
 */
export function crossings(service: ServiceName, statement: string): Crossing[] {
  const text = statement.replace(/\s+/g, ' ').replaceAll('"', '').toLowerCase()
  const verb = /\b(select|insert|update|delete)\b/.exec(text)?.[1] ?? ''
  const from = text.search(/\b(?:where|on) /)
  const conditions = verb === 'insert' ? text : from < 0 ? '' : text.slice(from)
  const asked = [...new Set([...text.matchAll(TABLES)].map(([, table]) => table!))].flatMap((table) => {
    const spread = spreads[service][table]
    return spread === undefined || typeof spread === 'string' ? [] : [{ table, column: spread.by }]
  })
  const told = asked.filter(({ table, column }) =>
    says(conditions, verb, table, column, '(?:= ?(?:\\$|any\\b|\\()|in\\b)'),
  )
  return asked.flatMap(({ table, column }) => {
    const joined = told.length > 0 && says(conditions, verb, table, column, '= ?[a-z]')
    if (joined || told.some((each) => each.table === table)) return []
    const by = verb === 'insert' ? [] : [...new Set([...conditions.matchAll(NAMED)].map(([, name]) => name!))].sort()
    return [{ verb, table, by }]
  })
}

/** Whether conditions say the order of a table, in this way; an insert names it among its columns. */
function says(conditions: string, verb: string, table: string, column: string, how: string) {
  if (verb === 'insert' && new RegExp(`into ${table} \\([^)]*\\b${column}\\b`).test(conditions)) return true
  return new RegExp(`(?:^|[ (])(?:${table}\\.)?${column} ${how}`).test(conditions)
}

/** A crossing in one line, as the checked-in list has it. */
export const lineOf = (service: ServiceName, { verb, table, by }: Crossing) =>
  `${service}: ${verb} ${table} ${by.length > 0 ? `by ${by.join(', ')}` : verb === 'insert' ? 'without its order' : 'over all'}`
