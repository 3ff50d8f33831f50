import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import {
  close,
  declare,
  learn,
  onTheWay,
  plain,
  receive,
  received,
  receiveFit,
  returnId,
  send,
  sendAsStaff,
  shipmentId,
  unsent,
} from '../a-return.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const why = (command: ReturnCommand) => whyOf(told(decider, command).at(-1)!)
const oneSensor = [{ lineId: '1', quantity: 1 }]
const withTraits = (change: Partial<typeof plain>) => ({
  ...received,
  lines: received.lines.map((line) => (line.lineId === '1' ? { ...line, traits: { ...plain, ...change } } : line)),
})

t.test('nothing but a withdrawal can happen to a return that does not exist', async () => {
  for (const it of [send(), receive(), close()]) after().when(it).thenRefused('return-unknown')
})

t.test('withdrawing in time (clause 8)', async (t) => {
  t.test('from everything gives back the goods and the standard delivery, not what a dearer one cost', async (t) => {
    const state = after()
      .when(declare())
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: {
          lines: [
            { lineId: '1', quantity: 2, amount: 99_800 },
            { lineId: '2', quantity: 1, amount: 129_900 },
          ],
          wholeOrder: true,
          goodsSent: true,
          lastDay: '2026-06-18',
          sendBackBy: '2026-06-24',
          returnCostBearer: 'customer',
          deliveryAmount: 9_900,
          refundEstimate: 99_800 + 129_900 + 9_900,
          currency: 'NOK',
        },
      })
    t.equal(state.status, 'declared')
    const cited = why(declare())
    for (const expected of ['8.1', '8.2', '§ 21', '8.4', '§ 25', '8.5', '§ 24', 'dearer-delivery-not-refunded'])
      t.ok(cited.includes(expected), `${expected} is not among ${cited}`)
  })
  t.test('from a part gives back that part, and no delivery while something stays', async () => {
    after()
      .when(declare({ lines: oneSensor }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: {
          lines: [{ ...oneSensor[0], amount: 49_900 }],
          wholeOrder: false,
          deliveryAmount: 0,
          refundEstimate: 49_900,
        },
      })
  })
  t.test('from what an earlier return left gives back the rest and the delivery', async () => {
    const returns = [{ returnId: shipmentId, lines: oneSensor, outcome: 'open' as const }]
    after()
      .when(declare({ facts: { ...received, returns } }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: { wholeOrder: true, deliveryAmount: 9_900, refundEstimate: 49_900 + 129_900 + 9_900 },
      })
  })
  t.test('does not give back a delivery that an earlier return gave back', async () => {
    const returns = [{ returnId: shipmentId, lines: oneSensor, deliveryRefunded: true, outcome: 'open' as const }]
    after()
      .when(declare({ facts: { ...received, returns } }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { deliveryAmount: 0 } })
  })
  t.test('is possible before the goods come, and before they leave', async (t) => {
    after()
      .when(declare({ facts: onTheWay }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { goodsSent: true } })
    after()
      .when(declare({ facts: unsent }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { goodsSent: false, wholeOrder: true } })
    t.ok(why(declare({ facts: unsent })).includes('period-not-begun'))
    t.ok(!told(decider, declare({ facts: unsent })).some(({ data }) => 'lastDay' in data))
  })
  t.test('needs no reason, and what the customer says stays in the personal part', async (t) => {
    const state = after()
      .when(declare({ statement: 'Jeg angrer. Hilsen Kari' }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { personal: { statement: 'Jeg angrer. Hilsen Kari' } } })
    t.notMatch(JSON.stringify(state), /Kari/)
  })
  t.test('said twice, is one', async () => after(declare()).when(declare()).thenNothing())
  t.test('lasts until midnight in Oslo after the last day', async () => {
    after().when(declare({}, '2026-06-18T21:59:59Z')).thenHappens({ type: 'WithdrawalDeclared' })
    after()
      .when(declare({}, '2026-06-18T22:00:00Z'))
      .thenRefused('withdrawal-refused', '8.2', '8.3', '§ 6', '§ 20', '§ 21')
  })
  t.test('lasts a year longer when the customer was not informed', async (t) => {
    const facts = { ...received, disclosures: { withdrawalInformation: false, returnCost: true } }
    after().when(declare({ facts }, '2027-06-01T09:00:00Z')).thenHappens({ type: 'WithdrawalDeclared' })
    t.ok(why(declare({ facts }, '2027-06-01T09:00:00Z')).includes('information-missing'))
  })
  t.test('costs the seller the way back when nobody told the customer who pays it', async (t) => {
    const facts = { ...received, disclosures: { withdrawalInformation: true, returnCost: false } }
    after()
      .when(declare({ facts }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { returnCostBearer: 'seller' } })
    t.ok(why(declare({ facts })).includes('return-cost-not-disclosed'))
  })
  t.test(
    'costs the seller the way back of goods that the post does not take, if nobody told what it costs',
    async (t) => {
      const bulky = (told: { returnCost?: number }) => ({
        ...received,
        lines: received.lines.map((line) => (line.lineId === '2' ? { ...line, bulky: told } : line)),
      })
      for (const [facts, returnCostBearer, lines] of [
        [bulky({}), 'seller', undefined],
        [bulky({ returnCost: 45_000 }), 'customer', undefined],
        [bulky({}), 'customer', oneSensor],
      ] as const) {
        const it = declare({ facts, lines: lines ?? [...oneSensor, { lineId: '2', quantity: 1 }] })
        after().when(it).thenHappens({ type: 'WithdrawalDeclared', data: { returnCostBearer } })
        t.equal(why(it).includes('return-cost-not-disclosed'), returnCostBearer === 'seller')
      }
    },
  )
  t.test('from sealed goods is granted until somebody has seen the seal', async (t) => {
    const it = declare({ facts: withTraits({ hygieneSealed: true }), lines: oneSensor })
    after().when(it).thenHappens({ type: 'WithdrawalDeclared' })
    t.ok(why(it).includes('seal-must-be-intact'))
  })
})

t.test('a notice that was sent in time and came late', async (t) => {
  const late = '2026-06-22T10:00:00Z'
  const letter = (noticeSentAt: string) => declare({ noticeSentAt, channel: 'letter' }, late)
  t.test('is in time until midnight in Oslo after the last day, and is received when it comes', async () => {
    after()
      .when(letter('2026-06-18T21:59:59Z'))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: { declaredAt: late, noticeSentAt: '2026-06-18T21:59:59Z', channel: 'letter', sendBackBy: '2026-07-06' },
      })
    after().when(letter('2026-06-18T22:00:00Z')).thenRefused('withdrawal-refused', '8.2', '§ 21')
    after()
      .when(declare({ channel: 'letter' }, late))
      .thenRefused('withdrawal-refused')
  })
  t.test('is paid back fourteen days after it came', async () =>
    after(letter('2026-06-18T10:00:00Z'))
      .when(receive('2026-06-23T10:00:00Z'))
      .thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided', data: { dueOn: '2026-07-06' } }),
  )
  t.test('was not sent before the order, nor tomorrow', async () => {
    after().when(letter('2026-06-01T07:59:59Z')).thenRefused('notice-before-order')
    after().when(letter('2026-06-22T10:05:01Z')).thenRefused('moment-in-the-future')
  })
})

t.test('no right to withdraw', async (t) => {
  t.test('8.1 a business has none', async () =>
    after()
      .when(declare({ facts: { ...received, customerKind: 'business' } }))
      .thenRefused('withdrawal-refused', '8.1', '§ 5'),
  )
  t.test('8.6 goods made to order do not go back, and keep no others from it', async () => {
    const facts = withTraits({ madeToOrder: true })
    after()
      .when(declare({ facts, lines: oneSensor }))
      .thenRefused('withdrawal-refused', '8.6', '§ 22 bokstav e')
    for (const lines of [undefined, [...oneSensor, { lineId: '2', quantity: 1 }]])
      after()
        .when(declare({ facts, lines }))
        .thenHappens({
          type: 'WithdrawalDeclared',
          data: {
            lines: [{ lineId: '2', quantity: 1 }],
            refused: [{ lineId: '1' }],
            refundEstimate: 129_900,
            wholeOrder: false,
          },
        })
    after()
      .when(declare({ facts, lines: [{ lineId: '2', quantity: 1 }] }))
      .thenHappens({ type: 'WithdrawalDeclared', data: { refundEstimate: 129_900, wholeOrder: false } })
  })
  t.test('nothing is left to withdraw from in a cancelled order, or when all is on its way back', async () => {
    after()
      .when(declare({ facts: { ...unsent, cancelledAt: '2026-06-01T10:00:01Z' } }))
      .thenRefused('withdrawal-refused', '4.3')
    const lines = received.parcels[0]!.lines
    after()
      .when(declare({ facts: { ...received, returns: [{ returnId, lines, outcome: 'open' }] } }))
      .thenRefused('withdrawal-refused', '8.1', '§ 23')
  })
  t.test('what was never bought is refused, and what was goes back', async () => {
    const strange = { lineId: '3', quantity: 1 }
    after()
      .when(declare({ lines: [strange] }))
      .thenRefused('withdrawal-refused', '8.1', '§ 20')
    after()
      .when(declare({ lines: [...oneSensor, strange] }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: { lines: oneSensor, refused: [{ ...strange, reasons: [{ code: 'not-bought' }] }] },
      })
  })
  t.test('of too many units those that there are go back, and the others are refused with why', async () => {
    after()
      .when(declare({ lines: [{ lineId: '1', quantity: 3 }] }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: {
          lines: [{ lineId: '1', quantity: 2, amount: 99_800 }],
          refused: [{ lineId: '1', quantity: 1, reasons: [{ code: 'not-bought' }] }],
          refundEstimate: 99_800,
        },
      })
    const returns = [{ returnId: shipmentId, lines: oneSensor, outcome: 'open' as const }]
    after()
      .when(declare({ facts: { ...received, returns }, lines: [{ lineId: '1', quantity: 4 }] }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: {
          lines: oneSensor,
          refused: [
            { lineId: '1', quantity: 1, reasons: [{ code: 'all-returned' }] },
            { lineId: '1', quantity: 2, reasons: [{ code: 'not-bought' }] },
          ],
        },
      })
  })
  t.test('in a letter counts from when it came, however late somebody writes that down', async () =>
    after()
      .when(
        declare(
          { noticeSentAt: '2026-06-18T15:00:00Z', receivedAt: '2026-06-22T10:00:00Z', channel: 'letter' },
          '2026-06-25T09:00:00Z',
        ),
      )
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: { declaredAt: '2026-06-22T10:00:00Z', sendBackBy: '2026-07-06' },
      }),
  )
})

t.test('units that are fit for sale', async (t) => {
  const both = [{ lineId: '1', quantity: 2 }]
  t.test('are told with the receipt, and none are unless somebody says so', async (t) => {
    after(declare({ lines: both }))
      .when(receiveFit(oneSensor))
      .thenHappens({ type: 'ReturnReceived', data: { fitForSale: oneSensor } }, { type: 'RefundDecided' })
    const [, received] = told(decider, declare({ lines: both }), receive())
    t.notOk('fitForSale' in received!.data)
  })
  t.test('are no more than come back', async () => {
    after(declare({ lines: oneSensor }))
      .when(receiveFit(both))
      .thenRefused('quantity-exceeded')
    after(declare({ lines: oneSensor }))
      .when(receiveFit([{ lineId: '2', quantity: 1 }]))
      .thenRefused('quantity-exceeded')
    after(declare({ facts: unsent, lines: both }), learn(oneSensor, oneSensor, unsent))
      .when(receiveFit(both, unsent))
      .thenRefused('quantity-exceeded')
  })
  t.test('are nobody’s guess while nobody knows which had left', async () =>
    after(declare({ facts: unsent, lines: both }))
      .when(receiveFit(oneSensor, unsent))
      .thenRefused('units-not-known'),
  )
  t.test('are none of a return that never left, or whose order was cancelled', async () => {
    for (const outcome of ['never-sent', 'order-cancelled'] as const)
      after(declare(), close(outcome, 0)).when(receiveFit(oneSensor)).thenRefused('quantity-exceeded')
  })
  t.test('are said once: the same again changes nothing, and something else is refused', async () => {
    after(declare(), receiveFit(oneSensor)).when(receiveFit(oneSensor)).thenNothing()
    after(declare(), receiveFit(oneSensor)).when(receive()).thenNothing()
    after(declare(), receiveFit(oneSensor)).when(receiveFit(both)).thenRefused('receipt-settled')
    after(declare(), receive()).when(receiveFit(oneSensor)).thenRefused('receipt-settled')
  })
  t.test('count when the money is back already', async () =>
    after(declare(), send(), close()).when(receiveFit(oneSensor)).thenHappens({ type: 'ReturnReceived' }),
  )
})

t.test('the units of a withdrawal that had not left', async (t) => {
  const oneLeft = { ...unsent, parcels: [{ shipmentId, lines: oneSensor, handedOverAt: '2026-06-02T12:00:00Z' }] }
  const all = { ...received, lines: received.lines.map((line) => ({ ...line })) }
  t.test('are named, so that orders has them stopped', async () => {
    after()
      .when(declare({ facts: oneLeft }))
      .thenHappens({
        type: 'WithdrawalDeclared',
        data: {
          goodsSent: true,
          lines: [
            { lineId: '1', quantity: 2, unsent: 1 },
            { lineId: '2', quantity: 1, unsent: 1 },
          ],
        },
      })
  })
  t.test(
    'close it without money when none of it had left, also when staff took proof of sending for true before',
    async () => {
      const nothing = { ...unsent, stops: [stop(unsent.lines, [])] }
      after(declare({ facts: unsent }), sendAsStaff())
        .when(learn(unsent.lines.map(units), [], nothing))
        .thenHappens({ type: 'ReturnUnitsKnown' }, { type: 'ReturnClosed', data: { outcome: 'never-sent', amount: 0 } })
    },
  )
  t.test('are not paid back: what left is, with the delivery that was taken once', async () => {
    const stopped = [
      { lineId: '1', quantity: 1 },
      { lineId: '2', quantity: 1 },
    ]
    const facts = { ...oneLeft, stops: [stop(stopped, oneSensor)] }
    after(declare({ facts: oneLeft }), learn(stopped, oneSensor, facts))
      .when(receive('2026-06-15T10:00:00Z', '2026-06-15T10:00:00Z', facts))
      .thenHappens(
        { type: 'ReturnReceived' },
        {
          type: 'RefundDecided',
          data: { amount: 49_900 + 9_900, deliveryAmount: 9_900, lines: [{ ...oneSensor[0], amount: 49_900 }] },
        },
      )
  })
  t.test('let the delivery go back when they are the last of an order that left and came back', async () => {
    const lock = [{ lineId: '2', quantity: 1 }]
    const sensors = [{ lineId: '1', quantity: 2 }]
    const parcels = [{ shipmentId, lines: sensors, handedOverAt: '2026-06-02T12:00:00Z' }]
    const returns = [{ returnId: shipmentId, lines: sensors, outcome: 'closed' as const, refunded: 99_800 }]
    const facts = { ...unsent, parcels, returns }
    after(declare({ facts, lines: lock }))
      .when(learn(lock, [], { ...facts, stops: [stop(lock, [])] }))
      .thenHappens(
        { type: 'ReturnUnitsKnown' },
        { type: 'RefundDecided', data: { amount: 9_900, deliveryAmount: 9_900, lines: [] } },
      )
  })
  t.test('a decision counts every return that is known, whatever its time', async () => {
    const later = { returnId: shipmentId, lines: oneSensor, noticeReceivedAt: '2026-06-10T09:00:01Z' }
    const facts = { ...all, returns: [{ ...later, outcome: 'open' as const }] }
    after()
      .when(declare({ facts, lines: [{ lineId: '1', quantity: 2 }] }, '2026-06-10T09:00:00Z'))
      .thenHappens({ type: 'WithdrawalDeclared', data: { lines: oneSensor, refused: oneSensor } })
  })
})

const units = ({ lineId, quantity }: { lineId: string; quantity: number }) => ({ lineId, quantity })
const stop = (stopped: { lineId: string; quantity: number }[], left: typeof oneSensor) => ({
  ...{ requestId: shipmentId, returnId, lines: [], stopped: stopped.map(units), left },
})
