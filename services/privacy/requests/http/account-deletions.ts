import { Day, Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Email } from '@vilkar/server/person.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { accountDeletion } from '@vilkar/terms/privacy/erasure.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { Identifier } from '../../subjects/subject-key.ts'
import { tellReceived } from '../mails/tell-received.ts'
import { receive } from '../receive.ts'
import { lockRequest } from '../store.ts'
import { Language } from './request-view.ts'

const Body = Type.Object(
  {
    controller: ControllerId,
    identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 10, description: 'By what the person is known.' }),
    choice: Type.Union([Type.Literal('delete'), Type.Literal('keep')], {
      description: 'What the person chose for their data when they deleted the account.',
    }),
    replyTo: Type.Optional(Type.String({ ...Email, description: 'Where the person is written to about it.' })),
    language: Type.Optional(Language),
  },
  { additionalProperties: false, title: 'AccountDeletionBody' },
)
const Answer = Type.Object(
  {
    erasureRequested: Type.Boolean({
      description: 'There is a request for erasure under this id (`GET /requests/{id}`).',
    }),
    dueOn: Type.Optional(Type.String({ ...Day, description: 'The last day to answer it.' })),
    reasons: Reasons,
  },
  { title: 'AccountDeletion' },
)

/**
 * `PUT /account-deletions/{id}`: what a person chose for their data with their account is a request for erasure, or leaves them for their
 * period. Source: smartphoto’s policy Art. 4; GDPR Art. 17(1).
 */
export function accountDeletions(server: Server, deps: Deps) {
  server.put(
    '/account-deletions/:id',
    {
      config: { access: 'privacy:ask' },
      schema: {
        operationId: 'deleteAccount',
        summary: 'A person deletes their account, and chooses whether their data go with it or stay for their period',
        description:
          'By the shop, for who is signed in. To delete is to ask for erasure, which is carried out as by `PUT /requests/{id}`; to keep changes nothing, and what is held goes at the end of its period: tell `accountDeleted` by `PUT /holdings/{controller}/{system}/{record}` in either case.',
        tags: ['requests'],
        params: Type.Object({ id: Id }),
        body: Body,
        response: { 200: Answer, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body: { controller, identifiers, choice, replyTo, language } }) => {
      const at = deps.clock.now()
      const deletedOn = osloDay(at)
      const { erasureRequested, dueOn, reasons } = accountDeletion(policyOf(controller), { deletedOn, choice })
      const keys = [...new Set(identifiers.map((each) => deps.subjectKey({ controller, ...each })))]
      const kept = await transact(deps, async (trx) => {
        const before = await lockRequest(trx, id)
        if (before !== undefined && (!erasureRequested || before.kind !== 'erase')) throw anotherChoice()
        if (!erasureRequested) return undefined
        const { row, differs } = await receive(
          trx,
          {
            ...{
              id,
              controller,
              kind: 'erase',
              channel: 'signed-in',
              keys,
              receivedOn: deletedOn.toString(),
              language,
            },
            personal: { ...(replyTo !== undefined && { replyTo }) },
          },
          at,
        )
        if (differs) throw anotherChoice()
        await tellReceived(trx, deps, row)
        return row
      })
      const due = kept?.due_on ?? dueOn?.toString()
      return { erasureRequested, reasons, ...(due !== undefined && { dueOn: due }) }
    },
  )
}

const anotherChoice = () => httpError(409, 'request-differs', 'Another request stands under this id.')
