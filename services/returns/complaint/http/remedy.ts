import { Instant } from '@vilkar/contracts/event.ts'
import { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { findComplaint, Words } from './complaints.ts'
import { change, config, onlyStaff, schema } from './judge.ts'

const strict = { additionalProperties: false }
const When = (description: string) => Type.Optional(Type.String({ ...Instant, description }))

/** What the customer chooses, and what comes of it. */
export function remedy(server: Server, deps: Deps) {
  choose(server, deps)
  rest(server, deps)
  cure(server, deps)
  fail(server, deps)
  receive(server, deps)
  giveUp(server, deps)
}

function choose(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/choice',
    {
      config,
      schema: {
        ...schema,
        operationId: 'chooseRemedy',
        summary: 'Choose what is to become of defective goods',
        description:
          'From `choices`: a repair or a replacement first, a lower price or the end of the purchase once that failed. The choice is the customer’s; staff may write it down. A replacement is sent as soon as orders has taken it out of stock; with none left, the customer hears and chooses anew. For a repair the goods come in and go back, both at the shop’s cost.',
        body: Type.Object({ remedy: Remedy }, { ...strict, title: 'RemedyChoice' }),
      },
    },
    async ({ params: { id }, body, caller }) => {
      await findComplaint(deps, caller, id)
      return change(deps, id, (facts, at) => ({
        type: 'ChooseRemedy',
        data: { returnId: id, at, facts, remedy: body.remedy, cureId: uuidv7() },
      }))
    },
  )
}

function rest(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/rest',
    {
      config,
      schema: {
        ...schema,
        operationId: 'restComplaint',
        summary: 'The customer was asked what they choose, and did not answer',
        description:
          'Only for staff, once the customer was reminded in vain (409 `choice-not-overdue` before). The case waits no more; the customer may choose whenever they like, and it goes on.',
        body: Type.Object({ note: Words('How they were asked.') }, { ...strict, title: 'ComplaintRest' }),
      },
    },
    async ({ params: { id }, body: { note }, caller }) => {
      onlyStaff(caller)
      await findComplaint(deps, caller, id)
      const by = caller.subject
      return change(deps, id, (_, at) => ({ type: 'RestComplaint', data: { returnId: id, at, by, note } }))
    },
  )
}

function cure(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/cure',
    {
      config,
      schema: {
        ...schema,
        operationId: 'reportCure',
        summary: 'The goods were repaired or replaced',
        description:
          'Only for staff: once the customer has them by another way than a shipment, of which shipping tells. What was replaced has a period of its own from here.',
        body: Type.Object(
          {
            doneAt: When('When the customer had the goods; now if it is left out.'),
            note: Type.Optional(Words('What was done, for the customer.')),
          },
          { ...strict, title: 'Cure' },
        ),
      },
    },
    async ({ params: { id }, body: { doneAt, note }, caller }) => {
      onlyStaff(caller)
      await findComplaint(deps, caller, id)
      const by = { doneBy: caller.subject, note }
      return change(deps, id, (_, at) => ({
        type: 'RecordCure',
        data: { returnId: id, at, doneAt: doneAt ?? at, ...by },
      }))
    },
  )
}

function fail(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/failure',
    {
      config,
      schema: {
        ...schema,
        operationId: 'reportFailedCure',
        summary: 'Putting it right did not help, or did not come',
        description:
          'The customer may choose anew: once is enough for a lower price or the end of the purchase. Before it was done, and until the day is over by which it is to be, 409 `remedy-under-way`; staff may give it up at any time.',
        body: Type.Object({ defect: Words('What is still wrong.') }, { ...strict, title: 'CureFailure' }),
      },
    },
    async ({ params: { id }, body: { defect }, caller }) => {
      await findComplaint(deps, caller, id)
      const conceded = caller.scopes.has('staff')
      return change(deps, id, (facts, at) => ({
        type: 'RecordFailure',
        data: { returnId: id, at, facts, defect, conceded },
      }))
    },
  )
}

function receive(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/receipt',
    {
      config,
      schema: {
        ...schema,
        operationId: 'receiveDefectiveGoods',
        summary: 'The defective goods are back',
        description: 'Only for staff, once the purchase is cancelled: all that was paid for them goes back.',
        body: Type.Object(
          { receivedAt: When('When they came; now if it is left out.') },
          { ...strict, title: 'ComplaintReceipt' },
        ),
      },
    },
    async ({ params: { id }, body: { receivedAt }, caller }) => {
      onlyStaff(caller)
      await findComplaint(deps, caller, id)
      return change(deps, id, (facts, at) => ({
        type: 'RecordReturn',
        data: { returnId: id, at, facts, receivedAt: receivedAt ?? at },
      }))
    },
  )
}

function giveUp(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/giving-up',
    { config, schema: { ...schema, operationId: 'giveUpComplaint', summary: 'The customer lets a complaint be' } },
    async ({ params: { id }, caller }) => {
      await findComplaint(deps, caller, id)
      return change(deps, id, (_, at) => ({ type: 'GiveUp', data: { returnId: id, at } }))
    },
  )
}
