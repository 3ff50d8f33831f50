import { openAlarms } from '@vilkar/alarms/open-alarms.ts'
import { Counted } from '@vilkar/server/counted.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import { Word } from '../../cases/http/tags.ts'
import { refundsCounted } from '../../cases/list.ts'
import type { Deps } from '../../deps.ts'
import { statementsCounted } from '../../statement/store.ts'

const View = Type.Object(
  { refunds: Counted, pendingStatements: Counted, unclearStatements: Counted, alarms: Counted },
  { title: 'WorkCountsOfReturns' },
)

/** `GET /work/counts`: how many wait in each list of `GET /work`, by one statement. */
export function counts(server: Server, { db, clock }: Pick<Deps, 'db' | 'clock'>) {
  server.get(
    '/work/counts',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'countWorkOfReturns',
        summary: 'How many wait for a person in each list',
        description:
          'Open alarms alone are counted. Of dead letters and unsent mails their own lists say so, and of cases `GET /returns/figures`. `assignee` and `tag` are of refunds.',
        tags: ['cases'],
        querystring: Type.Object(
          {
            assignee: Type.Optional(
              Type.String({ minLength: 1, maxLength: 200, description: 'Cases of theirs alone.' }),
            ),
            tag: Type.Optional(Word),
          },
          { additionalProperties: false },
        ),
        response: { 200: View, ...problems(400, 401, 403) },
      },
    },
    async ({ query }) =>
      db
        .selectNoFrom([
          refundsCounted(db, { ...query, today: osloDay(clock.now()).toString() }).as('refunds'),
          statementsCounted('pending').as('pendingStatements'),
          statementsCounted('unclear').as('unclearStatements'),
          openAlarms().as('alarms'),
        ])
        .executeTakeFirstOrThrow(),
  )
}
