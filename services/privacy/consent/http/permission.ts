import { Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { browserKey, choiceOf } from '../cookies.ts'
import { permission } from '../permission.ts'
import { isCookie, PurposeName } from '../purposes.ts'
import { standing } from '../record.ts'
import { saleOf } from '../sales.ts'
import { isChild, readLog, readSuppressions } from '../store.ts'
import { unsubscribeLink } from '../unsubscribe.ts'
import { BrowserId, Language, subjectFields, tags } from './parts.ts'

const Hash = Type.String({ description: 'Keyed hash.' })
const Entry = Type.Object({
  purpose: PurposeName,
  what: Type.Union([Type.Literal('given'), Type.Literal('withdrawn')]),
  at: Instant,
  recordedAt: Instant,
  by: Type.String(),
  source: Type.String(),
  textSha256: Type.Optional(Type.String()),
  guardian: Type.Optional(Hash),
})

/** `GET /permission`: what may be done with what is known of a person. */
export function permissions(server: Server, { db, clock, consent, subjectKey }: Deps) {
  server.get(
    '/permission',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'askPermission',
        summary: 'Ask whether somebody may be reached for a purpose, and why',
        description:
          'Ask before each sending, and not once for all. With a granted newsletter come the headers by which it is left, which the mail has to carry (RFC 8058). Of cookies the choice of the `browser` counts too.',
        tags,
        querystring: Type.Object(
          {
            ...subjectFields,
            purpose: PurposeName,
            similarGoods: Type.Optional(
              Type.Boolean({ description: 'It is about goods of the kind that was bought.' }),
            ),
            recipient: Type.Optional(
              Type.String({ maxLength: 60, description: 'Who is to get data, as the policy names them.' }),
            ),
            browser: Type.Optional(BrowserId),
            language: Type.Optional(Language),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object(
            {
              outcome: Type.Union([Type.Literal('granted'), Type.Literal('refused'), Type.Literal('review')]),
              reasons: Reasons,
              headers: Type.Optional(Type.Record(Type.String(), Type.String())),
            },
            { title: 'Permission' },
          ),
          ...problems(400),
        },
      },
    },
    async ({ query: { controller, kind, value, language = 'nb', browser, ...question } }) => {
      const subject = subjectKey({ controller, kind, value })
      const now = clock.now()
      const stands = await standing(db, subject, question.purpose)
      const sale = await saleOf(db, subject, now)
      const child = await isChild(db, subject, osloDay(now))
      const choice =
        browser !== undefined && isCookie(question.purpose)
          ? await choiceOf(db, browserKey(subjectKey)({ controller, browser }), now)
          : undefined
      const { outcome, reasons } = permission(policyOf(controller), question, {
        ...stands,
        child,
        ...(sale && { sale }),
        ...(choice && { accepted: choice.accepted.includes(question.purpose) }),
      })
      if (outcome !== 'granted' || question.purpose !== 'newsletter') return { outcome, reasons }
      const { headers } = await unsubscribeLink(consent, { subject, controller, purpose: question.purpose, language })
      return { outcome, reasons, headers: { ...headers } }
    },
  )
}

/** `GET /consents`: what a person said of consent, and what they opted out of. */
export function readConsents(server: Server, { db, clock, subjectKey }: Deps) {
  server.get(
    '/consents',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readConsents',
        summary: 'Read what somebody said of consent, and what they opted out of',
        tags,
        querystring: Type.Object(subjectFields, { additionalProperties: false }),
        response: {
          200: Type.Object(
            {
              log: Type.Array(Entry),
              suppressed: Type.Array(
                Type.Object({
                  purpose: Type.String({ description: 'all: every direct marketing.' }),
                  at: Instant,
                  source: Type.String(),
                }),
              ),
              child: Type.Boolean({ description: 'Too young to consent alone, by what was said of their age.' }),
            },
            { title: 'Consents' },
          ),
          ...problems(400),
        },
      },
    },
    async ({ query }) => {
      const subject = subjectKey(query)
      const log = await readLog(db, subject)
      const suppressed = await readSuppressions(db, subject)
      return {
        log: log.map(({ purpose, what, at, recorded_at, by, source, text_sha256, guardian }) => ({
          ...{ purpose, what, at: instantOf(at), recordedAt: instantOf(recorded_at), by, source },
          ...(text_sha256 !== null && { textSha256: text_sha256 }),
          ...(guardian !== null && { guardian }),
        })),
        suppressed: suppressed.map(({ purpose, at, source }) => ({ purpose, at: instantOf(at), source })),
        child: await isChild(db, subject, osloDay(clock.now())),
      }
    },
  )
}

const instantOf = (text: string) => Temporal.Instant.from(text).toString()
