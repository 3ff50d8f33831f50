import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { startIssuer } from '@vilkar/testing/issuer.ts'
import fastify, { type FastifyRequest } from 'fastify'
import type { Test } from 'tap'
import { Config } from '../config.ts'
import { foldersOfConsole, startConsole } from '../service.ts'
import { composedAnswer } from './composed-answers.ts'

export const PROBLEM = 'application/problem+json'
/** What a service answers, by method and path: a value, or a function of the request, and of the reply where it says more than a body. */
export type Answers = Record<string, unknown>
type Asked = { method: string; url: string; body: unknown; authorization: string; key?: string; forwardedFor?: string }

/**
 * A console of its own, with an issuer, a database, and services that answer what they are told to: `answers` may be changed as a test
 * goes on, `asked` is what they were asked. An answer `{ status, problem }` is a problem, `silent` closes the connection, and `cut` does so in the midst of
 * an answer.
 */
export async function startTestConsole(t: Test, answers: Answers = {}, settings: Record<string, string> = {}) {
  const asked: Asked[] = []
  const services = fastify()
  services.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  services.all('*', async (request, reply) => {
    const { method, url, body, headers } = request
    asked.push({
      method,
      url,
      body,
      authorization: headers.authorization ?? '',
      key: headers['idempotency-key'] as string,
      forwardedFor: headers['x-forwarded-for'] as string,
    })
    const answerTo = (url: string, request: FastifyRequest) => {
      const found = answers[`${method} ${url}`] ?? answers[`${method} ${url.split('?')[0]}`]
      return typeof found === 'function' ? found(request, reply) : found
    }
    const read = (part: string) => answerTo(part, partAsked(request, part))
    const answer = answerTo(url, request) ?? composedAnswer(url, read)
    if (answer === 'silent') return reply.hijack().raw.destroy()
    if (answer === 'cut') {
      const { raw } = reply.hijack()
      raw.writeHead(200, { 'content-type': 'application/json' })
      return raw.write('{"items":', () => raw.destroy())
    }
    if (answer === undefined) return reply.status(404).type(PROBLEM).send(problem(404, 'There is no such thing.'))
    const { status, ...rest } = answer as { status?: unknown; problem?: object }
    if (rest.problem !== undefined) return reply.status(Number(status)).type(PROBLEM).send(rest.problem)
    return answer
  })
  const url = await services.listen({ host: '127.0.0.1', port: 0 })
  const issuer = await startIssuer()
  const database = await freshDatabase(...foldersOfConsole)
  const started = await startConsole(
    readConfig(Config, {
      ...{
        PORT: '0',
        DATABASE_URL: database,
        MIGRATE: 'false',
        AUTH_ISSUER: issuer.url,
        LOG_LEVEL: process.env.CONSOLE_LOG ?? 'silent',
      },
      ...{ ORDERS_URL: url, SHIPPING_URL: url, RETURNS_URL: url, PUBLIC_URL: 'http://127.0.0.1:1' },
      SESSION_SECRETS: 'test-only-test-only-test-only-test-only',
      RATE_LIMIT_PER_MINUTE: '100000',
      ...settings,
      // Attached where a test says so: the services of the test are the privacy service too.
      ...(settings.PRIVACY_URL === '' && { PRIVACY_URL: url }),
    }),
    { clock: systemClock },
  )
  t.teardown(async () => {
    await started.stop()
    await services.close()
    await issuer.stop()
  })
  return { url: started.url, answers, asked, database, issuer }
}
export type TestConsole = Awaited<ReturnType<typeof startTestConsole>>

/** A request as the door of a part would see it. */
const partAsked = (request: FastifyRequest, url: string): FastifyRequest =>
  Object.create(request, {
    url: { value: url },
    query: { value: Object.fromEntries(new URL(url, 'http://house').searchParams) },
  })

export const problem = (status: number, detail: string, more: object = {}) => ({
  status,
  problem: { type: '/problems/some', title: 'some', status, detail, ...more },
})

/** A browser without a screen: it keeps cookies and follows no redirect by itself. */
export function createVisitor(
  { url, issuer }: Pick<TestConsole, 'url' | 'issuer'>,
  headers: Record<string, string> = {},
) {
  const jar = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, url), {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', ...(cookie && { cookie }), ...headers, ...init.headers },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** Sends a form as it stands on a page, with what is changed of it. */
  const send = (path: string, fields: Record<string, string>) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })

  return {
    jar,
    ask,
    send,
    /** Signs in as one of the issuer's people, and is led to `back`. */
    async signIn(who: string, back = '/desk') {
      const begun = await ask(`/sign-in?back=${encodeURIComponent(back)}`)
      const authorize = new URL(begun.headers.get('location')!)
      authorize.pathname = '/authorize'
      authorize.searchParams.set('as', who)
      const chosen = await fetch(new URL(authorize, issuer.url), { redirect: 'manual' })
      const callback = new URL(chosen.headers.get('location')!)
      return ask(callback.pathname + callback.search)
    },
    /** The fields of the form of a page that is sent to `action`. */
    fieldsOf: (text: string, action: string): Record<string, string> => {
      const [, form] =
        new RegExp(`<form[^>]* action="${RegExp.escape(action)}"[^>]*>(.*?)</form>`, 's').exec(text) ?? []
      if (form === undefined) throw new Error(`The page has no form for ${action}.`)
      return Object.fromEntries(
        [...form.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)].map(([, name, value]) => [
          name!,
          value!,
        ]),
      )
    },
  }
}
export type Visitor = ReturnType<typeof createVisitor>
