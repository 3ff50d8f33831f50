import type { PersonalData } from '@vilkar/contracts/personal-data.ts'

/** Personal data in the tables of webhooks. */
export const webhookPersonalData: Pick<PersonalData, 'columns' | 'otherColumns'> = {
  columns: {
    'webhook_endpoint.created_by': { category: 'staff', subject: 'created_by', erased: 'retention' },
    'webhook_delivery.about': { category: 'reference', subject: 'about', erased: 'retention' },
  },
  otherColumns: {
    webhook_endpoint: ['id', 'url', 'types', 'secrets', 'cursor', 'created_at', 'removed_at'],
    webhook_delivery: [
      ...['endpoint_id', 'pub_no', 'event_id', 'type', 'status', 'attempts', 'due_at', 'last_status', 'last_error'],
      ...['last_attempt_at', 'delivered_at'],
    ],
  },
}
