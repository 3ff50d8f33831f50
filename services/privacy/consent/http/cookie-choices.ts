import { Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { askedAgainAt, browserKey, choiceOf, keepChoice } from '../cookies.ts'
import { keepText } from '../store.ts'
import { BrowserId, tags, textFields } from './parts.ts'

const browser = {
  controller: ControllerId,
  browser: BrowserId,
}
const Choice = Type.Object(
  {
    accepted: Type.Array(Type.String({ examples: ['analytics-cookies'] })),
    chosenAt: Instant,
    askAgainAt: Type.String({ ...Instant, description: 'From when on it is as if nothing had been chosen.' }),
    textSha256: Type.String(),
  },
  { title: 'CookieChoice' },
)

/** `PUT` and `GET /cookie-choices`: what a browser chose; no answer is a no to all that is not necessary (ekomloven § 3-15). */
export function cookieChoices(server: Server, deps: Deps) {
  const { db, clock, subjectKey } = deps
  const keyOf = browserKey(subjectKey)
  const accepted = Type.Array(Type.Union([Type.Literal('analytics-cookies'), Type.Literal('marketing-cookies')]), {
    uniqueItems: true,
    description: 'What is accepted beyond what is necessary; empty declines all, and takes back what was accepted.',
  })

  server.put(
    '/cookie-choices',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'chooseCookies',
        summary: 'Keep what a browser chose of cookies',
        tags,
        body: Type.Object(
          { ...browser, accepted, text: textFields.text, language: textFields.language },
          { additionalProperties: false, title: 'CookiesChosen' },
        ),
        response: { 200: Choice, ...problems(400) },
      },
    },
    async ({ body }) => {
      const at = clock.now().toString()
      const textSha256 = await transact(deps, async (trx) => {
        const sha256 = await keepText(trx, { ...body, at })
        const { controller, accepted } = body
        await keepChoice(trx, { controller, browser: keyOf(body), accepted, textSha256: sha256, at })
        return sha256
      })
      return { accepted: body.accepted, chosenAt: at, askAgainAt: askedAgainAt(at), textSha256 }
    },
  )

  server.get(
    '/cookie-choices',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'readCookieChoice',
        summary: 'Read what a browser chose of cookies',
        tags,
        querystring: Type.Object(browser, { additionalProperties: false }),
        response: { 200: Choice, ...problems(400, 404) },
      },
    },
    async ({ query }) => {
      const choice = await choiceOf(db, keyOf(query), clock.now())
      if (choice === undefined)
        throw httpError(404, 'choice-unknown', 'Nothing was chosen, or it is to be asked again.')
      const chosenAt = Temporal.Instant.from(choice.at).toString()
      return { accepted: choice.accepted, chosenAt, askAgainAt: askedAgainAt(chosenAt), textSha256: choice.text_sha256 }
    },
  )
}
