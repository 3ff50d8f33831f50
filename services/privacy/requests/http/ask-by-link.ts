import { Day, Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { Email, Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { PAGE_HEADERS, pageOf } from '../../consent/page.ts'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { PurposeName } from '../../subjects/names.ts'
import { words as mailWords } from '../mails/words.ts'
import { type Asked, readProofLink } from '../proof-link.ts'
import { askForProof, proveByLink } from '../prove-by-link.ts'
import { readRequest } from '../store.ts'
import { Kind, Language } from './request-view.ts'
import { refuseIncomplete } from './requests.ts'
import { pageWords } from './words.ts'

const tags = ['requests']
const Page = Type.String({ description: 'A page in the language of the link.' })
const querystring = Type.Object({
  link: Type.String({ minLength: 1, maxLength: 10_000, description: 'The signed link.' }),
})

/** `POST /request-links`: who is not signed in asks by their address, and proves by a link to it that it is theirs. */
export async function askByLink(server: Server, deps: Deps) {
  await server.register(async (scope) => {
    const pages = scope as unknown as Server
    const onRequest = countAddressAt(pages as never, () => deps.consent.pageRequestsPerMinute)
    pages.post(
      '/request-links',
      {
        ...{ config: { access: 'public' as const }, onRequest },
        schema: {
          operationId: 'askByLink',
          summary: 'A person asks by their e-mail address, without being signed in',
          description:
            'A link goes to the address, at most once an hour of each kind; the request stands once its page is answered, and counts from the day on which it was asked. Nothing is kept until then, and the answer is the same whether or not anybody is known by the address.',
          tags,
          body: Type.Object(
            {
              ...{ controller: ControllerId, kind: Kind, email: Email },
              language: Type.Optional(Language),
              purpose: Type.Optional(PurposeName),
              orderId: Type.Optional(Id),
              words: Type.Optional(Type.String({ ...Why, description: 'What the person wrote.' })),
            },
            { additionalProperties: false, title: 'RequestLinkBody' },
          ),
          response: {
            202: Type.Object(
              { confirmBy: Type.String({ ...Day, description: 'The last day on which the link is good.' }) },
              { title: 'RequestLink' },
            ),
            ...problems(400, 429),
          },
        },
      },
      async ({ body: { language = 'nb', words, ...body } }, reply) => {
        refuseIncomplete({ ...body, words })
        const receivedOn = osloDay(deps.clock.now()).toString()
        const said = words === undefined ? {} : { words: asKept(words) }
        const asked: Asked = { ...body, ...said, id: uuidv7(), language, receivedOn }
        const confirmBy = await transact(deps, (trx) => askForProof(trx, deps, asked))
        return reply.status(202).send({ confirmBy })
      },
    )
    confirmRoutes(pages, deps, onRequest)
  })
}

function confirmRoutes(server: Server, deps: Deps, onRequest: ReturnType<typeof countAddressAt>) {
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, undefined),
  )
  const path = '/request-confirmations'
  const door = (operationId: string, summary: string) => ({
    ...{ config: { access: 'public' as const }, onRequest },
    schema: { ...{ operationId, summary, tags, querystring }, response: { 200: Page, ...problems(400, 404) } },
  })
  server.get(
    path,
    door('showRequestConfirmation', 'A page with what was asked, and the button that confirms it'),
    async ({ query }, reply) => {
      const { language, company, what } = await shownOf(deps, query.link)
      const say = pageWords[language]
      const page = {
        language,
        title: say.title,
        says: [say.asks(company, mailWords[language].kinds[what])],
        button: say.button,
      }
      return reply.headers(PAGE_HEADERS).send(pageOf(page))
    },
  )
  server.post(path, door('confirmRequest', 'It was me: the request stands'), async ({ query }, reply) => {
    const toProve = await readProofLink(deps.consent, query.link)
    const { language } = await shownOf(deps, query.link)
    await transact(deps, (trx) => proveByLink(trx, deps, toProve))
    const { title, says } = pageWords[language].done
    return reply.headers(PAGE_HEADERS).send(pageOf({ language, title, says: [says] }))
  })
}

/** Of whom and what a link asks. */
async function shownOf(deps: Deps, token: string) {
  const toProve = await readProofLink(deps.consent, token)
  if (!('requestId' in toProve)) {
    const { language, controller, kind } = toProve
    return { language, company: policyOf(controller).controller.name, what: kind }
  }
  const row = (await readRequest(deps.db, toProve.requestId))!
  const { language = 'nb' } = row.state
  return { language, company: policyOf(row.controller as Asked['controller']).controller.name, what: row.kind }
}
