import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { exportUnknown } from '../../exports/http/exports.ts'
import { readExport } from '../../exports/store.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { Identifier } from '../../subjects/subject-key.ts'
import { mailExportLink } from '../mails/export-link.ts'
import { hourOf } from '../prove-by-link.ts'
import { lockRequest } from '../store.ts'

/**
 * `POST /exports/{id}/mails`: whoever asked has the link mailed again. The archive is handed out here to nobody: who speaks for a person
 * may know them by no more than a link that was passed on, and the mail goes to the address that the request is answered at.
 */
export function mailExport(server: Server, deps: Deps) {
  server.post(
    '/exports/:id/mails',
    {
      config: { access: 'privacy:ask' },
      schema: {
        operationId: 'mailExport',
        summary: 'Mail the link to an export again, to the address that the request is answered at',
        description:
          'Of the person who asked; of anybody else there is no such export. At most one mail an hour, however often it is asked for. GDPR Art. 12(2).',
        tags: ['exports'],
        params: Type.Object({ id: Type.String({ ...Id, description: 'That of the request.' }) }),
        body: Type.Object(
          { controller: ControllerId, identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 10 }) },
          { additionalProperties: false, title: 'PersonWithExport' },
        ),
        response: { 204: Type.Null({ description: 'It is on its way.' }), ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { controller, identifiers } }, reply) => {
      const now = deps.clock.now()
      const keys = identifiers.map((each) => deps.subjectKey({ controller, ...each }))
      await transact(deps, async (trx) => {
        const request = await lockRequest(trx, id)
        const isTheirs = request?.controller === controller && request.subjects.some((key) => keys.includes(key))
        const found = isTheirs ? await readExport(trx, id) : undefined
        if (request === undefined || found === undefined) throw exportUnknown()
        if (request.status !== 'open' && request.status !== 'answered')
          throw httpError(409, 'export-not-due', 'It is not shown who asks, or the request is not answered here.')
        const ends = found.status === 'ready' && found.until !== null ? Temporal.Instant.from(found.until) : now
        if (Temporal.Instant.compare(ends, now) <= 0)
          throw httpError(409, 'export-not-ready', 'It is being collected, or it is over.')
        const isWritten = await mailExportLink(trx, deps, request, { ends, again: hourOf(now) })
        if (!isWritten) throw httpError(409, 'export-not-mailed', 'There is no address to mail it to.')
      })
      return reply.status(204).send(null)
    },
  )
}
