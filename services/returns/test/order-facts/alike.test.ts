import t from 'tap'
import { alike } from '../../order-facts/http/alike.ts'

const line = (lineId: string, more: object = {}) => ({
  ...{ lineId, sku: `SKU-${lineId}`, quantity: 1, returnable: 1, cancellable: 0 },
  ...{ refundEstimate: { amount: Number(lineId), currency: 'NOK' }, withdrawal: { outcome: 'granted' }, ...more },
})
const idsIn = (lines: ReturnType<typeof line>[]) =>
  alike({ lines }).groups.map((group) => group.lines.map(({ lineId }) => lineId).join())

t.test(
  'what holds is said once for lines of which the same holds, whether or not they share what says it',
  async (t) => {
    const lines = [
      line('1'),
      line('2', { withdrawal: { outcome: 'refused' } }),
      line('3'),
      line('4', { returnable: 0 }),
    ]
    t.strictSame(idsIn(lines), ['1,3', '2', '4'], 'of what cannot go back less is told')
    const [first] = alike({ lines, at: 'now' }).groups
    t.strictSame(first, {
      lines: ['1', '3'].map((lineId) => {
        const { withdrawal: _, ...own } = line(lineId)
        return own
      }),
      withdrawal: { outcome: 'granted' },
    })
    t.strictSame(idsIn([line('1', { risk: { bearer: 'seller' } }), line('2', { risk: undefined })]), ['1', '2'])
    t.strictSame(idsIn([]), [])
  },
)
