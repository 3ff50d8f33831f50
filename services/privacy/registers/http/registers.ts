import { Id } from '@vilkar/contracts/event.ts'
import { Locale } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { wantedLocale } from '@vilkar/server/kept-text.ts'
import { httpError, invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { fullRecordOf } from '../activities.ts'
import { outgoing } from '../outgoing.ts'
import { type ProcessorRow, processorsOf, saveProcessor } from '../processor-store.ts'
import { faultOf, withoutAgreement } from '../processors.ts'
import { inWords } from '../words.ts'
import { facts, ProcessorView, RecordView } from './record-view.ts'

const tags = ['registers']
/** The record of processing, and the processors in it. */
export function registers(server: Server, deps: Deps) {
  server.get(
    '/registers/:controller',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readRecordOfProcessing',
        summary: 'What a controller processes, why, for how long, and who gets it',
        description:
          'Made of the policy that is kept, with the processors that were written down and what this product does to keep data safe (GDPR Art. 30), in Norwegian or English.',
        tags,
        params: Type.Object({ controller: ControllerId }),
        querystring: Type.Object(
          {
            locale: Type.Optional(
              Type.Unsafe<Static<typeof Locale>>({
                ...Locale,
                description: 'Goes before Accept-Language; nb when neither says.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: RecordView, ...problems(400, 401, 403) },
      },
    },
    async (request) => {
      const { controller } = request.params
      const locale = request.query.locale ?? wantedLocale(request as never)
      const policy = policyOf(controller)
      const processors = await processorsOf(deps.db, controller)
      const today = osloDay(deps.clock.now()).toString()
      return {
        ...{ controller, name: policy.controller.name, contact: policy.contact },
        ...fullRecordOf(controller, processors, today, locale),
        processors: processors.map(viewOf),
        outgoing: outgoing.map(({ name, kind, fields }) => {
          return { name: name[locale], kind, fields: fields.map((field) => inWords(locale, field)) }
        }),
        withoutAgreement: withoutAgreement(outgoing, processors, today).map(({ name, kind }) => {
          return { name: name[locale], kind }
        }),
      }
    },
  )
  processorRoute(server, deps)
}

function processorRoute(server: Server, deps: Deps) {
  server.put(
    '/processors/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'writeProcessor',
        summary: 'Write a processor down, or put better what is known of it',
        description:
          'By staff. The id is the caller’s to choose. 409 when the policy names no such recipient, or a safeguard is missing.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { controller: ControllerId, ...facts },
          { additionalProperties: false, title: 'ProcessorBody' },
        ),
        response: { 200: ProcessorView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body: { controller, since, until, ...said }, caller }) => {
      if (until !== undefined && until < since) throw invalidField('body.until', 'is before it began')
      const fault = faultOf(policyOf(controller), said)
      if (fault) throw refusalError(fault)
      const row = { id, controller, facts: said, since, until: until ?? null, by: caller.subject }
      const saved = await transact(deps, (trx) => saveProcessor(trx, row))
      if (saved === undefined)
        throw httpError(409, 'processor-differs', 'Under this id stands one of another controller.')
      return viewOf(saved)
    },
  )
}

const viewOf = ({ id, controller, facts, since, until }: ProcessorRow): Static<typeof ProcessorView> => ({
  ...{ id, controller: controller as Static<typeof ControllerId>, ...facts, since },
  ...(until !== null && { until }),
})
