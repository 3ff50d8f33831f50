import { Instant } from '@vilkar/contracts/event.ts'
import { Amount, LinePart, MAX_LINES } from '@vilkar/contracts/parts.ts'
import { Deduction } from '@vilkar/contracts/returns-inspection.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import type { ReturnCommand } from '../commands.ts'
import { change, findReturn, foresee } from './change-return.ts'
import { ReturnView } from './return-view.ts'
import { ReturnParams } from './returns.ts'

/** How long a customer may answer before something is deducted, ISO 8601; the last day to pay back ends it sooner. */
const HEARD_FOR = 'P7D'
const MAX_UNITS_NAMED = 1_000
const strict = { additionalProperties: false }
const Note = (description: string) => Type.String({ minLength: 1, maxLength: 1_000, description })
const answers = { 200: ReturnView, ...problems(400, 401, 403, 404, 409) }

const Unit = Type.Object(
  {
    ...LinePart.properties,
    serialNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    seal: Type.Optional(
      Type.Union([Type.Literal('intact'), Type.Literal('broken')], { description: 'Of goods that have one.' }),
    ),
    complete: Type.Boolean({ description: 'With all that was delivered with it.' }),
    wear: Type.Union([Type.Literal('none'), Type.Literal('tried'), Type.Literal('used'), Type.Literal('damaged')], {
      description: 'tried: no more than it takes to find out what it is and how it works, which is free.',
    }),
    fitForSale: Type.Boolean({ description: 'Whether it goes back into stock.' }),
  },
  strict,
)

const Inspection = Type.Object(
  {
    receivedAt: Type.Optional(Type.String({ ...Instant, description: 'When it came; now if it is left out.' })),
    units: Type.Array(Unit, {
      maxItems: MAX_UNITS_NAMED,
      description: 'Empty: the parcel was, or held other goods.',
    }),
    note: Type.Optional(Note('What else was seen, such as what a wrong parcel held.')),
  },
  { ...strict, title: 'Inspection' },
)
const Assessment = Type.Object(
  {
    deductions: Type.Array(
      Type.Object({ ...LinePart.properties, amount: Amount, why: Deduction.properties.why }, strict),
      { maxItems: MAX_LINES, description: 'What of the price of these units is not paid back, in minor units.' },
    ),
    grounds: Type.Optional(Note('Why, for the customer. Needed where something is deducted.')),
    final: Type.Optional(Type.Boolean({ description: 'The customer has been heard.' })),
  },
  { ...strict, title: 'Assessment' },
)
const PREVIEW =
  'Answers the return as it would be, or the same refusal, and nothing is done: who decides sees before what follows, and what it rests on.'
const config = { access: 'returns:write' } as const
const schema = { tags: ['returns'], params: ReturnParams, response: answers }

/** What came back, unit by unit, and what a person makes of what is not plain (angrerettloven §§ 22, 24 and 25). */
export function inspection(server: Server, deps: Deps) {
  inspect(server, deps)
  assess(server, deps)
}

function inspect(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/inspection',
    {
      config,
      schema: {
        ...schema,
        operationId: 'inspectReturn',
        summary: 'Say what came back',
        description:
          'Only for staff. Units that are not named were not in the parcel. What is plain (whole, no more than tried, under its seal) has the refund decided; anything else waits for `…/assessment`. Records the receipt too, unless that was said before. Said once: 409 `inspection-settled` if it is said otherwise later.',
        body: Inspection,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayInspect(caller)
      await findReturn(deps, caller, id)
      return change(deps, id, inspected(id, body, caller))
    },
  )
  server.post(
    '/returns/:id/inspection/preview',
    {
      config,
      schema: {
        ...schema,
        operationId: 'previewInspection',
        summary: 'See what would follow of what came back',
        description: `Only for staff. ${PREVIEW}`,
        body: Inspection,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayInspect(caller)
      return foresee(deps, await findReturn(deps, caller, id), inspected(id, body, caller))
    },
  )
}

function assess(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/assessment',
    {
      config,
      schema: {
        ...schema,
        operationId: 'assessReturn',
        summary: 'Judge what came back',
        description:
          'Only for staff, a person. Without deductions all is paid back at once. Otherwise the customer is told what is to be deducted and why, and may answer until `assessment.heardUntil`; what they were told of, or less, is decided at once with `final` (409 `customer-unheard` for more, before the last day). Nothing is deducted for wear from a customer who was not told of the right of withdrawal (§ 25), and nothing after the refund is decided.',
        body: Assessment,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayAssess(caller, body)
      await findReturn(deps, caller, id)
      return change(deps, id, assessed(id, body, caller))
    },
  )
  server.post(
    '/returns/:id/assessment/preview',
    {
      config,
      schema: {
        ...schema,
        operationId: 'previewAssessment',
        summary: 'See what would follow of a judgement of what came back',
        description: `Only for staff, a person. ${PREVIEW}`,
        body: Assessment,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayAssess(caller, body)
      return foresee(deps, await findReturn(deps, caller, id), assessed(id, body, caller))
    },
  )
}

function mayInspect({ scopes }: Caller) {
  if (!scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say what came back.')
}

function mayAssess({ scopes }: Caller, { deductions, grounds }: Static<typeof Assessment>) {
  if (!scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can judge what came back.')
  if (scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person judges what came back, by a token of their own.')
  if (deductions.length > 0 && grounds === undefined)
    throw httpError(400, 'invalid-input', 'Where something is deducted the customer is told why: grounds are needed.')
}

function inspected(id: string, { receivedAt, units, note }: Static<typeof Inspection>, { subject }: Caller) {
  const found = units.map(({ serialNumber: _, ...unit }) => unit)
  const serialNumbers = units.flatMap(({ serialNumber }) => serialNumber ?? [])
  const by = { inspectedBy: subject, note, ...(serialNumbers.length > 0 && { serialNumbers }) }
  return (facts: OrderFacts, at: string): ReturnCommand => ({
    type: 'RecordInspection',
    data: { returnId: id, at, facts, receivedAt: receivedAt ?? at, units: found, ...by },
  })
}

function assessed(id: string, { deductions, grounds, final }: Static<typeof Assessment>, { subject }: Caller) {
  const by = { assessedBy: subject, grounds, ...(!final && { heardFor: HEARD_FOR }) }
  return (facts: OrderFacts, at: string): ReturnCommand => ({
    type: 'AssessReturn',
    data: { returnId: id, at, facts, deductions, ...by },
  })
}
