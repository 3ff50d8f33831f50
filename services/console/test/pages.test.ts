import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { type Answers, createVisitor, startTestConsole } from './console.ts'
import { places } from './page-kinds.ts'

const MOST_BYTES = 100_000
const settings = {
  ...{ SHOP_CLIENT_ID: 'shop', SHOP_CLIENT_SECRET: 'test-only', PRIVACY_URL: '', MY_DATA_CLIENT_ID: 'pages' },
  SIDEBAR_FRAMED_BY: 'https://help.example.com',
}
/** What is no page: files, ways to another page, and what tells a machine how the console is. */
const NO_PAGE =
  /^\*|^\/$|^\/(assets|language|health|sign-in|shop\/country)|\/(check|change|tag|untag|acknowledgement|calendar|packing-slip|label|archive|pdf)$|\/(documents|attachments|photos)\/:/

/** The routes of every server that is made meanwhile. */
async function routesOf(make: () => Promise<unknown>) {
  const routes = new Set<string>()
  const listen = (message: unknown) =>
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      if ([method].flat().includes('GET')) routes.add(url)
    })
  subscribe('fastify.initialization', listen)
  await make()
  unsubscribe('fastify.initialization', listen)
  return [...routes]
}

/** The services answer what those of a place do, which differ. */
let answering: Answers = {}
const answers = new Proxy<Answers>({}, { get: (_, key: string) => answering[key] })
let house!: Awaited<ReturnType<typeof startTestConsole>>
const routes = await routesOf(async () => {
  house = await startTestConsole(t, answers, settings)
})

const asked = new Set<string>()
for (const { who, answers, before, pages } of places)
  t.test(`no page of ${who} asks more often or is larger than it may, with all lists full`, async (t) => {
    answering = answers
    const visitor = createVisitor(house, { 'accept-language': 'nb' })
    if (who !== 'nobody') await visitor.signIn(who)
    const found = (await before?.(visitor)) ?? {}
    for (const [page, most] of Object.entries(pages)) {
      const path = found[page] ?? page
      house.asked.length = 0
      const { status, text } = await visitor.ask(path)
      t.equal(status, 200, path)
      const bytes = gzipSync(text).length
      t.ok(bytes <= MOST_BYTES, `${path} has ${bytes} bytes`)
      const calls = house.asked.map(({ method, url }) => `${method} ${url}`)
      t.ok(calls.length <= most, `${path} asks ${calls.length} times: ${calls.join(', ')}`)
      asked.add(path.split('?')[0]!)
    }
  })

t.test('every page there is was asked for', async (t) => {
  const patterns = routes.filter((route) => !NO_PAGE.test(route))
  const missing = patterns.filter((route) => {
    const pattern = new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`)
    return ![...asked].some((path) => pattern.test(path))
  })
  t.strictSame(missing, [])
  t.ok(patterns.length > 50)
})
