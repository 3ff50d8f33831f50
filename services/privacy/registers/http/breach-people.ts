import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { RecordName, SystemName } from '../../subjects/names.ts'
import { isOfTheShop } from '../../subjects/of-the-shop.ts'
import { SubjectKeyText } from '../../subjects/subject-key.ts'
import { lockBreach, readBreach } from '../breach-store.ts'
import { askPeople, type Hit, hitOf, noteHitTold, notHeld, untoldBy } from '../person-store.ts'
import { refuseUnready, unknown } from './notices.ts'

const tags = ['breaches']
const params = Type.Object({ id: Id })
const strict = { additionalProperties: false }
const PAGE_SIZE = 200
const MOST_RECORDS = 1_000

const People = Type.Object(
  {
    toTell: Type.Integer({ description: 'Keyed hashes of people whom their system did not tell yet.' }),
    told: Type.Integer({ description: 'Of those whom it told.' }),
    systems: Type.Array(Type.Object({ system: Type.String(), toTell: Type.Integer(), told: Type.Integer() }), {
      description: 'The same of each system.',
    }),
  },
  { title: 'BreachPeople' },
)
const HitView = Type.Object(
  {
    breachId: Id,
    controller: ControllerId,
    subject: SubjectKeyText,
    records: Type.Array(Type.String(), { description: 'What the system holds of the person, as it calls it.' }),
    nature: Type.String({ description: 'What happened: it is said as it stands, as are the others.' }),
    consequences: Type.Optional(Type.String()),
    measures: Type.Optional(Type.String()),
    contact: Type.String({ description: 'Where the person can ask.' }),
    authorities: Type.Array(Type.String(), { description: 'To whom the person may complain.' }),
  },
  { title: 'BreachHit' },
)

/** People whom a breach hit and whom only a system of others can reach: named by its records, fetched by it, and said to be told. */
export function breachPeople(server: Server, deps: Deps) {
  nameRoute(server, deps)
  countRoute(server, deps)
  systemRoutes(server, deps)
}

function nameRoute(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id/people',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'namePeopleOfBreach',
        summary: 'Say whom a breach hit, by the records of a system, which is to tell them',
        description:
          'For people of whom no address is known here. Without `records` it is everybody of whom the system holds something. The system fetches them by `GET /breach-people`, with the words of the breach, which is described whole before (GDPR Art. 34(2)). The shop’s own customers are named by their orders instead: `PUT /breaches/{id}/notices`.',
        tags,
        params,
        body: Type.Object(
          {
            system: SystemName,
            records: Type.Optional(Type.Array(RecordName, { minItems: 1, maxItems: MOST_RECORDS })),
          },
          { ...strict, title: 'BreachPeopleBody' },
        ),
        response: { 200: People, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      if (isOfTheShop(body.system))
        throw invalidField('body.system', 'is the shop’s own: name the orders by `PUT /breaches/{id}/notices`')
      const at = deps.clock.now().toString()
      await transact(deps, async (trx) => {
        const breach = await lockBreach(trx, id)
        if (breach === undefined) throw unknown()
        refuseUnready(breach)
        const hit: Hit = { ...body, controller: breach.state.controller }
        const others = await notHeld(trx, hit)
        if (others.length > 0) throw invalidField('body.records', `names what is not held: ${others.join(', ')}`)
        await askPeople(trx, id, { ...hit, by: caller.subject, at })
      })
      return hitOf(deps.db, id)
    },
  )
}

function countRoute(server: Server, { db }: Deps) {
  server.get(
    '/breaches/:id/people',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readBreachPeople',
        summary: 'How far systems of others are with telling those whom a breach hit',
        tags,
        params,
        response: { 200: People, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      if ((await readBreach(db, id)) === undefined) throw unknown()
      return hitOf(db, id)
    },
  )
}

function systemRoutes(server: Server, deps: Deps) {
  server.get(
    '/breach-people',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'listBreachPeople',
        summary: 'Whom a system is to tell that a breach hit them, and in which words',
        description: 'By the records as the system calls them. They are told without undue delay (GDPR Art. 34(1)).',
        tags,
        querystring: Type.Object({ system: SystemName }, strict),
        response: { 200: Type.Object({ items: Type.Array(HitView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { system } }) => ({
      items: (await untoldBy(deps.db, system, PAGE_SIZE)).map(({ breach_id, personal, controller, ...row }) => {
        const { contact, authorities } = policyOf(controller as PolicyId)
        const { nature, consequences, measures } = personal
        return {
          ...{ ...row, breachId: breach_id, controller: controller as PolicyId, nature, consequences, measures },
          ...{ contact: personal.contact ?? contact, authorities: [...authorities] },
        }
      }),
    }),
  )
  server.put(
    '/breach-people/:id/told',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'noteBreachPeopleTold',
        summary: 'A system has told people of a breach, by its id',
        description: 'Said twice it is said once. Whoever is known by several things is told once.',
        tags,
        params,
        body: Type.Object(
          { system: SystemName, subjects: Type.Array(SubjectKeyText, { minItems: 1, maxItems: PAGE_SIZE }) },
          { ...strict, title: 'BreachPeopleToldBySystem' },
        ),
        response: { 204: Type.Null(), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, body: { system, subjects } }, reply) => {
      if ((await readBreach(deps.db, id)) === undefined)
        throw httpError(404, 'breach-unknown', 'There is no such breach.')
      await noteHitTold(deps.db, { breachId: id, system, subjects, at: deps.clock.now().toString() })
      return reply.status(204).send(null)
    },
  )
}
