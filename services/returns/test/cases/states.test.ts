import t from 'tap'
import { type CaseStatus, caseStatuses, withdrawalWaits } from '../../cases/states.ts'
import type { Awaiting, DeclaredReturn } from '../../withdrawal/state.ts'

t.test('how a withdrawal stands and what it waits for is what the documents say of cases', async (t) => {
  const statuses: Record<DeclaredReturn['status'], CaseStatus> = {
    ...{ declared: 'declared', sent: 'sent', 'refund-decided': 'refund-decided', closed: 'closed' },
  }
  for (const status of Object.keys(statuses)) t.ok(caseStatuses.includes(status as CaseStatus), status)
  const waits: Record<Awaiting, true> = {
    ...{ units: true, verdict: true, inspection: true, assessment: true, payment: true },
  }
  t.strictSame(Object.keys(waits).sort(), [...withdrawalWaits].sort())
})
