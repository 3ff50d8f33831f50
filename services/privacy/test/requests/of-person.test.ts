import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { deps, call, clock } = await startPrivacyForTest()
const person = { kind: 'email', value: 'kari@example.com' }
const ask = async (kind: string, identifier = person, controller = 'smartgroup') => {
  const id = crypto.randomUUID()
  const asked = await call('storefront', 'PUT', `/requests/${id}`, {
    ...{ controller, kind, channel: 'signed-in', identifiers: [identifier] },
  })
  t.equal(asked.status, 200, asked.body.detail)
  return id
}
const ofPerson = (identifier = person, controller = 'smartgroup', role = 'support') =>
  call(role, 'POST', '/requests/of-person', { controller, identifiers: [identifier] })

t.test('a person’s requests are found by what they are known by, and nobody else’s', async (t) => {
  const first = await ask('access')
  clock.at = '2026-06-16T09:05:00Z'
  const second = await ask('restrict')
  await ask('access', { kind: 'email', value: 'ola@example.com' })
  await ask('access', person, 'smarti')
  const found = await ofPerson({ kind: 'email', value: ' Kari@Example.com' })
  t.strictSame(
    found.body.items.map(({ id }: { id: string }) => id),
    [second, first],
    'the latest first',
  )
  t.equal((await ofPerson({ kind: 'email', value: 'stranger@example.com' })).body.items.length, 0)
  for (const role of ['nobody', 'customer', 'holder']) t.not((await ofPerson(person, 'smartgroup', role)).status, 200)
})

t.test('whoever answers a request sees what is held of who asks, and what is only stored since', async (t) => {
  const id = await ask('restrict')
  const facts = { on: { lastContact: '2026-06-01' } }
  const told = await call('holder', 'PUT', '/holdings/smartgroup/photo-store/kari-1', {
    ...{ category: 'account', identifiers: [person], facts },
  })
  t.equal(told.status, 200)
  const { body } = await call('support', 'GET', `/requests/${id}/person`)
  t.equal(body.keys.length, 1)
  t.notMatch(JSON.stringify(body), /kari@example/)
  t.match(body.holdings, [{ record: 'kari-1', dueAt: String, reasons: [{ cites: [{ section: '§ 11' }] }] }])
  t.match(body.restrictions, [{ since: '2026-06-16T09:05:00Z', endedAt: undefined }])
  t.equal((await call('support', 'DELETE', `/requests/${id}/restriction`)).status, 204)
  const lifted = await call('support', 'GET', `/requests/${id}/person`)
  t.match(lifted.body.restrictions, [{ endedAt: '2026-06-16T09:05:00Z' }])
  t.equal((await call('support', 'GET', `/requests/${crypto.randomUUID()}/person`)).status, 404)
  t.equal((await call('holder', 'GET', `/requests/${id}/person`)).status, 403)
})

t.test(
  'a decision that a machine made, and data that are wrong, are a person’s to look at, who says why',
  async (t) => {
    for (const [kind, more] of [
      ['human-review', { orderId: crypto.randomUUID() }],
      ['rectify', { words: 'Jeg heter Kari, ikke Karl' }],
    ] as const) {
      const id = crypto.randomUUID()
      const asked = { controller: 'smartgroup', kind, channel: 'signed-in', identifiers: [person], ...more }
      t.match((await call('storefront', 'PUT', `/requests/${id}`, asked)).body, { kind, status: 'open', dueOn: String })
      await settleRequests(deps)
      const open = (await call('support', 'GET', '/requests?open=true')).body.items as { id: string }[]
      t.ok(
        open.some((each) => each.id === id),
        `nothing answers ${kind} by itself`,
      )
      const answer = { outcome: 'done', answer: 'Et menneske har sett på det, og du får medhold' }
      t.equal((await call('storefront', 'PUT', `/requests/${id}/answer`, answer)).status, 403)
      t.match((await call('support', 'PUT', `/requests/${id}/answer`, answer)).body, {
        ...{ status: 'answered', answer: answer.answer, answeredAt: String },
      })
    }
  },
)
