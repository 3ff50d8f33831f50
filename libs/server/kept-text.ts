import { createHash } from 'node:crypto'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { FastifyRequest } from 'fastify'
import { namesTag } from './conditional.ts'

/** Texts that anybody may read and keep, such as editions of the terms: with a tag, in a language and form that a reader asks for. */

export type Tagged = { body: string; etag: string }
/**
 * A text with its own SHA-256 as its tag. By hand, since @fastify/etag knows neither lists nor `*`, and would hash at every request a
 * text that never changes.
 */
export const tagged = (body: string): Tagged => ({
  body,
  etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
})

type Kept = Tagged & { media: string; maxAgeSeconds: number }

/** A text that anybody may keep, or 304 to who has it. */
export function cacheable(headers: { 'if-none-match'?: string }, { body, etag, media, maxAgeSeconds }: Kept) {
  const keep = { etag, 'cache-control': `public, max-age=${maxAgeSeconds}` }
  if (namesTag(headers['if-none-match'], etag)) return { status: 304, headers: keep } as const
  return { status: 200, headers: { ...keep, 'content-type': `${media}; charset=utf-8` }, body } as const
}

/** What Accept-Language wants most, else Bokmål, which also serves who reads Nynorsk or says only Norwegian. */
export const wantedLocale = (request: FastifyRequest): Locale =>
  request.language(['nb', 'nn', 'no', 'en']) === 'en' ? 'en' : 'nb'

/** The format that the Accept header wants most, else the first: that serves a reader better than 406. */
export function wantedFormat<Format extends string>(request: FastifyRequest, media: Record<Format, string>): Format {
  const formats = Object.keys(media) as Format[]
  const wanted = request.type(Object.values(media))
  return formats.find((format) => media[format] === wanted) ?? formats[0]!
}
