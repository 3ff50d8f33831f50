import { each, type Gauge, waiting } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'
import { UNDECIDED } from './list.ts'
import { waits } from './states.ts'

/** The last day to pay back ends at midnight in Norway. */
const END_OF_LAST_DAY = sql`(case when awaits in ('payment', 'refund') then due_on else pay_by end + 1)::timestamp at time zone 'Europe/Oslo'`
const SOON = sql.lit('48 hours')

/** What cases wait for, and refunds that are not decided or not known to be paid, and due. */
export const returnGauges: Gauge[] = [
  {
    figures: waiting(
      'vilkar_returns_waiting',
      'Cases that wait for units, a verdict, a look, a judgement or the payment',
    ),
    labels: ['awaits'],
    always: each('awaits', [...waits]),
    find: (now) => sql`
      select awaits, count(*) as waiting,
        extract(epoch from ${now}::timestamptz - min(awaits_since))::float8 as seconds
      from return_case where awaits is not null group by awaits`,
  },
  {
    figures: [
      {
        column: 'due',
        name: 'vilkar_refunds_due',
        help: 'Refunds that are not decided or not known to be paid, and whose last day ends within 48 hours, or has ended.',
      },
    ],
    labels: ['when'],
    always: each('when', ['within-48h', 'overdue']),
    find: (now) => sql`
      select case when ends <= ${now}::timestamptz then 'overdue' else 'within-48h' end as "when", count(*) as due
      from (select ${END_OF_LAST_DAY} as ends from return_case where awaits in ('payment', 'refund') or ${UNDECIDED}) refund
      where ends <= ${now}::timestamptz + ${SOON}::interval group by 1`,
  },
]
