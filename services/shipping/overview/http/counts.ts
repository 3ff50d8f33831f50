import { openAlarms } from '@vilkar/alarms/open-alarms.ts'
import { Counted } from '@vilkar/server/counted.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import { claimsCounted, toldClaimsCounted } from '../../damage/waiting.ts'
import type { Deps } from '../../deps.ts'
import { failedCounted } from '../../failed/waiting.ts'

const View = Type.Object(
  { failedDeliveries: Counted, claims: Counted, toldClaims: Counted, alarms: Counted },
  { title: 'WorkCountsOfShipping' },
)

/** `GET /work/counts`: how many wait in each list of `GET /work`, by one statement. */
export function counts(server: Server, { db, clock }: Pick<Deps, 'db' | 'clock'>) {
  server.get(
    '/work/counts',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'countWorkOfShipping',
        summary: 'How many wait for a person in each list',
        description: 'Open alarms alone are counted. Of dead letters their own list says so.',
        tags: ['shipments'],
        response: { 200: View, ...problems(401, 403) },
      },
    },
    async () => {
      const today = osloDay(clock.now()).toString()
      return db
        .selectNoFrom([
          failedCounted(today).as('failedDeliveries'),
          claimsCounted(today).as('claims'),
          toldClaimsCounted(today).as('toldClaims'),
          openAlarms().as('alarms'),
        ])
        .executeTakeFirstOrThrow()
    },
  )
}
