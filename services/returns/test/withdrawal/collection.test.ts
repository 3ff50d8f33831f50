import { told } from '@vilkar/contracts/test/told.ts'
import { rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import type { DeclaredReturn } from '../../withdrawal/state.ts'
import { believedFrom, overdueFrom, payBy, remindFrom } from '../../withdrawal/state.ts'
import {
  believe,
  collect,
  declare,
  found,
  inspect,
  judge,
  learn,
  plain,
  receive,
  received,
  remind,
  send,
  unsent,
} from '../a-return.ts'
import { startReturnsForTest } from '../returns-service.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const stateAfter = (...commands: ReturnCommand[]) =>
  told(decider, ...commands).reduce(decider.evolve, decider.initial) as DeclaredReturn
const one = [{ lineId: '1', quantity: 1 }]
const sealed = {
  ...received,
  lines: received.lines.map((line) => ({ ...line, traits: { ...plain, hygieneSealed: true } })),
}

t.test('a seller who collects the goods waits neither for them nor for proof (angrerettloven § 24, D006)', async () => {
  after(declare())
    .when(collect())
    .thenHappens(
      {
        type: 'CollectionOffered',
        data: {
          offeredAt: '2026-06-12T08:00:00Z',
          lastDay: '2026-09-10',
          reasons: [{ code: 'seller-collects' }, { code: 'uncollected-goods-kept' }],
        },
      },
      { type: 'RefundDecided', data: { amount: 239_600, dueOn: '2026-06-24', reasons: [{ code: 'seller-collects' }] } },
    )
})

t.test('an offer after the fourteen days makes the refund due on the day of the offer, and not late', async () => {
  after(declare())
    .when(collect({}, '2026-07-01T08:00:00Z'))
    .thenHappens({ type: 'CollectionOffered' }, { type: 'RefundDecided', data: { dueOn: '2026-07-01' } })
})

t.test('nobody is reminded to send what the seller collects, before or after the first reminder', async (t) => {
  const passed = '2026-06-24T22:00:00Z'
  const before = stateAfter(declare({ facts: sealed }), collect({}, undefined, sealed))
  t.strictSame([remindFrom(before), overdueFrom(before)], [undefined, undefined])
  const reminded = [declare({ facts: sealed }), remind(passed, sealed), collect({}, '2026-06-26T08:00:00Z', sealed)]
  t.equal(overdueFrom(stateAfter(...reminded)), undefined)
  after(...reminded)
    .when(remind('2026-07-20T08:00:00Z', sealed))
    .thenNothing()
})

t.test(
  'goods whose right hangs on their seal are looked at if they come in time, and paid back then anyway',
  async (t) => {
    const offered = [declare({ facts: sealed }), collect({}, undefined, sealed)]
    const [, ...events] = told(decider, ...offered)
    t.strictSame(
      events.map(({ type }) => type),
      ['CollectionOffered'],
    )
    const state = stateAfter(...offered)
    t.strictSame([payBy(state), believedFrom(state)], ['2026-06-24', '2026-06-24T14:00:00Z'])
    after(...offered)
      .when(
        inspect(
          [found({ seal: 'intact' }), found({ seal: 'intact' }), found({ lineId: '2', seal: 'intact' })],
          undefined,
          sealed,
        ),
      )
      .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected' }, { type: 'RefundDecided' })
    const { data } = believe('2026-06-24T14:00:00Z')
    after(...offered)
      .when({ type: 'BelieveProof', data: { ...data, facts: sealed } })
      .thenHappens({ type: 'RefundDecided', data: { dueOn: '2026-06-24', reasons: [{ code: 'seller-collects' }] } })
  },
)

t.test('the day of the collection can be set, and moved until the goods are here; said again it is one', async () => {
  after(declare(), collect()).when(collect({}, '2026-06-13T08:00:00Z')).thenNothing()
  after(declare(), collect())
    .when(collect({ collectOn: '2026-06-20' }, '2026-06-13T08:00:00Z'))
    .thenHappens({ type: 'CollectionOffered', data: { collectOn: '2026-06-20', offeredAt: '2026-06-12T08:00:00Z' } })
  after(declare(), collect({ collectOn: '2026-06-20' }), receive())
    .when(collect({ collectOn: '2026-06-21' }, '2026-06-16T08:00:00Z'))
    .thenRefused('nothing-to-collect')
})

t.test('a day that is over, or on which the goods are the customer’s by then, is refused', async () => {
  for (const collectOn of ['2026-06-11', '2026-09-11'])
    after(declare()).when(collect({ collectOn })).thenRefused('collection-day-refused')
  for (const collectOn of ['2026-06-12', '2026-09-10'])
    after(declare()).when(collect({ collectOn })).thenHappens({ type: 'CollectionOffered' }, { type: 'RefundDecided' })
})

t.test('nothing is collected that is on its way, here, or never left', async () => {
  for (const past of [
    [declare(), send()],
    [declare(), send(), judge()],
    [declare(), receive('2026-06-11T08:00:00Z')],
    [declare({ facts: unsent, lines: one }), learn(one, [], unsent)],
  ])
    after(...past)
      .when(collect())
      .thenRefused('nothing-to-collect')
  after(declare({ facts: unsent, lines: one }))
    .when(collect({}, undefined, unsent))
    .thenRefused('units-not-known')
  after(declare(), send(), judge('rejected'))
    .when(collect())
    .thenHappens({ type: 'CollectionOffered' }, { type: 'RefundDecided' })
})

t.test(
  'the shop says over HTTP that it collects; the customer has it in writing, and every answer shows it',
  async (t) => {
    const { db, clock, mailbox, look, call, delivered } = await startReturnsForTest()
    const { id, email } = await delivered()
    clock.at = '2026-06-10T09:00:00Z'
    const declared = (await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})).body
    t.strictSame([declared.returnCostBearer, declared.sendBackBy], ['customer', '2026-06-24'])
    clock.at = '2026-06-12T08:00:00Z'
    const path = `/returns/${declared.id}/collection`
    t.equal((await call('storefront', 'PUT', path, {})).status, 403)
    const seen = await call('support', 'POST', `${path}/preview`, { collectOn: '2026-06-16' })
    t.hasStrict(seen.body, { collection: { collectOn: '2026-06-16' }, refund: { dueOn: '2026-06-24' } })
    t.equal((await call('support', 'GET', `/returns/${declared.id}`)).body.collection, undefined)
    const { status, body } = await call('support', 'PUT', path, { collectOn: '2026-06-16' })
    t.equal(status, 200)
    t.hasStrict(body, {
      returnCostBearer: 'seller',
      collection: { offeredAt: '2026-06-12T08:00:00Z', collectOn: '2026-06-16', lastDay: '2026-09-10' },
      refund: { dueOn: '2026-06-24' },
    })
    const mail = await eventually('the mail of the collection', async () =>
      mailbox.to(email).find(({ subject }) => /Vi henter varene/.test(subject)),
    )
    t.match(mail.text, /16\. juni 2026[\s\S]*Du skal ikke sende[\s\S]*24\. juni 2026[\s\S]*angrerettloven § 24/)
    t.match(mail.text, /10\. september 2026[\s\S]*beholde/)
    const asked = await call('support', 'GET', `/orders/${id}/entitlements`)
    t.hasStrict(asked.body.refundsDue, [
      { dueOn: '2026-06-24', withheld: false, reasons: [{ code: 'seller-collects' }] },
    ])
    clock.at = '2026-07-20T08:00:00Z'
    t.equal((await rowsAdded(db, look)).mail, undefined, 'nobody is reminded')
  },
)
