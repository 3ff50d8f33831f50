import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { beginExport } from '../begin.ts'
import { requestFor } from '../reads.ts'
import { goOnNow, leaveOut, partsOf, readArchive, readExport } from '../store.ts'
import { ExportView, exportView } from './export-view.ts'

export const tags = ['exports']
const params = Type.Object({ id: Type.String({ ...Id, description: 'That of the request.' }) })

/** The doors of exports for the desk: have one made, see how far it is, and take it for who has no mailbox. */
export function exportDesk(server: Server, deps: Deps) {
  server.put(
    '/exports/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'makeExport',
        summary: 'Have what is held of a person collected, for a request to see it or to take it along',
        description:
          'It is made by itself for whoever is known to be the person; this makes it again once its link has ended, or goes on without what does not come. Asked twice it is one. GDPR Art. 15(3), 20(1).',
        tags,
        params,
        body: Type.Object(
          {
            withoutMissing: Type.Optional(
              Type.Boolean({ description: 'Made of what is there; what is missing is named in it, and follows.' }),
            ),
          },
          { additionalProperties: false, title: 'ExportBody' },
        ),
        response: { 200: ExportView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { withoutMissing } }) => {
      const at = deps.clock.now()
      await transact(deps, async (trx) => {
        const asked = await requestFor(trx, id)
        if (asked === undefined) throw exportUnknown()
        const { kind, status, controller, subjects, state } = asked
        if (kind !== 'access' && kind !== 'portability')
          throw httpError(409, 'export-not-asked', 'The request is for something else than to see or take along data.')
        if (
          status === 'waiting-for-identity' ||
          status === 'passed-on' ||
          status === 'refused' ||
          status === 'to-pass-on'
        )
          throw httpError(409, 'export-not-due', 'It is not shown who asks, or the request is not answered here.')
        const { language = 'nb' } = state
        const row = await beginExport(
          trx,
          { id, kind, controller: controller as PolicyId, keys: subjects, language },
          at,
        )
        if (row.status !== 'collecting' || !withoutMissing) return
        await leaveOut(trx, id)
        await goOnNow(trx, id, at.toString())
      })
      return viewOf(deps, id)
    },
  )
  server.get(
    '/exports/:id',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readExport',
        summary: 'How far an export is: whose part is there and whose is waited for',
        tags,
        params,
        response: { 200: ExportView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => viewOf(deps, id),
  )
  archiveRoute(server, deps)
}

/** For who asked by letter and has no mailbox. Whoever may write may hand it over, and then answers the request. */
function archiveRoute(server: Server, deps: Deps) {
  server.get(
    '/exports/:id/archive',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'takeExport',
        summary: 'The archive, to hand to a person who has no mailbox',
        tags,
        params,
        response: {
          200: { description: 'A zip file.', content: { [ZIP]: { schema: Type.String({ format: 'binary' }) } } },
          ...problems(400, 401, 403, 404, 409),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      if ((await readExport(deps.db, id)) === undefined) throw exportUnknown()
      const kept = await readArchive(deps.db, id, deps.clock.now().toString())
      if (!kept?.archive) throw httpError(409, 'export-not-ready', 'It is being collected, or it is over.')
      return reply.headers(ARCHIVE_HEADERS).send(deps.consent.seal.openBytes(kept.archive) as never)
    },
  )
}

async function viewOf({ db }: Deps, id: string) {
  const row = await readExport(db, id)
  if (row === undefined) throw exportUnknown()
  return exportView(row, await partsOf(db, id))
}

const ZIP = 'application/zip'
/** Saved by its name, and kept by nobody on the way. */
export const ARCHIVE_HEADERS = {
  'content-type': ZIP,
  'content-disposition': 'attachment; filename="data.zip"',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

export const exportUnknown = () => httpError(404, 'export-unknown', 'There is no such export.')
