import { Locale } from '@vilkar/contracts/parts.ts'
import { Unchanged } from '@vilkar/server/conditional.ts'
import type { Server } from '@vilkar/server/http.ts'
import { cacheable, type Tagged, tagged, wantedFormat, wantedLocale } from '@vilkar/server/kept-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { Edition } from '@vilkar/terms/editions/load.ts'
import { editionById, editions } from '@vilkar/terms/editions/registry.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { PAGE_POLICY, termsPage } from './terms-page.ts'
import { EditionItem, EditionView, editionItem, editionView } from './terms-view.ts'

const MEDIA = { json: 'application/json', markdown: 'text/markdown', html: 'text/html' } as const
type Format = keyof typeof MEDIA

/** The list turns over when an edition begins; an edition never changes, but findings about it may be added. */
const LIST_MAX_AGE_SECONDS = 60
const EDITION_MAX_AGE_SECONDS = 3_600
const MAX_PARAM_LENGTH = 64

const EditionParams = Type.Object({
  seller: Type.String({ maxLength: MAX_PARAM_LENGTH, examples: ['shop'] }),
  date: Type.String({ maxLength: MAX_PARAM_LENGTH, examples: ['2026-01-15'] }),
})
const EditionQuery = Type.Object(
  {
    locale: Type.Optional(
      Type.Unsafe<Static<typeof Locale>>({
        ...Locale,
        description: 'Goes before Accept-Language; nb when neither says.',
      }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('markdown'), Type.Literal('html')], {
        description: 'Goes before Accept; json when neither says.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** `GET /terms` and `GET /terms/{seller}/{date}`: every edition ever in force, for anybody to read and to cache. */
export function terms(server: Server, { clock }: Deps) {
  server.get(
    '/terms',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'listEditions',
        summary: 'List the editions of the terms',
        description: 'Every edition that is or was in force, newest first. An order keeps the one it was placed under.',
        tags: ['terms'],
        response: { 200: Type.Object({ items: Type.Array(EditionItem) }, { title: 'TermsEditions' }), 304: Unchanged },
      },
    },
    async ({ headers }, reply) => {
      const newestFirst = editions().toSorted((a, b) => Temporal.Instant.compare(b.inForceFrom, a.inForceFrom))
      const now = clock.now()
      const body = JSON.stringify({ items: newestFirst.map((edition) => editionItem(edition, now)) })
      const answer = cacheable(headers, { ...tagged(body), media: MEDIA.json, maxAgeSeconds: LIST_MAX_AGE_SECONDS })
      return reply
        .status(answer.status)
        .headers(answer.headers)
        .send(answer.body as never)
    },
  )

  server.get(
    '/terms/:seller/:date',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readEdition',
        summary: 'Read an edition of the terms',
        description:
          'In JSON with what keeps each sentence, in Markdown as mails carry it, or as a page whose clauses and sentences have anchors (`#c8`, `#c8.2`). Where the printed terms fall short of the law, the findings say so and what customers get instead.',
        tags: ['terms'],
        params: EditionParams,
        querystring: EditionQuery,
        response: {
          200: {
            description: 'The edition.',
            content: {
              [MEDIA.json]: { schema: EditionView },
              [MEDIA.markdown]: { schema: Type.String() },
              [MEDIA.html]: { schema: Type.String() },
            },
          },
          304: Unchanged,
          ...problems(400, 404),
        },
      },
    },
    async (request, reply) => {
      const { params, query, headers } = request
      const id = `${params.seller}/${params.date}`
      const edition = editionById(id)
      if (edition === undefined)
        throw httpError(404, 'edition-unknown', `There is no edition ${id} of any terms; see /terms.`)
      const locale = query.locale ?? wantedLocale(request)
      const format = query.format ?? wantedFormat(request, MEDIA)
      const text = written.getOrInsertComputed(`${id} ${locale} ${format}`, () =>
        tagged(write[format](edition, locale)),
      )
      const answer = cacheable(headers, { ...text, media: MEDIA[format], maxAgeSeconds: EDITION_MAX_AGE_SECONDS })
      reply.headers({ 'content-language': locale, vary: 'accept, accept-language' })
      if (format === 'html') reply.header('content-security-policy', PAGE_POLICY)
      return reply
        .status(answer.status)
        .headers(answer.headers)
        .send(answer.body as never)
    },
  )
}

const write: Record<Format, (edition: Edition, locale: Static<typeof Locale>) => string> = {
  json: (edition, locale) => JSON.stringify(editionView(edition, locale)),
  markdown: (edition, locale) => edition.text(locale),
  html: (edition, locale) => termsPage(editionView(edition, locale)),
}

/** Editions and findings are constants of the process, so each of their few texts is written once. */
const written = new Map<string, Tagged>()
