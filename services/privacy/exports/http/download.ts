import { Id } from '@vilkar/contracts/event.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { FastifyReply, Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import { PAGE_HEADERS, pageOf } from '../../consent/page.ts'
import type { Deps } from '../../deps.ts'
import { isLinkTo } from '../link.ts'
import { readArchive, readExport } from '../store.ts'
import { gone, words } from '../words.ts'
import { ARCHIVE_HEADERS, tags } from './exports.ts'

const Page = Type.String({ description: 'A page.' })
const asked = {
  params: Type.Object({ id: Id }),
  querystring: Type.Object({
    link: Type.String({ minLength: 1, maxLength: 2_000, description: 'The signed link.' }),
  }),
}

/**
 * `GET` and `POST /exports/{id}/download`: the page to which the mail leads, and the archive by its button. A link of another export,
 * one that has ended and one that is no link look alike; of an archive that is gone it is said that it is.
 */
export async function exportDownload(server: Server, deps: Deps) {
  await server.register(async (scope) => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
      scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, _body, done) => done(null, undefined))
    const pages = scope as unknown as Server
    const onRequest = countAddressAt(pages as never, () => deps.consent.pageRequestsPerMinute)
    const config = { access: 'public' as const }
    const found = async ({ params: { id }, query: { link: token }, headers }: Asked, reply: FastifyReply) => {
      if (!(await isLinkTo(deps.consent, id, token))) return void nothing(headers, reply, 'unknown')
      const row = await readExport(deps.db, id)
      const kept = await readArchive(deps.db, id, deps.clock.now().toString())
      if (row === undefined || !kept?.archive || row.until === null) return void nothing(headers, reply, 'over')
      return { row, until: row.until, archive: kept.archive }
    }
    pages.get(
      '/exports/:id/download',
      {
        ...{ config, onRequest },
        schema: {
          ...{ operationId: 'showExport', summary: 'A page with the button that fetches the archive', tags, ...asked },
          response: { 200: Page, ...problems(400, 404, 410) },
        },
      },
      async (request, reply) => {
        const it = await found(request, reply)
        if (it === undefined) return reply
        const { controller, language } = it.row
        const { name } = policyOf(controller as PolicyId).controller
        const say = words[language]
        const says = [say.gets(name, formatDay(language, osloDay(Temporal.Instant.from(it.until))))]
        return reply.headers(PAGE_HEADERS).send(pageOf({ language, title: say.getTitle, says, button: say.button }))
      },
    )
    pages.post(
      '/exports/:id/download',
      {
        ...{ config, onRequest },
        schema: {
          ...{ operationId: 'fetchExport', summary: 'The archive, as a zip file', tags, ...asked },
          response: {
            200: {
              description: 'A zip file.',
              content: { 'application/zip': { schema: Type.String({ format: 'binary' }) } },
            },
            ...problems(400, 404, 410),
          },
        },
      },
      async (request, reply) => {
        const it = await found(request, reply)
        if (it === undefined) return reply
        return reply.headers(ARCHIVE_HEADERS).send(deps.consent.seal.openBytes(it.archive) as never)
      },
    )
  })
}

type Asked = {
  params: { id: string }
  query: { link: string }
  headers: { accept?: string }
}

/** Plain words in both languages, and nothing of anybody: a page for a browser, a problem for a program. */
function nothing({ accept }: Asked['headers'], reply: FastifyReply, why: keyof typeof gone) {
  const { nb, en } = gone[why]
  const status = why === 'over' ? 410 : 404
  if (!accept?.includes('text/html'))
    throw why === 'over' ? httpError(410, 'export-gone', en) : httpError(404, 'link-unknown', en)
  reply.status(status).headers(PAGE_HEADERS)
  reply.send(pageOf({ language: 'nb', title: 'Ingenting her / Nothing here', says: [nb, en] }) as never)
}
