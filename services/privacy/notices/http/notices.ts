import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { SystemName } from '../../subjects/names.ts'
import { refuseTheShop } from '../../subjects/refuse-the-shop.ts'
import { SubjectKeyText } from '../../subjects/subject-key.ts'
import { noteTold } from '../notice-store.ts'
import { listChanges, readChange, untoldOf } from '../store.ts'

const tags = ['notices']
const PAGE_SIZE = 200
const CHANGES_SHOWN = 100
const strict = { additionalProperties: false }

const change = {
  changeId: Id,
  controller: Type.String(),
  ...{ before: Type.String(), edition: Type.String({ examples: ['shop/2026-01-15'] }) },
  sections: Type.Array(Type.String(), { description: 'The places of what is new or different.' }),
  consentsToRenew: Type.Array(Type.String(), {
    description: 'Purposes: a consent from before does not stand, and is to be asked for anew.',
  }),
}
const Notice = Type.Object(
  {
    ...change,
    subject: SubjectKeyText,
    records: Type.Array(Type.String(), { description: 'What the system holds of the person, as it calls it.' }),
  },
  { title: 'Notice' },
)
const ChangeView = Type.Object(
  {
    ...change,
    adoptedAt: Instant,
    told: Type.Integer(),
    untold: Type.Integer(),
    unreachable: Type.Integer({ description: 'Whom nobody can tell.' }),
    unreachableBecause: Type.Object(
      {
        nothingHeld: Type.Integer({ description: 'Nothing is held of them any more.' }),
        noAddress: Type.Integer({ description: 'What is held does not lead to them.' }),
        consentOnly: Type.Integer({ description: 'All that is kept is a consent, by a keyed hash of an address.' }),
      },
      { description: 'How many for which reason; of those from before reasons were kept, none.' },
    ),
  },
  { title: 'PolicyChange' },
)

/** The doors of notices: whom a system is to tell of a changed policy, that it did, and how far it is. */
export function notices(server: Server, deps: Deps) {
  server.get(
    '/notices',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'listNotices',
        summary: 'Whom a system is to tell that a policy has changed: people it holds something of, whom nobody told',
        description:
          'By the records as the system calls them, and by our keyed hash, with which it says that it did. The shop’s own customers are written to by us: 409 `system-is-ours`.',
        tags,
        querystring: Type.Object({ system: SystemName }, strict),
        response: { 200: Type.Object({ items: Type.Array(Notice) }), ...problems(400, 401, 403, 409) },
      },
    },
    async ({ query: { system } }) => {
      refuseTheShop(system)
      const rows = await untoldOf(deps.db, system, PAGE_SIZE)
      return { items: rows.map(({ id, renewed, ...row }) => ({ ...row, changeId: id, consentsToRenew: renewed })) }
    },
  )
  server.put(
    '/notices/:id/told',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'noteNoticesTold',
        summary: 'A system has told people of a change',
        description: 'Said twice it is said once. Whoever is known by several things is told once.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { system: SystemName, subjects: Type.Array(SubjectKeyText, { minItems: 1, maxItems: PAGE_SIZE }) },
          { ...strict, title: 'NoticesTold' },
        ),
        response: { 204: Type.Null(), ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { system, subjects } }, reply) => {
      refuseTheShop(system)
      if ((await readChange(deps.db, id)) === undefined)
        throw httpError(404, 'policy-change-unknown', 'No policy changed under this id.')
      await noteTold(deps.db, { changeId: id, subjects, by: system, at: deps.clock.now().toString() })
      return reply.status(204).send(null)
    },
  )
  server.get(
    '/policy-changes',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listPolicyChanges',
        summary: 'Which policies changed, what is different, and how many were told of it',
        tags,
        response: { 200: Type.Object({ items: Type.Array(ChangeView) }), ...problems(401, 403) },
      },
    },
    async () => ({
      items: (await listChanges(deps.db, CHANGES_SHOWN)).map(({ id, renewed, adopted_at, ...row }) => ({
        ...{ ...row, changeId: id, consentsToRenew: renewed, adoptedAt: Temporal.Instant.from(adopted_at).toString() },
      })),
    }),
  )
}
