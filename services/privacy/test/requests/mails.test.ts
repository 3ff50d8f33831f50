import t from 'tap'
import { aPerson, exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, db, pool } = house
const { ask, look, mailsTo, pathIn, follow, order } = await exporting(house)
const START = clock.at
const step = (id: string, path: string, body: object) => call('support', 'PUT', `/requests/${id}/${path}`, body)
/** The one mail to an address whose text says this. */
const mailSaying = (address: string, says: RegExp) => {
  const found = mailsTo(address).filter(({ text }) => says.test(text))
  t.equal(found.length, 1, String(says))
  return found[0]!.text
}
const addressOf = async (id: string) =>
  (await pool.query(`select personal ->> 'replyTo' as address from request where id = $1`, [id])).rows[0].address

t.test(
  'who asks is told that it came, by which day it is answered and where to complain, in their language',
  async (t) => {
    const [one, other] = [aPerson(), aPerson()]
    await ask(one, { kind: 'rectify', words: 'Jeg heter Kari' })
    await ask(other, { kind: 'rectify', words: 'I am Kari', language: 'en' })
    await look()
    t.match(
      mailSaying(one.value, /mottok 15\. juni 2026 kravet ditt om retting/),
      /senest 15\. juli 2026.*Datatilsynet/s,
    )
    t.match(mailSaying(other.value, /On 15 June 2026 SmartGroup AS received/), /by 15 July 2026.*Datatilsynet/s)
  },
)

t.test('asked twice nobody is mailed twice, and without an address nobody is', async (t) => {
  const person = aPerson()
  const body = { controller: 'smartgroup', kind: 'rectify', channel: 'signed-in', identifiers: [person], words: 'Kari' }
  const id = crypto.randomUUID()
  for (const _ of [1, 2]) await call('storefront', 'PUT', `/requests/${id}`, { ...body, replyTo: person.value })
  await call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, body)
  await look()
  t.equal(mailsTo(person.value).length, 1)
})

t.test('a doubt, more time, an answer and a refusal are told with their reasons', async (t) => {
  const person = aPerson()
  const asked = { kind: 'rectify', words: 'Jeg heter Kari', channel: 'email' }
  const { id } = await ask(person, asked, 'support')
  await step(id, 'doubt', { why: 'Avsenderadressen er ukjent hos oss' })
  await step(id, 'identity', { why: 'Ringte tilbake' })
  await step(id, 'extension', { why: 'Mange saker på én gang' })
  await step(id, 'answer', { outcome: 'done', answer: 'Navnet er rettet' })
  const refused = await ask(person, asked, 'support')
  await step(refused.id, 'answer', { outcome: 'refused', answer: 'Navnet stemmer med folkeregisteret' })
  await look()
  t.match(mailSaying(person.value, /ukjent hos oss/), /Send ikke kopi av legitimasjon/)
  t.match(mailSaying(person.value, /Mange saker/), /senest 15\. september 2026/)
  mailSaying(person.value, /Navnet er rettet/)
  t.match(mailSaying(person.value, /folkeregisteret/), /klage til Datatilsynet.*domstolene/s)
  t.notMatch(
    mailsTo(person.value)
      .map(({ text }) => text)
      .join(),
    /Ringte tilbake/,
    'what staff noted for themselves',
  )
})

t.test('who is erased is told what went and what stays, and why; the address goes with that mail', async (t) => {
  const person = aPerson()
  const account = { category: 'account', identifiers: [person], facts: {} }
  await call('holder', 'PUT', '/holdings/smartgroup/accounts/u-1', account)
  const before = await ask(person, { kind: 'object', purpose: 'direct-marketing' })
  const { id } = await ask(person, { kind: 'erase' })
  await look()
  t.equal(await addressOf(id), person.value, 'kept until the answer')
  const [erasure] = (await call('holder', 'GET', '/erasures/of-system/accounts')).body.items
  const counts = { blanked: 1, deleted: 0, events: 0, files: 0 }
  await call('holder', 'PUT', `/erasures/${erasure.id}/answer`, { erased: ['u-1'], counts })
  const { settleRequests } = await import('../../requests/settle.ts')
  clock.at = '2026-06-16T09:05:00Z'
  await settleRequests(house.deps)
  await look()
  mailSaying(person.value, /Opplysningene er slettet hos alle/)
  t.equal(await addressOf(id), null)
  t.equal(await addressOf(before.id), null, 'nor that of what else they asked')
  const { rows } = await pool.query(
    'select sealed from request_mail where request_id = any($1) and sealed is not null',
    [[id, before.id]],
  )
  t.strictSame(rows, [])
  clock.at = START
})

t.test(
  'what was only stored is used again once the person was mailed, and at once where there is no address',
  async (t) => {
    const [person, silent] = [aPerson(), aPerson()]
    const endedOf = async (id: string) =>
      (await call('support', 'GET', `/requests/${id}/person`)).body.restrictions.map(
        ({ endedAt }: { endedAt?: string }) => endedAt !== undefined,
      )
    const lift = (id: string) => call('support', 'DELETE', `/requests/${id}/restriction`)
    const { id } = await ask(person, { kind: 'restrict' })
    await look()
    t.equal((await lift(id)).status, 204)
    t.strictSame(await endedOf(id), [false])
    await look()
    t.strictSame(await endedOf(id), [true])
    mailSaying(person.value, /fra i dag brukes de igjen som før/)
    await lift(id)
    await look()
    mailSaying(person.value, /fra i dag brukes de igjen som før/)
    const other = await ask(silent, { kind: 'restrict', replyTo: undefined })
    await lift(other.id)
    t.strictSame(await endedOf(other.id), [true])
  },
)

t.test('of nothing that is restricted the person hears no end, and of what is later they do', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, { kind: 'restrict', channel: 'form' })
  const lift = () => call('support', 'DELETE', `/requests/${id}/restriction`)
  t.equal((await lift()).status, 204)
  await step(id, 'identity', { why: 'Ringte tilbake' })
  await look()
  t.notOk(mailsTo(person.value).some(({ text }) => /brukes de igjen/.test(text)))
  clock.at = '2026-09-15T09:05:00Z'
  await look()
  t.equal(await addressOf(id), person.value, 'kept for that mail')
  await lift()
  await look()
  mailSaying(person.value, /fra i dag brukes de igjen/)
  const { restrictions } = (await call('support', 'GET', `/requests/${id}/person`)).body
  t.match(restrictions, [{ endedAt: '2026-09-15T09:05:00Z' }])
  clock.at = START
})

t.test('a mail about lifting that nobody took in its time lifts all the same', async (t) => {
  const { id } = await ask(aPerson(), { kind: 'restrict' })
  await look()
  await call('support', 'DELETE', `/requests/${id}/restriction`)
  clock.at = '2026-07-20T09:05:00Z'
  await look()
  const { restrictions } = (await call('support', 'GET', `/requests/${id}/person`)).body
  t.match(restrictions, [{ endedAt: '2026-07-20T09:05:00Z' }])
  clock.at = START
})

t.test('of others the address goes a month after the answer', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, { kind: 'object', purpose: 'direct-marketing' })
  clock.at = '2026-07-15T09:05:00Z'
  await look()
  t.equal(await addressOf(id), person.value)
  clock.at = '2026-07-15T09:05:01Z'
  await look()
  t.equal(await addressOf(id), null)
  clock.at = START
})

t.test('who is not signed in asks by their address, and nothing stands until the link is followed', async (t) => {
  const person = aPerson()
  await order(person)
  const asked = { controller: 'smartgroup', kind: 'access', email: person.value, words: 'Hva har dere?' }
  t.match(await call('nobody', 'POST', '/request-links', asked), { status: 202, body: { confirmBy: '2026-06-22' } })
  t.equal((await call('nobody', 'POST', '/request-links', asked)).status, 202)
  await look()
  const link = pathIn(mailSaying(person.value, /Noen har oppgitt denne adressen/))
  const subjects = house.deps.subjectKey({ controller: 'smartgroup', kind: 'email', value: person.value })
  const stands = async () =>
    (
      await pool.query('select id, channel, status, received_on::text from request where $1 = any(subjects)', [
        subjects,
      ])
    ).rows
  clock.at = '2026-06-17T09:00:00Z'
  t.equal((await follow('GET', link)).status, 200)
  t.strictSame(await stands(), [], 'reading the page changes nothing')
  for (const _ of [1, 2]) t.match((await follow('POST', link)).text, /Kravet er mottatt/)
  const [request, ...more] = await stands()
  t.match(request, { channel: 'link', received_on: '2026-06-15' })
  t.strictSame(more, [])
  await look()
  t.match(mailSaying(person.value, /Det SmartGroup AS har lagret om deg/), /download/)
  clock.at = '2026-06-22T09:05:01Z'
  t.equal((await follow('POST', link)).status, 404)
  clock.at = START
})

t.test('a form with an address that the person is known by needs no more proof than that address', async (t) => {
  const [one, other] = [aPerson(), aPerson()]
  const { id } = await ask(one, { kind: 'erase', channel: 'form' })
  const foreign = await ask(one, { kind: 'erase', channel: 'form', replyTo: other.value })
  await look()
  t.notMatch(
    mailSaying(other.value, /Vi har fått|mottok/),
    /request-confirmations/,
    'a stranger’s address proves nothing',
  )
  const link = pathIn(mailSaying(one.value, /request-confirmations/))
  await follow('POST', link)
  t.match((await call('support', 'GET', `/requests/${id}`)).body.status, /open|answered/)
  t.equal((await call('support', 'GET', `/requests/${foreign.id}`)).body.status, 'waiting-for-identity')
})

t.test('a mail server that takes nothing leaves the mail waiting, and then calls a person', async (t) => {
  const { requestMailSource } = await import('../../requests/mails/queue.ts')
  const { sql } = await import('kysely')
  const bounced = `bounce-${crypto.randomUUID()}@example.com`
  const { id } = await ask({ kind: 'email', value: bounced }, { kind: 'rectify', words: 'Kari' })
  await look()
  const { rows } = await pool.query('select sent_at, due_at from request_mail where request_id = $1', [id])
  t.strictSame(rows, [{ sent_at: null, due_at: null }], 'refused for good')
  await db.updateTable('request_mail').set({ failing_since: START }).where('request_id', '=', id).execute()
  t.strictSame((await requestMailSource.find(sql`${'2026-06-15T10:05:00Z'}` as never).execute(db)).rows, [])
  t.match((await requestMailSource.find(sql`${'2026-06-15T10:05:01Z'}` as never).execute(db)).rows, [
    { about: 'mails' },
  ])
})
