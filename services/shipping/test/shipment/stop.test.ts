import t from 'tap'
import { planStop } from '../../shipment/stop.ts'

const of = (quantity: number) => [{ lineId: '1', quantity }]

t.test('units that left and that an earlier withdrawal is about come back once', async (t) => {
  const { lines, taken } = planStop(of(2), [], of(3), of(2))
  t.strictSame([lines, taken], [[{ lineId: '1', stopped: 0, left: 1 }], []])
  t.strictSame(planStop(of(2), [], of(2), of(2)).lines, [{ lineId: '1', stopped: 0, left: 0 }])
  t.strictSame(planStop(of(2), [], of(1), of(2)).lines, [{ lineId: '1', stopped: 0, left: 0 }], 'never less than none')
})

t.test(
  'what has not left is stopped first, from the first shipment on, and no more than was not known to have left',
  async (t) => {
    const waiting = [
      { shipmentId: 'a', lines: of(1) },
      { shipmentId: 'b', lines: of(3) },
    ]
    const { lines, taken } = planStop(of(3), waiting, of(2), [])
    t.strictSame(lines, [{ lineId: '1', stopped: 3, left: 0 }])
    t.strictSame(taken, [
      { shipmentId: 'a', lines: of(1) },
      { shipmentId: 'b', lines: of(2) },
    ])
    const known = planStop([{ lineId: '1', quantity: 3, unsent: 1 }], waiting, of(2), [])
    t.strictSame(known.lines, [{ lineId: '1', stopped: 1, left: 2 }])
  },
)
