import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { en } from '../pages/words/en.ts'
import { nb } from '../pages/words/nb.ts'
import { anOrder, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const order = anOrder({ customer: { kind: 'consumer', name: EVIL, email: 'kari@example.com' } })
const answers = {
  'GET /orders': { items: [order] },
  [`GET /orders/${ORDER_ID}`]: order,
  'GET /shipments': { items: [] },
}

t.test('a page', async (t) => {
  const house = await startTestConsole(t, { ...answers })
  const visitor = createVisitor(house, { 'accept-language': 'nb' })

  t.test(
    'is for who is signed in: whoever comes is led there and back, and the token never reaches the browser',
    async (t) => {
      const closed = await visitor.ask(`/desk/orders/${ORDER_ID}?x=1`)
      t.equal(closed.status, 303)
      t.equal(closed.headers.get('location'), `/sign-in?back=${encodeURIComponent(`/desk/orders/${ORDER_ID}?x=1`)}`)
      const back = await visitor.signIn('support', `/desk/orders/${ORDER_ID}`)
      t.equal(back.status, 303)
      t.equal(back.headers.get('location'), `/desk/orders/${ORDER_ID}`)
      const page = await visitor.ask(`/desk/orders/${ORDER_ID}`)
      t.equal(page.status, 200)
      t.match(page.text, 'Logget inn som support')
      t.match(house.asked.at(-1)!.authorization, /^Bearer ey/)
      const token = house.asked.at(-1)!.authorization.split(' ')[1]!
      for (const kept of [...visitor.jar.values(), page.text, back.text]) t.notMatch(kept, token)
    },
  )

  t.test('escapes what customers call themselves, and runs no script of theirs', async (t) => {
    for (const path of ['/desk', `/desk/orders/${ORDER_ID}`]) {
      const { text, headers } = await visitor.ask(path)
      t.ok(text.includes(ESCAPED), path)
      t.notOk(text.includes(EVIL))
      t.notMatch(text, /undefined|\[object| style="/)
      const policy = headers.get('content-security-policy')!
      t.match(policy, /default-src 'none'/)
      t.match(policy, /frame-ancestors 'none'/)
      t.notMatch(policy, /unsafe/)
      t.equal(headers.get('cache-control'), 'no-store')
    }
  })

  t.test('speaks the language of the browser, or the one that was chosen', async (t) => {
    const asked = async (headers: Record<string, string> = {}) => (await visitor.ask('/desk', { headers })).text
    t.match(await asked(), /<html lang="nb"/)
    t.match(await asked({ 'accept-language': 'en-GB,en;q=0.9,nb;q=0.5' }), /<html lang="en"/)
    t.match(await asked({ 'accept-language': 'no' }), nb.signOut)
    const chosen = await visitor.ask('/language/en?back=/desk')
    t.equal(chosen.headers.get('location'), '/desk')
    t.match(await asked(), en.signOut)
    t.equal((await visitor.ask('/language/en?back=//evil.example')).headers.get('location'), '/')
    await visitor.ask('/language/nb?back=/desk')
    t.strictSame(Object.keys(en).sort(), Object.keys(nb).sort())
  })

  t.test('loads what is kept for a year under an address of its content, and nothing under another', async (t) => {
    const { text } = await visitor.ask('/desk')
    const loaded = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url!)
    t.equal(loaded.length, 6)
    for (const url of loaded) {
      const { status, headers } = await visitor.ask(url)
      t.equal(status, 200, url)
      t.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
    }
    t.equal((await visitor.ask(loaded[0]!.replace(/\/[0-9a-f]{16}\//, '/0000000000000000/'))).status, 404)
    t.equal((await visitor.ask('/assets/x/..%2f..%2fpackage.json')).status, 404)
  })

  t.test('says in words what is not there, refused or silent, with what it rests on and without a stack', async (t) => {
    t.match((await visitor.ask('/desk/nowhere')).text, nb.title_404)
    t.equal((await visitor.ask('/desk/nowhere')).status, 404)
    const cites = [{ clause: '8.1', text: 'Fristen er fjorten dager.' }]
    house.answers[`GET /orders/${ORDER_ID}`] = problem(409, 'It is too late.', { reasons: [{ code: 'late', cites }] })
    const refused = await visitor.ask(`/desk/orders/${ORDER_ID}`)
    t.equal(refused.status, 409)
    for (const said of ['It is too late.', 'punkt 8.1', 'Fristen er fjorten dager.']) t.match(refused.text, said)
    for (const gone of ['silent', 'cut']) {
      house.answers[`GET /orders/${ORDER_ID}`] = gone
      const silent = await visitor.ask(`/desk/orders/${ORDER_ID}`)
      t.equal(silent.status, 503, gone)
      t.match(silent.text, nb.title_503)
      t.notMatch(silent.text, /at \w+ \(|node_modules/)
      house.answers[`GET /orders/${ORDER_ID}`] = order
      house.answers['GET /shipments'] = gone
      const poorer = await visitor.ask(`/desk/orders/${ORDER_ID}`)
      t.equal(poorer.status, 200, 'the rest is shown')
      t.match(poorer.text, 'forsendelser svarer ikke akkurat nå')
    }
    house.answers['GET /shipments'] = { items: [] }
  })
})

t.test('a form', async (t) => {
  const house = await startTestConsole(t, { ...answers })
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')

  t.test('is refused without its token, or with that of another session, and does nothing', async (t) => {
    const other = createVisitor(house)
    await other.signIn('support')
    const stolen = other.fieldsOf((await other.ask('/desk')).text, '/sign-out')
    for (const fields of [{}, { _csrf: 'made-up' }, stolen]) {
      const { status, text } = await visitor.send('/sign-out', fields)
      t.equal(status, 403)
      t.match(text, en.text_csrf)
    }
    t.equal((await visitor.ask('/desk')).status, 200, 'still signed in')
  })

  t.test('that comes when nobody is signed in any more is refused, not lost in a redirect', async (t) => {
    const stranger = createVisitor(house)
    t.equal((await stranger.send('/desk', {})).status, 404)
    t.equal((await stranger.send('/sign-out', {})).status, 403)
    t.equal((await stranger.send(`/desk/orders/${crypto.randomUUID()}/do/email`, {})).status, 401)
  })

  t.test('signs out: the session is gone, also for who kept its cookie', async (t) => {
    const kept = new Map(visitor.jar)
    const { text } = await visitor.ask('/desk')
    const out = await visitor.send('/sign-out', visitor.fieldsOf(text, '/sign-out'))
    t.equal(out.status, 303)
    t.equal(out.headers.get('location'), '/signed-out')
    t.match((await visitor.ask('/signed-out')).text, 'You are signed out')
    for (const [name, value] of kept) visitor.jar.set(name, value)
    t.equal((await visitor.ask('/desk')).status, 303)
  })
})

t.test('a session', async (t) => {
  const house = await startTestConsole(t, { ...answers })
  const pool = createPool(house.database, { max: 1 })
  t.teardown(() => pool.end())

  t.test('has another name once somebody is signed in, and its row tells neither that nor a token', async (t) => {
    const visitor = createVisitor(house)
    const begun = await visitor.ask('/sign-in')
    const before = visitor.jar.get('session')
    t.ok(before)
    t.match(begun.headers.get('location'), /code_challenge_method=S256/)
    await visitor.signIn('support')
    t.not(visitor.jar.get('session'), before)
    const { rows } = await pool.query('select id, subject, sealed from session where subject is not null')
    t.equal(rows.length, 1)
    t.equal(rows[0].subject, 'support')
    t.notMatch(JSON.stringify(rows), /eyJhbGciOiJSUzI1NiI/)
    t.notOk(decodeURIComponent(visitor.jar.get('session')!).startsWith(rows[0].id))
  })

  t.test('that is deleted, has expired or was changed lets nobody in', async (t) => {
    for (const end of [
      'delete from session where subject is not null',
      `update session set expires_at = now() - interval '1 second'`,
      `update session set sealed = overlay(sealed placing 'AAAA' from 60)`,
    ]) {
      const visitor = createVisitor(house)
      await visitor.signIn('support')
      t.equal((await visitor.ask('/desk')).status, 200)
      await pool.query(end)
      t.equal((await visitor.ask('/desk')).status, 303, end)
    }
  })

  t.test('of who lacks the scope opens no door of staff', async (t) => {
    const visitor = createVisitor(house, { 'accept-language': 'en' })
    await visitor.signIn('customer')
    const { status, text } = await visitor.ask('/desk')
    t.equal(status, 403)
    t.match(text, en.title_403)
    t.notMatch(text, /href="\/desk"/)
  })

  t.test('is not begun by a way back that was not asked for', async (t) => {
    const visitor = createVisitor(house, { 'accept-language': 'en' })
    t.equal((await visitor.ask('/sign-in/callback?code=a&state=b')).status, 400)
    await visitor.ask('/sign-in')
    t.equal((await visitor.ask('/sign-in/callback?code=a&state=b')).status, 400)
    t.equal((await visitor.ask('/desk')).status, 303)
  })
})

t.test('it is alive and ready, and answers in plain text who wants no page', async (t) => {
  const house = await startTestConsole(t, {}, { METRICS_PORT: '0' })
  t.equal((await fetch(`${house.url}/health/live`)).status, 200)
  await eventually('it to be ready', async () => (await fetch(`${house.url}/health/ready`)).ok)
  const plain = await fetch(`${house.url}/nowhere`, { headers: { accept: 'application/json' } })
  t.match(plain.headers.get('content-type'), /text\/plain/)
})
