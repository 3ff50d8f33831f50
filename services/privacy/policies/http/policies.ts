import { Locale } from '@vilkar/contracts/parts.ts'
import { Unchanged } from '@vilkar/server/conditional.ts'
import type { FastifyReply, FastifyRequest, Server } from '@vilkar/server/http.ts'
import { cacheable, type Tagged, tagged, wantedFormat, wantedLocale } from '@vilkar/server/kept-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { currentPolicy, type PolicyEdition, policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
import { ControllerId } from '../controllers.ts'
import { PAGE_POLICY, policyPage } from '../policy-page.ts'
import { itemOf, PolicyItem, PolicyView, viewOf } from './policy-view.ts'

const tags = ['policies']
const MEDIA = { json: 'application/json', html: 'text/html' } as const
type Format = keyof typeof MEDIA
type Wanted = { locale?: Static<typeof Locale>; format?: Format }
/** A new edition is seen within the minute; findings about one may be added. */
const MAX_AGE_SECONDS = 60

const Query = Type.Object(
  {
    locale: Type.Optional(
      Type.Unsafe<Static<typeof Locale>>({
        ...Locale,
        description: 'Goes before Accept-Language; nb when neither says.',
      }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('html')], {
        description: 'Goes before Accept; json when neither says.',
      }),
    ),
  },
  { additionalProperties: false },
)
const answers = {
  200: {
    description: 'The edition.',
    content: { [MEDIA.json]: { schema: PolicyView }, [MEDIA.html]: { schema: Type.String() } },
  },
  304: Unchanged,
  ...problems(400, 404),
}
const description =
  'In JSON, or as a page on which each section has an address (`#s-11`), in Norwegian or English: what the controller promises, in our own words. Where the policy falls short of the law or of itself, the findings say so.'

/** `GET /policies…`: what each controller promises, for anybody to read and to keep. */
export function policies(server: Server) {
  server.get(
    '/policies',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'listPolicies',
        summary: 'List the privacy policies',
        description: 'Every edition that is known, of each controller the newest first.',
        tags,
        response: { 200: Type.Object({ items: Type.Array(PolicyItem) }, { title: 'Policies' }) },
      },
    },
    async () => ({ items: policyIds.flatMap((id) => policyEditions(id).toReversed().map(itemOf)) }),
  )
  server.get(
    '/policies/:controller',
    {
      config: { access: 'public' },
      schema: {
        ...{ operationId: 'readPolicy', summary: 'Read the privacy policy that is in force', description, tags },
        params: Type.Object({ controller: ControllerId }),
        querystring: Query,
        response: answers,
      },
    },
    async (request, reply) => send(request, reply, currentPolicy(request.params.controller), request.query),
  )
  server.get(
    '/policies/:controller/:date',
    {
      config: { access: 'public' },
      schema: {
        ...{ operationId: 'readPolicyEdition', summary: 'Read an edition of a privacy policy', description, tags },
        params: Type.Object({
          controller: ControllerId,
          date: Type.String({ format: 'date', examples: ['2026-01-15'] }),
        }),
        querystring: Query,
        response: answers,
      },
    },
    async (request, reply) => {
      const { controller, date } = request.params
      const edition = policyEditions(controller).find(({ since }) => since === date)
      if (edition === undefined)
        throw httpError(
          404,
          'edition-unknown',
          `There is no edition ${controller}/${date} of any policy; see /policies.`,
        )
      return send(request, reply, edition, request.query)
    },
  )
}

/** Editions and findings are constants of the process, so each of their few texts is written once. */
const written = new Map<string, Tagged>()

function send(request: FastifyRequest, reply: FastifyReply, edition: PolicyEdition, wanted: Wanted) {
  const locale = wanted.locale ?? wantedLocale(request)
  const format = wanted.format ?? wantedFormat(request, MEDIA)
  const text = written.getOrInsertComputed(`${edition.id} ${locale} ${format}`, () => {
    const view = viewOf(edition, locale)
    return tagged(format === 'html' ? policyPage(view) : JSON.stringify(view))
  })
  const kept = { ...text, media: MEDIA[format], maxAgeSeconds: MAX_AGE_SECONDS }
  const { status, headers, body } = cacheable(request.headers, kept)
  reply.headers({ 'content-language': locale, vary: 'accept, accept-language' })
  if (format === 'html') reply.header('content-security-policy', PAGE_POLICY)
  return reply
    .status(status)
    .headers(headers)
    .send(body as never)
}
