import type { Stage } from '../stage.ts'

const ASKED = {
  order: 'select status, state, payment_check_due_at from orders where id = $1',
  sessions: 'select * from payment_session where order_id = $1',
  operations: 'select kind, status, attempt, last_result from money_operation where order_id = $1',
  mails: 'select id, kind, status from mail where about_id = $1',
  jobs: `
    select name, state, data, start_after, retry_count, output from jobs.job
    where data ->> 'orderId' = $1::uuid::text or data ->> 'operationId' in (select id::text from payment_session where order_id = $1::uuid)
      or data ->> 'mailId' in (select id::text from mail where about_id = $1::uuid)`,
}

/** All that the orders service has of one order, its jobs and mails, as JSON: for whoever finds out why it goes no further. */
export const createTeller =
  ({ books }: Pick<Stage, 'books'>) =>
  async (orderId: string) => {
    const told: Record<string, unknown> = {}
    for (const [name, sql] of Object.entries(ASKED)) told[name] = (await books.query(sql, [orderId])).rows
    return JSON.stringify(told, null, 1)
  }
