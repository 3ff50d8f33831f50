import t from 'tap'
import { costsOf, type Profile } from '../profile-costs.ts'

const ROOT = 'file:///house/'
const node = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url } })
const profile: Profile = {
  nodes: [
    node(1, '(idle)', ''),
    node(2, 'writev', ''),
    node(3, 'a', 'node:internal/streams/writable'),
    node(4, 'b', `${ROOT}node_modules/.pnpm/kysely@1/node_modules/kysely/dist/a.js`),
    node(5, 'c', `${ROOT}node_modules/.pnpm/@x+y@1/node_modules/@x/y/a.js`),
    node(6, 'd', `${ROOT}services/orders/money/ledger.ts`),
    node(7, 'e', `${ROOT}libs/server/jobs.ts`),
    node(8, '(garbage collector)', ''),
  ],
  samples: [1, 2, 2, 3, 4, 5, 6, 7, 8, 1],
  timeDeltas: [500, 30, 20, 10, 10, 10, 10, 5, 5, 900],
}

t.test('a profile says what a process was busy with, most first, and not how long it had nothing to do', async (t) => {
  t.strictSame(costsOf(profile), [
    { what: 'V8: writev', percent: 50 },
    { what: 'node:internal/streams', percent: 10 },
    { what: 'kysely', percent: 10 },
    { what: '@x/y', percent: 10 },
    { what: 'services/orders/money', percent: 10 },
    { what: 'libs/server', percent: 5 },
    { what: '(garbage collector)', percent: 5 },
  ])
})
