import { told } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { Claimed, ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import {
  assess,
  believe,
  declare,
  found,
  inspect,
  plain,
  receive,
  received,
  receiveFit,
  send,
  sendAsStaff,
  worn,
} from '../a-return.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const two = [{ lineId: '1', quantity: 2 }]
const one = [{ lineId: '1', quantity: 1 }]
const sealed = {
  ...received,
  lines: received.lines.map((line) => ({ ...line, traits: { ...plain, hygieneSealed: line.lineId === '1' } })),
}
const declareOne = declare({ lines: one })
const declareSealed = declare({ facts: sealed, lines: one })
const empty: Claimed = { lineId: '1', quantity: 1, amount: 49_900, why: 'not-in-parcel' }
const opened: Claimed = { lineId: '1', quantity: 1, amount: 49_900, why: 'seal-broken' }
const DUE = '2026-06-24T14:00:00Z'

t.test('what comes back plain is paid back at once, and what is fit for sale goes into stock', async () => {
  after(declareOne)
    .when(inspect([found()]))
    .thenHappens(
      { type: 'ReturnReceived', data: { fitForSale: one } },
      { type: 'ReturnInspected', data: { plain: true, missing: [] } },
      { type: 'RefundDecided', data: { amount: 49_900 } },
    )
  after(declareSealed)
    .when(inspect([found({ seal: 'intact' })], undefined, sealed))
    .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected' }, { type: 'RefundDecided' })
})

t.test('what is not plain waits for a person', async (t) => {
  for (const [what, units] of [
    ['used', [found({ wear: 'used' })]],
    ['damaged', [found({ wear: 'damaged' })]],
    ['without all that belongs to it', [found({ complete: false })]],
    ['not at all: the parcel is empty, or holds other goods', []],
  ] as const)
    t.test(`${what}`, async () => {
      after(declareOne)
        .when(inspect([...units]))
        .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected', data: { plain: false } })
      // Neither the clock nor a proof that is shown or believed pays it then.
      const inspected = [declareOne, send(), inspect([...units])]
      after(...inspected)
        .when(believe('2026-07-30T08:00:00Z'))
        .thenNothing()
    })
  for (const seal of ['broken', undefined] as const)
    t.test(`under a seal that is ${seal ?? 'not spoken of'}`, async () => {
      after(declareSealed)
        .when(inspect([found({ ...(seal && { seal }) })], undefined, sealed))
        .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected', data: { plain: false } })
    })
  t.test('in part: of two one is missing', async () =>
    after(declare({ lines: two }))
      .when(inspect([found()]))
      .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected', data: { missing: one, plain: false } }),
  )
})

t.test('goods whose right hangs on their seal are looked at before they are paid back', async () => {
  after(declareSealed)
    .when(receive(undefined, undefined, sealed))
    .thenHappens({ type: 'ReturnReceived' })
  const waiting = [declareSealed, receive(undefined, undefined, sealed)]
  after(...waiting)
    .when(believe('2026-06-24T13:59:59Z'))
    .thenNothing()
  // Nobody looked: nothing stands against it, and the refund is not late.
  after(...waiting)
    .when(believe(DUE))
    .thenHappens({ type: 'RefundDecided', data: { amount: 49_900, dueOn: '2026-06-24' } })
  after(...waiting)
    .when(inspect([found({ seal: 'intact' })], '2026-06-16T10:00:00Z', sealed))
    .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected' }, { type: 'RefundDecided' })
})

t.test('units that are found fit for sale once their receipt is recorded are in stock once, as of then', async () => {
  const one = { lineId: '1', quantity: 1 }
  after(declareOne, receive())
    .when(inspect([found()]))
    .thenHappens({ type: 'ReturnReceived', data: { fitForSale: [one] } }, { type: 'ReturnInspected' })
  after(declareOne, receiveFit([one]))
    .when(inspect([found()]))
    .thenHappens({ type: 'ReturnInspected' })
  after(declareOne, receive())
    .when(inspect([found({ wear: 'used', fitForSale: false })]))
    .thenHappens({ type: 'ReturnInspected' })
})

t.test('a person judges, and the customer is heard before anything is deducted', async (t) => {
  const used = [declareOne, inspect([found({ wear: 'used' })])]
  t.test('for a week, and then the rest is paid back', async () => {
    after(...used)
      .when(assess([worn()]))
      .thenHappens({
        type: 'ReturnAssessed',
        data: {
          heardUntil: '2026-06-22T11:00:00Z',
          deductions: [{ ...worn(), reasons: [{ code: 'diminished-value-deducted' }] }],
        },
      })
    after(...used, assess([worn()]))
      .when(believe('2026-06-22T10:59:59Z'))
      .thenNothing()
    after(...used, assess([worn()]))
      .when(believe('2026-06-22T11:00:00Z'))
      .thenHappens({
        type: 'RefundDecided',
        data: {
          amount: 39_900,
          lines: [{ lineId: '1', quantity: 1, amount: 39_900 }],
          deductions: [{ amount: 10_000 }],
        },
      })
  })
  t.test('never beyond the last day to pay back', async () => {
    const late = { at: '2026-06-23T09:00:00Z' }
    after(...used)
      .when(assess([worn()], late))
      .thenHappens({ type: 'ReturnAssessed', data: { heardUntil: DUE } })
    after(...used)
      .when(assess([worn()], { at: '2026-06-24T15:00:00Z' }))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided', data: { amount: 39_900 } })
  })
  t.test('whose answer is judged again, and then it is final', async () => {
    const heard = [...used, assess([worn()])]
    const final = { at: '2026-06-17T09:00:00Z', final: true }
    after(...heard)
      .when(assess([worn(2_500)], final))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided', data: { amount: 47_400 } })
    after(...heard)
      .when(assess([], final))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided', data: { amount: 49_900 } })
    after(...heard, assess([], final))
      .when(assess([worn()]))
      .thenRefused('refund-decided')
  })
  t.test('of all that is deducted: what they were not told of cannot be made final before the last day', async () => {
    after(...used)
      .when(assess([worn()], { final: true }))
      .thenRefused('customer-unheard')
    after(...used, assess([worn(2_500)]))
      .when(assess([worn(2_501)], { final: true }))
      .thenRefused('customer-unheard')
    after(...used)
      .when(assess([worn()], { at: '2026-06-24T15:00:00Z', final: true }))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided' })
  })
  t.test('who gets nothing for what was opened, or was not in the parcel', async () => {
    after(declareSealed, inspect([found({ seal: 'broken' })], undefined, sealed), assess([opened], { facts: sealed }))
      .when(assess([opened], { final: true, facts: sealed }))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided', data: { amount: 0 } })
    after(declareOne, inspect([]), assess([empty]))
      .when(assess([empty], { final: true }))
      .thenHappens({ type: 'ReturnAssessed' }, { type: 'RefundDecided', data: { amount: 0 } })
  })
  t.test('who was not told of the right of withdrawal has nothing deducted for wear (§ 25)', async () => {
    const uninformed = { ...received, disclosures: { ...received.disclosures, withdrawalInformation: false } }
    after(declare({ facts: uninformed, lines: one }), inspect([found({ wear: 'used' })], undefined, uninformed))
      .when(assess([worn()], { facts: uninformed }))
      .thenRefused('deduction-refused', '§ 25 tredje ledd')
  })
  t.test(
    'no more than the units cost, for units that came back, or did not, and once they were looked at',
    async () => {
      after(...used)
        .when(assess([worn(49_901)]))
        .thenRefused('deduction-refused')
      after(...used)
        .when(assess([{ ...worn(), quantity: 2 }]))
        .thenRefused('quantity-exceeded')
      after(...used)
        .when(assess([{ ...worn(), lineId: '9' }]))
        .thenRefused('quantity-exceeded')
      after(...used)
        .when(assess([empty]))
        .thenRefused('deduction-refused')
      after(...used)
        .when(assess([opened]))
        .thenRefused('deduction-refused')
      // One of two was opened, and the other came back as it was sent.
      const [intact, broken] = [found({ seal: 'intact' }), found({ seal: 'broken' })]
      const bothSealed = [declare({ facts: sealed, lines: two }), inspect([intact, broken], undefined, sealed)]
      after(...bothSealed)
        .when(assess([{ ...opened, quantity: 2 }], { facts: sealed }))
        .thenRefused('deduction-refused')
      after(...bothSealed)
        .when(assess([opened], { facts: sealed }))
        .thenHappens({ type: 'ReturnAssessed' })
      after(declareOne).when(assess([])).thenRefused('not-inspected')
      after(declareOne, sendAsStaff(), inspect([found({ wear: 'used' })]))
        .when(assess([worn()]))
        .thenRefused('refund-decided')
    },
  )
})

t.test('what was found is said once, of units that come back, and not foretold', async () => {
  const inspected = [declareOne, inspect([found()])]
  after(...inspected)
    .when(inspect([found()]))
    .thenNothing()
  after(...inspected)
    .when(inspect([]))
    .thenRefused('inspection-settled')
  after(declareOne)
    .when(inspect([found({ quantity: 2 })]))
    .thenRefused('quantity-exceeded')
  after(declareOne)
    .when(inspect([found(), found()]))
    .thenRefused('quantity-exceeded')
  const { data } = inspect([found()])
  const foretold = { ...data, receivedAt: '2026-06-15T10:05:01Z' }
  after(declareOne).when({ type: 'RecordInspection', data: foretold }).thenRefused('moment-in-the-future')
  // What was paid on proof of sending is looked at all the same.
  after(declareOne, sendAsStaff())
    .when(inspect([found({ wear: 'used' })]))
    .thenHappens({ type: 'ReturnReceived' }, { type: 'ReturnInspected', data: { plain: false } })
})
