import t from 'tap'
import { createJudge } from '../judge.ts'
import type { Operation } from '../operations.ts'
import type { Request } from '../requests.ts'

const problem = { content: { 'application/problem+json': { schema: { type: 'object', required: ['type'] } } } }
const operation = {
  responses: {
    200: { content: { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } } },
    202: {},
    404: problem,
    500: problem,
    503: problem,
  },
} as unknown as Operation
const as = (party: Request['party']) => ({ operation, party }) as Request
const judge = createJudge({ secret: 'of another', isSecretFrom: ({ party }) => party !== 'all' })
const json = (status: number, body: unknown) => ({ status, media: 'application/json', text: JSON.stringify(body) })
const told = (status: number, kind: string, detail = 'It is so.') => ({
  ...{ status, media: 'application/problem+json' },
  text: JSON.stringify({ type: `/problems/${kind}`, detail }),
})
const faults = (party: Request['party'], answer: Parameters<typeof judge>[1]) =>
  judge(as(party), answer).map(({ fault }) => fault)

t.test('what is declared and as it is described is no fault', async (t) => {
  t.strictSame(faults('all', json(200, { name: 'x' })), [])
  t.strictSame(faults('all', { status: 202, media: '', text: '' }), [])
  t.strictSame(faults('all', told(404, 'order-unknown')), [])
  t.strictSame(faults('all', told(503, 'busy')), [])
})

for (const [what, answer, fault] of [
  ['a fault of ours', told(500, 'internal-fault'), 'unexplained'],
  ['a service that is not ready', told(503, 'not-ready'), 'unexplained'],
  ['a status that is not declared', told(409, 'quote-used'), 'undeclared'],
  ['a problem without a page', told(404, 'unheard-of'), 'undeclared'],
  ['a body of another type', json(200, { name: 1 }), 'deviation'],
  ['a body where there is to be none', { status: 202, media: 'application/json', text: 'null' }, 'deviation'],
  ['another media type', { status: 200, media: 'text/html', text: '<p>' }, 'deviation'],
  ['what is no JSON', { status: 200, media: 'application/json', text: '{' }, 'deviation'],
  ['a stack', told(404, 'order-unknown', 'Error: x\n    at findOrder (/srv/services/orders/a.ts:7:3)'), 'leak'],
  ['words of the database', told(404, 'order-unknown', 'invalid input syntax for type uuid: "x"'), 'leak'],
  ['SQL', told(404, 'order-unknown', 'select "id" from "orders" where "id" = $1'), 'leak'],
  ['an address of the inside', told(404, 'order-unknown', 'connect ECONNREFUSED 10.0.0.7:5432'), 'leak'],
] as const)
  t.test(`${what} is found`, async (t) => t.strictSame(faults('all', answer), [fault]))

t.test('what belongs to a customer is told to staff, and found when anybody else hears it', async (t) => {
  t.strictSame(faults('all', json(200, { name: 'of another' })), [])
  for (const party of ['stranger', 'nobody', 'liar'] as const)
    t.strictSame(faults(party, json(200, { name: 'of another' })), ['leak'])
})
