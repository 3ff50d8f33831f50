import { openAlarms } from '@vilkar/alarms/open-alarms.ts'
import { Counted } from '@vilkar/server/counted.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { payoutsCounted } from '../../money/payouts.ts'
import { endingCounted, uncapturedCounted } from '../../money/waiting.ts'
import { lateCounted, unformedCounted } from '../../order/waiting.ts'

/** Alarms of this kind are work of its own: a day's books and the ledger differ. */
export const DRIFT = 'reconciliation-drift'

const View = Type.Object(
  {
    ...{ unformed: Counted, late: Counted, payouts: Counted, uncaptured: Counted, endingAuthorisations: Counted },
    drift: Type.Object(Counted.properties, { description: `Open alarms \`${DRIFT}\`.` }),
    alarms: Type.Object(Counted.properties, { description: `Open alarms of all other kinds than \`${DRIFT}\`.` }),
  },
  { title: 'WorkCountsOfOrders' },
)

/** `GET /work/counts`: how many wait in each list of `GET /work`, by one statement. */
export function counts(server: Server, { db, clock, settings }: Pick<Deps, 'db' | 'clock' | 'settings'>) {
  server.get(
    '/work/counts',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'countWorkOfOrders',
        summary: 'How many wait for a person in each list',
        description: 'Of dead letters and unsent mails their own lists say so.',
        tags: ['orders'],
        response: { 200: View, ...problems(401, 403) },
      },
    },
    async () => {
      const now = clock.now()
      const before = now.toZonedDateTimeISO('UTC').add(settings.authorisationExtendBefore).toInstant()
      return db
        .selectNoFrom([
          unformedCounted().as('unformed'),
          lateCounted().as('late'),
          payoutsCounted(osloDay(now).toString()).as('payouts'),
          uncapturedCounted(now.subtract(settings.captureAlarmAfter).toString()).as('uncaptured'),
          endingCounted({ before: before.toString(), now: now.toString() }).as('endingAuthorisations'),
          openAlarms({ kind: DRIFT }).as('drift'),
          openAlarms({ without: DRIFT }).as('alarms'),
        ])
        .executeTakeFirstOrThrow()
    },
  )
}
