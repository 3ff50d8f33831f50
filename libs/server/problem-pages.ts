import type { FastifyInstance } from 'fastify'
import { problemKinds } from './problem-kinds.ts'
import { httpError } from './problems.ts'

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
const MAX_AGE_SECONDS = 3_600
const STYLE = 'body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem}'

/** `GET /problems` and `GET /problems/{kind}`: where the `type` of a problem leads (RFC 9457 § 3.1.1). For anybody. */
export function problemPages(server: FastifyInstance) {
  const config = { access: 'public' as const }
  const schema = { hide: true }
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': `public, max-age=${MAX_AGE_SECONDS}`,
  }
  server.get('/problems', { config, schema }, (_request, reply) => reply.headers(headers).send(list))
  server.get<{ Params: { kind: string } }>('/problems/:kind', { config, schema }, (request, reply) => {
    const { kind } = request.params
    if (!Object.hasOwn(problemKinds, kind))
      throw httpError(404, 'route-unknown', 'There is no problem of this kind; see /problems.')
    return reply.headers(headers).send(pages.getOrInsertComputed(kind, pageOf))
  })
}

const page = (title: string, body: string) =>
  `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>\n${body}\n`

/** Both come from the table, whose texts have neither tags nor ampersands. */
const pageOf = (kind: string) =>
  page(
    kind.replaceAll('-', ' '),
    `<p>${problemKinds[kind]}</p>\n<p><a href="/problems">All problems</a> · <a href="/docs">API</a></p>`,
  )
const pages = new Map<string, string>()
const list = page(
  'Problems',
  `<ul>${Object.keys(problemKinds)
    .map((kind) => `<li><a href="/problems/${kind}">${kind.replaceAll('-', ' ')}</a></li>`)
    .join('\n')}</ul>`,
)
