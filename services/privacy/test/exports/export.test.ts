import t from 'tap'
import { Value } from 'typebox/value'
import { ExportContents } from '../../exports/schema.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, exporting, unpacked } from './an-export.ts'

const house = await startPrivacyForTest()
const { call, clock, held, pool } = house
const { ask, look, mailsTo, pathIn, follow, order } = await exporting(house)
const START = clock.at
const state = async (id: string) => (await call('support', 'GET', `/exports/${id}`)).body
const linkTo = (address: string) => pathIn(mailsTo(address).findLast(({ text }) => /download/.test(text))?.text ?? '')

t.test(
  'who is known to be the person gets one archive from all holders, by a mailed link, and is answered by it',
  async (t) => {
    const person = aPerson()
    const orderId = await order(person)
    held[`shipping ${orderId}`] = [
      { place: 'shipment.personal->address', category: 'address', value: { city: 'Oslo' } },
    ]
    const account = { category: 'account', identifiers: [person], facts: { on: { login: '2026-06-01' } } }
    await call('holder', 'PUT', '/holdings/smartgroup/photo-store/u-1', account)
    const { id } = await ask(person, { language: 'en' })
    await look()
    t.match(await state(id), { status: 'collecting' }, 'another system is waited for')

    t.match((await call('holder', 'GET', '/exports/of-system/photo-store')).body.items, [
      { exportId: id, record: 'u-1' },
    ])
    const records = [
      {
        record: 'u-1',
        items: [{ place: 'album/title', category: 'given', value: '<b>Hytta</b>' }],
        withheld: ['Who else is in the pictures.'],
      },
    ]
    t.equal((await call('holder', 'PUT', `/exports/${id}/parts/photo-store`, { records })).status, 204)
    await look()
    t.match(await state(id), { status: 'ready', until: '2026-06-22T09:05:00Z' })
    t.equal((await call('support', 'GET', `/requests/${id}`)).body.status, 'answered')

    const link = linkTo(person.value)
    const page = await follow('GET', link)
    t.equal(page.status, 200)
    t.notMatch(page.text, person.value)
    const { status, bytes, headers } = await follow('POST', link)
    t.match(
      { status, headers },
      { status: 200, headers: { 'content-type': 'application/zip', 'cache-control': 'no-store' } },
    )
    const { names, data, page: index } = unpacked(bytes)
    t.strictSame(names, ['data.json', 'index.html'])
    t.strictSame([...Value.Errors(ExportContents, data)], [], 'as the schema says')
    const shown = data.records.find(({ record }: { record: string }) => record === orderId)
    t.match(shown.data, [
      { holder: 'orders', value: person.value },
      { holder: 'shipping', value: { city: 'Oslo' } },
    ])
    t.match(shown.why[0].cites[0], { act: /SmartGroup/ }, 'each record says by which sentence it is kept')
    t.strictSame(shown.keptBy, ['open-order'])
    t.match(data.requests, [{ id, kind: 'access' }])
    t.match(data.withheld, [
      { what: 'Who else is in the pictures.', reason: { cites: [{ section: 'Art. 15(4)' }] } },
      { what: 'staff', reason: { cites: [{ section: 'Art. 15(4)' }] } },
      { what: 'ledger', reason: { cites: [{ section: '§ 13' }, {}] } },
    ])
    t.match(index, /lang="en"/)
    t.match(index, /&lt;b&gt;Hytta&lt;\/b&gt;/)
    t.notMatch(index, /<script|<b>Hytta/)
  },
)

t.test(
  'returns is asked for an order once: for its cases, where it has any, which are kept by a sentence of their own',
  async (t) => {
    const person = aPerson()
    const orderId = await order(person)
    const returnId = crypto.randomUUID()
    await house.hear('WithdrawalDeclared', { orderId, returnId })
    await house.hear('ReturnClosed', { orderId, returnId, closedAt: '2026-06-14T10:00:00Z' })
    held[`returns ${orderId}`] = [{ place: 'statement.words', category: 'statement', value: 'Jeg angrer' }]
    await ask(person)
    await look()
    const { records } = unpacked((await follow('POST', linkTo(person.value))).bytes).data
    t.match(records, [
      { system: 'shop', record: orderId, data: [{ holder: 'orders' }] },
      {
        system: 'shop-cases',
        record: orderId,
        category: 'support',
        data: [{ holder: 'returns', value: 'Jeg angrer' }],
      },
    ])
  },
)

t.test('a mail is shown as it was read: subject, moment and text, and what went with it by its name', async (t) => {
  for (const [language, sent] of [
    [
      'nb',
      /Emne<\/dt><dd>Takk &lt;Kari&gt;<.*Sendt<\/dt><dd>15\. juni 2026 kl\. 11:05<.*Vedlegg<\/dt><dd>vilkår\.pdf</s,
    ],
    [
      'en',
      /Subject<\/dt><dd>Takk &lt;Kari&gt;<.*Sent<\/dt><dd>15 June 2026 at 11:05<.*Attached<\/dt><dd>vilkår\.pdf</s,
    ],
  ] as const) {
    const person = aPerson()
    const mail = {
      ...{ subject: 'Takk <Kari>', sentAt: '2026-06-15T09:05:00.000Z', text: 'Hei,\n\nordren <din> er her.' },
      attachments: ['vilkår.pdf'],
    }
    await order(person, { items: [{ place: 'mail.message', category: 'correspondence', value: mail }] })
    await ask(person, { language })
    await look()
    const { data, page } = unpacked((await follow('POST', linkTo(person.value))).bytes)
    t.strictSame(data.records[0].data[1].value, mail)
    t.match(page, sent)
    t.match(page, '<pre>Hei,\n\nordren &lt;din&gt; er her.</pre>')
  }
})

t.test('what lets others act is not shown, and who takes data along takes what they gave', async (t) => {
  const person = aPerson()
  const items = [
    { place: 'payment_session.url', category: 'token', value: 'https://pay.example/s3cr3t' },
    { place: 'orders.number', category: 'reference', value: 'SG-1' },
  ]
  await order(person, { items })
  const contents = async (kind: string) => {
    const { id } = await ask(person, { kind })
    await look()
    const { data } = unpacked((await follow('POST', linkTo(person.value))).bytes)
    t.equal(data.request.id, id)
    return { values: data.records[0].data.map(({ value }: { value: string }) => value), withheld: data.withheld }
  }
  const seen = await contents('access')
  t.strictSame(seen.values, [person.value, 'SG-1'])
  t.match(seen.withheld[0], { what: 'payment_session.url', reason: { code: 'would-let-others-act' } })
  const taken = await contents('portability')
  t.strictSame(taken.values, [person.value])
  t.match(taken.withheld[1], { what: 'orders.number', reason: { cites: [{ section: 'Art. 20(1)' }] } })
})

t.test(
  'a link of another customer, one that is none, and one that has ended open nothing and say so plainly',
  async (t) => {
    const [one, other] = [aPerson(), aPerson()]
    const ids = [(await ask(one)).id, (await ask(other)).id]
    await look()
    const foreign = linkTo(one.value).replace(ids[0]!, ids[1]!)
    for (const url of [
      foreign,
      `/exports/${ids[0]}/download?link=none`,
      `/exports/${crypto.randomUUID()}/download?link=x`,
    ])
      for (const method of ['GET', 'POST'] as const) {
        const { status, text } = await follow(method, url)
        t.equal(status, 404)
        t.match(text, /Ingenting vises her.*Nothing is shown here/s)
        t.notMatch(text, /example\.com|SmartGroup/)
      }
    t.equal((await follow('POST', linkTo(one.value))).status, 200)
    t.match((await follow('GET', foreign, 'application/json')).text, /"\/problems\/link-unknown"/)
    clock.at = '2026-06-22T09:05:01Z'
    await look()
    t.equal((await follow('POST', linkTo(one.value))).status, 404)
    t.match(await state(ids[0]!), { status: 'ended' })
    const { rows } = await pool.query('select archive, subjects from export where id = $1', [ids[0]])
    t.strictSame(rows, [{ archive: null, subjects: [] }])
    clock.at = START
  },
)

t.test('asked for twice it is one; once its link has ended the desk has it made again', async (t) => {
  const person = aPerson()
  const orderId = await order(person)
  const { id } = await ask(person)
  await look()
  const { readyAt } = await state(id)
  t.match((await call('support', 'PUT', `/exports/${id}`, {})).body, { readyAt, status: 'ready' })
  clock.at = '2026-06-23T09:00:00Z'
  await look()
  t.match((await call('support', 'PUT', `/exports/${id}`, {})).body, { status: 'collecting' })
  await look()
  const { data } = unpacked((await follow('POST', linkTo(person.value))).bytes)
  t.match(data.records, [{ record: orderId, data: [{ value: person.value }] }])
  t.equal(mailsTo(person.value).filter(({ text }) => /download/.test(text)).length, 2)
  clock.at = START
})

t.test('erasing the person erases the archive at once, and so does erasing an order that is in it', async (t) => {
  for (const erase of [
    (person: ReturnType<typeof aPerson>) => ask(person, { kind: 'erase' }),
    (_: unknown, orderId: string) =>
      call('support', 'PUT', `/erasures/${crypto.randomUUID()}`, {
        controller: 'smartgroup',
        orderIds: [orderId],
        why: 'Kunden ringte',
      }),
  ]) {
    const person = aPerson()
    const orderId = await order(person)
    const { id } = await ask(person)
    await look()
    const link = linkTo(person.value)
    t.equal((await follow('GET', link)).status, 200)
    t.equal((await erase(person, orderId)).status, 200)
    const { status, text } = await follow('POST', link)
    t.equal(status, 410)
    t.match(text, /Filen er slettet.*The file is erased/s)
    t.match(await state(id), { status: 'erased' })
    const { rows } = await pool.query('select sealed from export_part where export_id = $1 and sealed is not null', [
      id,
    ])
    t.strictSame(rows, [])
  }
})

t.test('an erasure while it is collected ends it, and nothing that comes late is taken', async (t) => {
  const person = aPerson()
  const account = { category: 'account', identifiers: [person], facts: {} }
  await call('holder', 'PUT', '/holdings/smartgroup/photo-store/u-2', account)
  const { id } = await ask(person)
  await ask(person, { kind: 'erase' })
  const records = [{ record: 'u-2', items: [] }]
  t.match(await call('holder', 'PUT', `/exports/${id}/parts/photo-store`, { records }), {
    ...{ status: 409, body: { type: '/problems/export-over' } },
  })
  await look()
  t.match(await state(id), { status: 'erased' })
  t.equal(linkTo(person.value), '')
})

t.test('of who has not shown who they are nothing is collected, until they have', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, { channel: 'form' })
  t.match(await call('support', 'GET', `/exports/${id}`), { status: 404, body: { type: '/problems/export-unknown' } })
  t.match(await call('support', 'PUT', `/exports/${id}`, {}), {
    status: 409,
    body: { type: '/problems/export-not-due' },
  })
  await call('support', 'PUT', `/requests/${id}/identity`, { why: 'Ringte tilbake' })
  t.match(await state(id), { status: 'collecting' })
  const erasing = await ask(person, { kind: 'erase' })
  t.match(await call('support', 'PUT', `/exports/${erasing.id}`, {}), {
    status: 409,
    body: { type: '/problems/export-not-asked' },
  })
})

t.test('a holder that does not answer is asked again, then a person is called, who may go on without', async (t) => {
  const person = aPerson()
  const orderId = await order(person)
  held[`returns ${orderId}`] = 'silent'
  const { id } = await ask(person)
  await look()
  const waits = (await state(id)).parts.filter(({ status }: { status: string }) => status === 'wanted')
  t.match(waits, [{ holder: 'returns', record: orderId, answerBy: '2026-06-15T10:05:00Z' }])
  const { exportSources } = await import('../../exports/alarms.ts')
  const { sql } = await import('kysely')
  const alarms = async (at: string) => (await exportSources[0]!.find(sql`${at}` as never).execute(house.db)).rows
  t.strictSame(await alarms('2026-06-15T10:05:00Z'), [])
  t.match(await alarms('2026-06-15T10:05:01Z'), [{ about: `${id}/returns`, detail: { system: 'shop', records: 1 } }])

  t.equal((await call('support', 'PUT', `/exports/${id}`, { withoutMissing: true })).status, 200)
  await look()
  const { data, page } = unpacked((await follow('POST', linkTo(person.value))).bytes)
  t.strictSame(data.missing, [{ system: 'shop', holder: 'returns', record: orderId }])
  t.match(page, /ettersendes/)
})

t.test('the desk takes it for who has no mailbox; others do not', async (t) => {
  const person = aPerson()
  const { id } = await ask(person, { channel: 'letter', replyTo: undefined }, 'support')
  t.match(await call('support', 'GET', `/exports/${id}/archive`), {
    status: 409,
    body: { type: '/problems/export-not-ready' },
  })
  await look()
  t.equal((await call('support', 'GET', `/exports/${id}/archive`)).status, 200)
  for (const role of ['holder', 'storefront', 'reader privacy:read'])
    t.equal((await call(role, 'GET', `/exports/${id}/archive`)).status, 403)
  t.equal((await call('support', 'GET', `/requests/${id}`)).body.status, 'open', 'a person answers')
})
