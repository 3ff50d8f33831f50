import { isDeepStrictEqual } from 'node:util'
import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { type DisclosureRow, disclosuresOf, insertDisclosure } from '../disclosure-store.ts'
import { Text } from './breach-view.ts'

const tags = ['registers']
const said = {
  disclosedAt: Type.String({ ...Instant, description: 'To the second.' }),
  to: Text,
  what: Type.String({ ...Text, description: 'What was given; no more than was asked for.' }),
  ground: Type.String({ ...Text, description: 'The order or the section of law.' }),
  toldBefore: Type.Boolean({ description: 'Whether the people concerned were told before.' }),
  whyNot: Type.Optional(Type.String({ ...Text, description: 'Needed when they were not.' })),
}
const DisclosureView = Type.Object({ id: Id, controller: ControllerId, ...said }, { title: 'Disclosure' })

/** To whom data were given because the law asked for it: written down once, and read. */
export function disclosures(server: Server, deps: Deps) {
  server.put(
    '/disclosures/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'writeDisclosure',
        summary: 'Write down that data were given to a court or an authority',
        description:
          'By staff. People are told before, unless the law forbids it: then it is said why not. The id is the caller’s to choose; said again alike nothing more happens.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { controller: ControllerId, ...said },
          { additionalProperties: false, title: 'DisclosureBody' },
        ),
        response: { 200: DisclosureView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const { controller, disclosedAt, toldBefore, whyNot, ...words } = body
      if (!toldBefore && whyNot === undefined)
        throw invalidField('body.whyNot', 'is needed: people were not told before')
      if (Temporal.Instant.compare(Temporal.Instant.from(disclosedAt), deps.clock.now()) > 0)
        throw invalidField('body.disclosedAt', 'is still to come')
      const personal = { by: caller.subject, ...words, ...(whyNot !== undefined && { whyNot }) }
      const moment = Temporal.Instant.from(disclosedAt).toString({ smallestUnit: 'second' })
      const row = { id, controller, disclosedAt: moment, toldBefore, personal }
      const kept = await transact(deps, (trx) => insertDisclosure(trx, row))
      const { by: _, ...keptWords } = kept.personal
      const { by: __, ...newWords } = personal
      if (!isDeepStrictEqual({ ...kept, personal: keptWords }, { ...row, personal: newWords }))
        throw httpError(409, 'disclosure-differs', 'Another disclosure was written down under this id.')
      return viewOf(kept)
    },
  )
  server.get(
    '/disclosures/:controller',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listDisclosures',
        summary: 'To whom data of a controller were given because the law asked for it, the newest first',
        tags,
        params: Type.Object({ controller: ControllerId }),
        response: { 200: Type.Object({ items: Type.Array(DisclosureView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { controller } }) => {
      return { items: (await disclosuresOf(deps.db, controller)).map(viewOf) }
    },
  )
}

function viewOf({ id, controller, disclosedAt, toldBefore, personal }: DisclosureRow): Static<typeof DisclosureView> {
  const { by: _, ...words } = personal
  return { id, controller: controller as Static<typeof ControllerId>, disclosedAt, toldBefore, ...words }
}
