import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated, Kysely } from 'kysely'

/** A secret, `whsec_` and base64 as Standard Webhooks has it; `until` is when one of before signs no more. */
export type Secret = { secret: string; until?: string }

/** The tables of webhooks, which a service that sends any has. */
export type WebhookTables = {
  webhook_endpoint: {
    id: string
    url: string
    types: string[] | null
    secrets: Json<Secret[]>
    cursor: number
    created_at: string
    created_by: string
    removed_at: string | null
  }
  webhook_delivery: {
    endpoint_id: string
    pub_no: number
    event_id: string
    type: string
    about: string
    status: Generated<'waiting' | 'delivered' | 'failed'>
    attempts: Generated<number>
    due_at: Generated<string>
    last_status: number | null
    last_error: string | null
    last_attempt_at: string | null
    delivered_at: string | null
  }
}
export type WebhookDb = Kysely<WebhookTables & MessagingTables>
