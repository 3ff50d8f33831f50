import { each, type Gauge, waiting } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'

/** Statuses of an operation that is still to move money, each of the index `money_operation_open`. */
const OPEN = ['planned', 'waiting-for-capture', 'sent', 'ambiguous']
const EXPIRES_SOON = sql.lit('48 hours')

/** Money in flight, and what is about to be lost. */
export const moneyGauges: Gauge[] = [
  {
    figures: waiting('vilkar_money_operations', 'Captures, refunds, releases and extensions that are not settled'),
    labels: ['kind', 'status'],
    always: ['capture', 'refund', 'release', 'extend'].flatMap((kind) =>
      each('status', OPEN).map((set) => ({ kind, ...set })),
    ),
    find: () => sql`
      select kind, status, count(*) as waiting, extract(epoch from now() - min(created_at))::float8 as seconds
      from money_operation where status in ('planned', 'waiting-for-capture', 'sent', 'ambiguous') group by 1, 2`,
  },
  {
    figures: [
      {
        column: 'ending',
        name: 'vilkar_authorisations_ending',
        help: 'Authorisations with money still to be taken that end within 48 hours, or have ended.',
      },
    ],
    labels: ['when'],
    always: each('when', ['within-48h', 'ended']),
    find: (now) => sql`
      select case when expires_at <= ${now}::timestamptz then 'ended' else 'within-48h' end as "when", count(*) as ending
      from payment_account
      where captured + released < authorised and expires_at <= ${now}::timestamptz + ${EXPIRES_SOON}::interval group by 1`,
  },
]
