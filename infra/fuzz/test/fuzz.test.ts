import t from 'tap'
import { fuzz } from '../fuzz.ts'

const REQUESTS = 300

t.test(`${REQUESTS} requests of a seed find no fault, nothing undeclared, no deviation and no leak`, async (t) => {
  const found: string[] = []
  const { faults, byStatus, entered, doors } = await fuzz({
    seed: 1,
    requests: REQUESTS,
    report: ({ operation, path, body }, answer, { fault, why }) =>
      void found.push(`${fault} at ${operation.name}: ${why} (${path} ${body ?? ''}: ${answer?.status})`),
  })
  t.strictSame(found, [])
  t.strictSame(faults, { unexplained: 0, undeclared: 0, deviation: 0, leak: 0 })
  t.ok(entered >= 8, `only ${entered} of ${doors} doors were entered`)
  for (const status of ['200', '400', '401', '403', '404']) t.ok((byStatus[status] ?? 0) > 0, `nothing was ${status}`)
})
