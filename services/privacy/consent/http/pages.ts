import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { PAGE_HEADERS, pageOf } from '../page.ts'
import { confirm, readPending, textOf } from '../pending.ts'
import { optOut } from '../record.ts'
import { readUnsubscribeLink } from '../unsubscribe.ts'
import { tags } from './parts.ts'
import { words } from './words.ts'

const querystring = Type.Object({
  link: Type.String({ minLength: 1, maxLength: 4_000, description: 'The signed link.' }),
})
const Page = Type.String({ description: 'A page in the language of the link.' })

/**
 * The pages that mails lead to. Reading one changes nothing, since programs that look through mails read them too; what a POST
 * brings is not looked at, so that one of a mail program's counts as one of the page's button (RFC 8058 § 3.2).
 */
export async function consentPages(server: Server, deps: Deps) {
  await server.register(async (scope) => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', '*'])
      scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, _body, done) => done(null, undefined))
    const pages = scope as unknown as Server
    const onRequest = countAddressAt(pages as never, () => deps.consent.pageRequestsPerMinute)
    const door = (operationId: string, summary: string) => ({
      ...{ config: { access: 'public' as const }, onRequest },
      schema: { ...{ operationId, summary, tags, querystring }, response: { 200: Page, ...problems(400, 404) } },
    })
    unsubscribing(pages, deps, door)
    confirming(pages, deps, door)
  })
}

type Door = (
  operationId: string,
  summary: string,
) => {
  config: { access: 'public' }
  onRequest: ReturnType<typeof countAddressAt>
  schema: object
}
const tokenOf = (request: { query: unknown }) => (request.query as { link: string }).link

function unsubscribing(server: Server, { consent, clock, ...deps }: Deps, door: Door) {
  server.get(
    '/unsubscribe',
    door('showUnsubscribe', 'A page with the button that unsubscribes'),
    async (request, reply) => {
      const { controller, language, purpose } = await readUnsubscribeLink(consent, tokenOf(request))
      const say = words[language]
      const from = say.from[purpose](policyOf(controller).controller.name)
      return reply
        .headers(PAGE_HEADERS)
        .send(pageOf({ language, title: say.leave.title, says: [say.leave.asks(from)], button: say.leave.button }))
    },
  )
  server.post(
    '/unsubscribe',
    door('unsubscribe', 'Unsubscribe, with one click and at once'),
    async (request, reply) => {
      const { language, ...leaving } = await readUnsubscribeLink(consent, tokenOf(request))
      const at = clock.now().toString()
      await transact(deps, (trx) => optOut(trx, { ...leaving, at, recordedAt: at, source: 'unsubscribe-link' }))
      const say = words[language]
      const from = say.from[leaving.purpose](policyOf(leaving.controller).controller.name)
      return reply.headers(PAGE_HEADERS).send(pageOf({ language, title: say.left.title, says: [say.left.says(from)] }))
    },
  )
}

function confirming(server: Server, deps: Deps, door: Door) {
  const path = '/consent-confirmations'
  server.get(
    path,
    door('showConsentConfirmation', 'A page with what is asked, and the button that agrees'),
    async (request, reply) => {
      const pending = await readPending(deps.consent, tokenOf(request))
      const { language, by, controller } = pending
      const say = words[language][by]
      const quote = await textOf(deps.db, pending)
      const { name } = policyOf(controller as never).controller
      return reply
        .headers(PAGE_HEADERS)
        .send(pageOf({ language, title: say.title(name), says: [say.asks(name)], quote, button: say.button }))
    },
  )
  server.post(path, door('confirmConsent', 'Agree to what was asked by mail'), async (request, reply) => {
    const pending = await readPending(deps.consent, tokenOf(request))
    await transact(deps, (trx) => confirm(trx, deps, pending))
    const { language } = pending
    const { title, says } = words[language].agreed
    return reply.headers(PAGE_HEADERS).send(pageOf({ language, title, says: [says] }))
  })
}
