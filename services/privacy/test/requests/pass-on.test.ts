import t from 'tap'
import { aPerson, exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, pool } = house
const START = clock.at
const { ask, look, mailsTo } = await exporting(house)
const ofClub = { controller: 'smartorg', kind: 'erase', purpose: 'membership' }
const club = () => ({ name: 'Nordlys Turnforening', email: `post${crypto.randomUUID()}@nordlys.example` })
const passOn = (id: string, organisation: object) =>
  call('support', 'PUT', `/requests/${id}/organisation`, organisation)
const read = async (id: string) => (await call('support', 'GET', `/requests/${id}`)).body

t.test('what belongs to an organisation is passed on, and nothing is erased for it', async (t) => {
  const person = aPerson()
  const member = { category: 'member', identifiers: [person], facts: {}, age: 30 }
  t.equal((await call('holder', 'PUT', '/holdings/smartorg/portal/m-1', member)).status, 200)
  const { id, body } = await ask(person, { ...ofClub, words: 'Slett meg fra Nordlys' })
  t.match(body, { status: 'to-pass-on', dueOn: '2026-07-15', organisationsDecide: true })
  const to = club()
  t.match((await passOn(id, to)).body, {
    status: 'to-pass-on',
    passedOn: [{ organisation: to.name, status: 'waiting' }],
  })
  await look()
  t.match(await read(id), { status: 'passed-on', passedOn: [{ organisation: to.name, status: 'sent' }] })
  const [told, more] = mailsTo(to.email)
  t.equal(more, undefined)
  t.match(told!.text, /SmartOrg AS mottok 15\. juni 2026 et krav om sletting/)
  t.match(told!.text, /svar senest 15\. juli 2026/)
  t.match(told!.text, /Slett meg fra Nordlys/)
  t.match(told!.text, new RegExp(`Svar til: ${person.value}`))
  await look()
  const mails = mailsTo(person.value).map(({ text }) => text)
  t.equal(mails.length, 2, 'that it came, and that the organisation has it')
  t.match(mails[1], /behandler dem bare for Nordlys Turnforening, og har sendt kravet videre dit/)
  t.strictSame((await call('holder', 'GET', '/erasures/of-system/portal')).body.items, [])
})

t.test('nobody is told that a request was passed on before the organisation’s mail server took it', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, ofClub)
  await passOn(id, { ...club(), email: 'bounce@nordlys.example' })
  await look()
  t.match(await read(id), { status: 'to-pass-on', answeredAt: undefined, passedOn: [{ status: 'refused' }] })
  t.notOk(mailsTo(person.value).some(({ text }) => /sendt kravet videre/.test(text)))
  const right = club()
  await passOn(id, right)
  await look()
  t.match(await read(id), { status: 'passed-on', passedOn: [{ status: 'refused' }, { status: 'sent' }] })
  t.equal(mailsTo(right.email).length, 1)
})

t.test('whoever is not the person reads and passes on nothing under the id of their request', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, { ...ofClub, words: 'Bare til klubben' })
  const evil = club()
  const body = { ...ofClub, channel: 'signed-in', identifiers: [aPerson()], organisation: evil }
  const asked = await call('storefront', 'PUT', `/requests/${id}`, body)
  t.match(asked, { status: 409, body: { type: '/problems/request-differs', words: undefined } })
  const again = { ...body, identifiers: [person] }
  t.equal((await call('storefront', 'PUT', `/requests/${id}`, again)).status, 200)
  await look()
  t.equal((await read(id)).status, 'to-pass-on', 'said again it passes nothing on')
  t.strictSame(mailsTo(evil.email), [])
})

t.test('what no mail server took within its time can be passed on again', async (t) => {
  const { id } = await ask(aPerson(), ofClub)
  await passOn(id, club())
  clock.at = '2026-07-20T09:05:00Z'
  await look()
  t.match(await read(id), { status: 'to-pass-on', passedOn: [{ status: 'refused' }] })
  const to = club()
  await passOn(id, to)
  await look()
  t.match(await read(id), { status: 'passed-on' })
  t.equal(mailsTo(to.email).length, 1)
  clock.at = START
})

t.test('named by two at once, and once more when it has it, an organisation gets one mail', async (t) => {
  const { id } = await ask(aPerson(), ofClub)
  const to = club()
  await Promise.all([passOn(id, to), passOn(id, to)])
  await look()
  t.equal((await passOn(id, to)).status, 200)
  await look()
  t.equal(mailsTo(to.email).length, 1)
})

t.test(
  'named with the request it is written to at once, and knows who asks without an address to answer to',
  async (t) => {
    const person = aPerson()
    const to = club()
    const { id } = await ask(person, { ...ofClub, replyTo: undefined, organisation: to })
    await look()
    t.equal((await read(id)).status, 'passed-on')
    t.match(mailsTo(to.email)[0]!.text, new RegExp(`Det gjelder: ${person.value}`))
  },
)

t.test(
  'who asks for all to be erased is told what only the organisation can let go, and staff may pass that on too',
  async (t) => {
    const person = aPerson()
    const member = { category: 'member', identifiers: [person], facts: {}, age: 30 }
    await call('holder', 'PUT', '/holdings/smartorg/portal/m-2', member)
    const { id, body } = await ask(person, { controller: 'smartorg', kind: 'erase' })
    t.match(body, { status: 'open', kept: [{ record: 'm-2', decidedBy: 'organisation' }] })
    const to = club()
    t.match(await passOn(id, to), { status: 200, body: { passedOn: [{ status: 'waiting' }] } })
    await look()
    t.match(await read(id), { passedOn: [{ status: 'sent' }] })
    t.equal(mailsTo(to.email).length, 1)
  },
)

t.test('what cannot be passed on is refused with what to do', async (t) => {
  const own = await ask(aPerson(), { kind: 'erase' })
  t.match(await passOn(own.id, club()), { status: 409, body: { type: '/problems/nobody-else-decides' } })
  const { id } = await ask(aPerson(), { ...ofClub, replyTo: undefined })
  t.match(await passOn(id, club()), { status: 400, body: { detail: /person is missing/ } })
  t.equal((await passOn(id, { ...club(), person: 'Medlem 4711' })).status, 200)
  t.match(await call('support', 'PUT', `/requests/${id}/doubt`, { why: 'Ukjent avsender' }), {
    status: 409,
    body: { type: '/problems/organisation-answers' },
  })
  t.match(await passOn(crypto.randomUUID(), club()), { status: 404 })
  t.match(await ask(aPerson(), { organisation: club() }), { status: 409 })
})

t.test('the address of an organisation stands nowhere but in the sealed mail', async (t) => {
  const to = club()
  await ask(aPerson(), { ...ofClub, organisation: to })
  const { rows } = await pool.query(
    `select 1 from request where state::text || personal::text like '%' || $1 || '%'
     union all select 1 from request_mail where about like '%' || $1 || '%' or sealed like '%' || $1 || '%'`,
    [to.email],
  )
  t.strictSame(rows, [])
})
