import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import {
  answer,
  authorise,
  bounce,
  cancelByCustomer,
  cancelBySeller,
  cancelUnits,
  confirm,
  dispatch,
  mistake,
  place,
  requestId,
  returnId,
  settle,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const stateAfter = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const formed = [place(), authorise(), confirm()]
const wrongPrice = cancelBySeller('pricing-error', { mistake })
const proposed = [...formed, wrongPrice]
const oneUnit = { ...cancelUnits('1', 1), data: { ...cancelUnits('1', 1).data, ...wrongPrice.data } }

t.test('the seller ends a formed contract for an obvious mistake', async (t) => {
  t.test('one person finds it obvious and says why: nothing happens yet but that this is kept', async (t) => {
    const state = after(...formed)
      .when(wrongPrice)
      .thenHappens({ type: 'CancellationProposed', data: { requestId, reason: 'pricing-error', personal: mistake } })
    t.equal(state.status, 'formed')
    t.strictSame(whyOf(told(order, ...proposed).at(-1)!), ['mistake-needs-approval', '4.2', '§ 32'])
  })
  t.test('said twice it is proposed once, and another proposal waits for the first', async () => {
    after(...proposed)
      .when({ ...wrongPrice, data: { ...wrongPrice.data, requestId: returnId } })
      .thenNothing()
    for (const other of [cancelBySeller('technical-mistake', { mistake }), oneUnit])
      after(...proposed)
        .when(other)
        .thenRefused('proposal-waits')
  })
  t.test('another person approves it: then shipping is asked, by the basis of the law', async (t) => {
    const state = after(...proposed)
      .when(settle())
      .thenHappens(
        { type: 'CancellationProposalEnded', data: { outcome: 'approved', personal: { subject: 'staff-robin' } } },
        { type: 'CancellationRequested', data: { requestId, by: 'seller', reason: 'pricing-error' } },
        { type: 'StopRequested', data: { requestId, by: 'seller' } },
      )
    t.equal(state.status, 'cancelling')
    t.strictSame(whyOf(told(order, ...proposed, settle()).at(-1)!), ['obvious-mistake', '4.2', '§ 32'])
    after(...proposed, settle())
      .when(settle())
      .thenNothing()
    after(...proposed, settle())
      .when(settle('declined'))
      .thenRefused('proposal-settled')
  })
  t.test('who found it does not approve it, by another name or by another token', async () => {
    for (const same of [{ subject: mistake.subject }, { by: ` ${mistake.by.toUpperCase()} ` }])
      after(...proposed)
        .when(settle('approved', same))
        .thenRefused('second-person-needed')
  })
  t.test(
    'declined by another or taken back by who proposed it, the contract stands, and may be proposed anew',
    async () => {
      for (const [who, outcome] of [
        [{}, 'declined'],
        [{ subject: mistake.subject }, 'withdrawn'],
      ] as const) {
        after(...proposed)
          .when(settle('declined', who))
          .thenHappens({ type: 'CancellationProposalEnded', data: { outcome } })
        after(...proposed, settle('declined', who))
          .when(settle('declined', who))
          .thenNothing()
        after(...proposed, settle('declined', who))
          .when(settle())
          .thenRefused('proposal-settled')
        after(...proposed, settle('declined', who))
          .when({ ...wrongPrice, data: { ...wrongPrice.data, requestId: returnId } })
          .thenHappens({ type: 'CancellationProposed', data: { requestId: returnId } })
      }
    },
  )
  t.test('of what nobody proposed nothing is approved', async () =>
    after(...formed)
      .when(settle())
      .thenRefused('request-unknown'),
  )
})

t.test('what happens between proposal and approval', async (t) => {
  t.test('what left meanwhile is not stopped, and shipping still settles the race', async () => {
    const one = [{ lineId: '1', quantity: 1 }]
    after(...proposed, dispatch(one))
      .when(settle())
      .thenHappens(
        { type: 'CancellationProposalEnded' },
        { type: 'CancellationRequested' },
        { type: 'StopRequested', data: { lines: [{ quantity: 1 }, { quantity: 1 }] } },
      )
    after(...proposed, settle(), dispatch())
      .when(answer({ 1: 2, 2: 1 }))
      .thenHappens({ type: 'StopConcluded', data: { stopped: [] } }, { type: 'CancellationLapsed' })
  })
  t.test('once all of it has left, or the order has ended, there is nothing to approve', async (t) => {
    const lock = [{ lineId: '2', quantity: 1 }]
    const sensors = { asked: [{ lineId: '1', quantity: 2 }], id: returnId }
    const restStopped = [cancelUnits('1', 2, returnId), dispatch(lock), answer({}, sensors)]
    for (const past of [restStopped, [dispatch()], [cancelByCustomer], [cancelByCustomer, answer()]]) {
      after(...proposed, ...past)
        .when(settle())
        .thenRefused('proposal-settled')
      t.equal(stateAfter(...proposed, ...past).proposals?.[0]?.ended?.outcome, 'overtaken')
    }
  })
  t.test('a bounce leaves no contract, so that it needs no obvious mistake any more', async () =>
    after(...proposed, bounce('2026-06-01T10:10:00Z'))
      .when(settle())
      .thenHappens({ type: 'CancellationProposalEnded' }, { type: 'CancellationRequested' }, { type: 'StopRequested' }),
  )
})

t.test('some units of a line are proposed and approved as those units', async () => {
  after(...formed)
    .when(oneUnit)
    .thenHappens({ type: 'CancellationProposed', data: { line: { lineId: '1', quantity: 1 } } })
  after(...formed, oneUnit)
    .when(settle())
    .thenHappens(
      { type: 'CancellationProposalEnded' },
      { type: 'StopRequested', data: { requestId, lines: [{ lineId: '1', quantity: 1 }] } },
    )
  after(...formed, { ...oneUnit, data: { ...oneUnit.data, customerConsents: true } } as OrderCommand)
    .when(settle())
    .thenRefused('request-unknown')
})
