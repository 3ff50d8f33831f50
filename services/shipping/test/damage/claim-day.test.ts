import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { checkFailures } from '../../failed/jobs/watch-failed.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { deps, clock, call, requested } = await startShippingForTest()
const put = async (url: string, body: object, role = 'warehouse') => {
  const answer = await call(role, 'PUT', url, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  await checkFailures(deps)
  return answer.body
}

/** Goods that left on 2 June; what is done with them is said on the twentieth. */
async function sent(customerKind = 'consumer') {
  clock.at = '2026-06-02T12:00:00Z'
  const { id } = await requested({ customerKind })
  await put(`/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  clock.at = '2026-06-20T12:00:00Z'
  const reportId = randomUUID()
  const kari = { receivedBy: 'Kari', takenBy: 'customer' }
  return {
    reported: (day: string) =>
      put(`/damage-reports/${reportId}`, {
        ...{ shipmentId: id, kind: 'damaged', reportedBy: 'customer', what: 'Crushed.' },
        reportedAt: `${day}T10:00:00Z`,
      }),
    received: (day: string) => put(`/shipments/${id}/delivery`, { receivedAt: `${day}T10:00:00Z`, ...kari }),
    corrected: (day: string) =>
      put(
        `/shipments/${id}/delivery/correction`,
        { delivered: { receivedAt: `${day}T10:00:00Z`, ...kari }, why: 'It was another day.' },
        'support',
      ),
    found: async () => {
      const { claimDueOn, late, outcome } = (await call('warehouse', 'GET', `/damage-reports/${reportId}`)).body
      return { claimDueOn, late, outcome }
    },
  }
}

/** Seven days after each that are no Sunday nor holiday (vegfraktloven § 40). */
const LAST_DAY = { '2026-06-03': '2026-06-11', '2026-06-08': '2026-06-16', '2026-06-10': '2026-06-18' }
type Day = keyof typeof LAST_DAY

t.test(
  'the carrier is told within seven days of the receipt, whichever of receipt, correction and report is told last',
  async (t) => {
    const days = Object.keys(LAST_DAY) as Day[]
    for (const first of days)
      for (const then of days) {
        const claims: string[] = []
        for (const reportedAfter of [0, 1, 2]) {
          const { reported, received, corrected, found } = await sent()
          const steps = [() => received(first), () => corrected(then)]
          for (const step of steps.toSpliced(reportedAfter, 0, () => reported('2026-06-10'))) await step()
          claims.push((await found()).claimDueOn)
        }
        t.strictSame(new Set(claims), new Set([LAST_DAY[then]]), `received ${first}, and then ${then}`)
      }
  },
)

t.test('whether a business was late is said by the corrected day', async (t) => {
  const { reported, received, corrected, found } = await sent('business')
  await received('2026-06-10')
  await reported('2026-06-15')
  t.match(await found(), { late: false, outcome: 'granted' })
  await corrected('2026-06-03')
  t.match(await found(), { late: true, outcome: 'review', claimDueOn: LAST_DAY['2026-06-03'] })
  await corrected('2026-06-08')
  t.match(await found(), { late: false, outcome: 'granted', claimDueOn: LAST_DAY['2026-06-08'] })
})
