import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { isLate, owed } from '../breach.ts'
import { listBreaches, lockBreach, readBreach, type StoredBreach, saveBreach } from '../breach-store.ts'
import { BreachView, Risk, Text, viewOf } from './breach-view.ts'

const tags = ['breaches']
const params = Type.Object({ id: Id })
const answers = { 200: BreachView, ...problems(400, 401, 403, 404, 409) }
const strict = { additionalProperties: false }

/** Breaches of personal data: opened, put better, the authority and people told, closed. */
export function breaches(server: Server, deps: Deps) {
  openRoute(server, deps)
  readRoutes(server, deps)
  reportRoute(server, deps)
  peopleRoute(server, deps)
  closingRoute(server, deps)
}

const unknown = (): never => {
  throw httpError(404, 'breach-unknown', 'There is no such breach.')
}

/** Changes a breach that is open; what `change` throws changes nothing. */
const changing = (deps: Deps, id: string, change: (known: StoredBreach | undefined) => StoredBreach) =>
  transact(deps, async (trx) => {
    const known = await lockBreach(trx, id)
    if (known?.state.closedAt !== undefined)
      throw httpError(409, 'breach-closed', 'The breach is closed; open another for what was found since.')
    const after = change(known)
    await saveBreach(trx, after)
    return viewOf(after)
  })

/** A moment that was, and not before the breach was found. */
function checkMoment(at: string, from: string, now: Temporal.Instant, field: string) {
  const moment = Temporal.Instant.from(at)
  if (Temporal.Instant.compare(moment, now) > 0) throw invalidField(field, 'is still to come')
  if (Temporal.Instant.compare(moment, Temporal.Instant.from(from)) < 0)
    throw invalidField(field, 'is before the breach was found')
}

function openRoute(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'openBreach',
        summary: 'Open a breach of personal data, or put better what is known of it',
        description:
          'By staff. From `foundAt` on there are 72 hours to tell the authority, unless it is no risk (GDPR Art. 33(1)). The id is the caller’s to choose; controller and `foundAt` stay as they were first said.',
        tags,
        params,
        body: Type.Object(
          {
            controller: ControllerId,
            foundAt: Type.String({ ...Instant, description: 'When somebody here knew of it.' }),
            risk: Risk,
            nature: Type.String({ ...Text, description: 'What happened. No names of the people concerned.' }),
            categories: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
              ...{ maxItems: 50, description: 'Kinds of data and of people.' },
            }),
            people: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'About how many.' })),
            contact: Type.Optional(Type.String({ ...Text, description: 'Where more is had.' })),
            consequences: Type.Optional(Text),
            measures: Type.Optional(Text),
          },
          { ...strict, title: 'BreachBody' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body, caller }) => {
      const now = deps.clock.now()
      const { nature, contact, consequences, measures, ...facts } = body
      checkMoment(facts.foundAt, facts.foundAt, now, 'body.foundAt')
      return changing(deps, id, (known) => {
        const { controller, foundAt } = known?.state ?? facts
        if (controller !== facts.controller || !Temporal.Instant.from(foundAt).equals(facts.foundAt))
          throw httpError(409, 'breach-differs', 'Another breach was opened under this id.')
        const words = { nature, ...(contact && { contact }), ...(consequences && { consequences }) }
        return {
          id,
          state: { ...known?.state, openedAt: known?.state.openedAt ?? now.toString(), ...facts, foundAt },
          personal: { by: caller.subject, ...known?.personal, ...words, ...(measures && { measures }) },
        }
      })
    },
  )
}

function readRoutes(server: Server, { db }: Deps) {
  server.get(
    '/breaches',
    {
      config: { access: 'privacy:read' },
      schema: {
        ...{ operationId: 'listBreaches', summary: 'Breaches, the open ones first', tags },
        response: { 200: Type.Object({ items: Type.Array(BreachView) }), ...problems(401, 403) },
      },
    },
    async () => {
      return { items: (await listBreaches(db)).map(viewOf) }
    },
  )
  server.get(
    '/breaches/:id',
    {
      config: { access: 'privacy:read' },
      schema: {
        ...{ operationId: 'readBreach', summary: 'A breach: by when whom and what is told', tags, params },
        response: { 200: BreachView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      return viewOf((await readBreach(db, id)) ?? unknown())
    },
  )
}

function reportRoute(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id/report',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'reportBreach',
        summary: 'Say that the authority was told',
        description:
          'What is not known yet follows later. After the 72 hours it is said why it was late (GDPR Art. 33(1), (4)). The first word stands.',
        tags,
        params,
        body: Type.Object(
          { reportedAt: Instant, reference: Type.String({ minLength: 1, maxLength: 200 }), delay: Type.Optional(Text) },
          { ...strict, title: 'BreachReport' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { reportedAt, reference, delay }, caller }) => {
      return changing(deps, id, (known) => {
        const { state, personal } = known ?? unknown()
        if (state.reportedAt !== undefined) return { id, state, personal }
        checkMoment(reportedAt, state.foundAt, deps.clock.now(), 'body.reportedAt')
        if (delay === undefined && isLate(state, Temporal.Instant.from(reportedAt)))
          throw invalidField('body.delay', 'is needed: the 72 hours were over')
        const said = { reportedBy: caller.subject, ...(delay && { delay }) }
        return { id, state: { ...state, reportedAt, reference }, personal: { ...personal, ...said } }
      })
    },
  )
}

function peopleRoute(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id/people-told',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'tellPeopleOfBreach',
        summary: 'Say that the people concerned were told, and how',
        description: 'Of a high risk they have to be (GDPR Art. 34). The first word stands.',
        tags,
        params,
        body: Type.Object({ toldAt: Instant, how: Text }, { ...strict, title: 'BreachPeopleTold' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { toldAt, how }, caller }) => {
      return changing(deps, id, (known) => {
        const { state, personal } = known ?? unknown()
        if (state.peopleToldAt !== undefined) return { id, state, personal }
        checkMoment(toldAt, state.foundAt, deps.clock.now(), 'body.toldAt')
        return { id, state: { ...state, peopleToldAt: toldAt }, personal: { ...personal, toldBy: caller.subject, how } }
      })
    },
  )
}

function closingRoute(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id/closing',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'closeBreach',
        summary: 'Close a breach',
        description: 'Once whoever has to be told was told: 409 `breach-untold` before that.',
        tags,
        params,
        body: Type.Object({ outcome: Text }, { ...strict, title: 'BreachClosing' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { outcome }, caller }) => {
      return changing(deps, id, (known) => {
        const { state, personal } = known ?? unknown()
        const { open, reasons } = owed(state, personal)
        if (open.length > 0)
          throw httpError(409, 'breach-untold', `Not everybody was told who has to be: ${open.join(', ')}.`, {
            reasons,
          })
        const closed = { ...state, closedAt: deps.clock.now().toString() }
        return { id, state: closed, personal: { ...personal, closedBy: caller.subject, outcome } }
      })
    },
  )
}
