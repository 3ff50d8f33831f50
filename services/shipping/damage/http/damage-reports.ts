import { Id, Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { settleWithReplacement } from '../settle-loss.ts'
import { writeDown } from '../write-down.ts'
import { answerOf, answers, params, shipmentOf } from './answer.ts'
import { previewChoice } from './preview-choice.ts'
import { readReports } from './read-reports.ts'
import { LossChoice, viewOf } from './report-view.ts'

const strict = { additionalProperties: false }
const tags = ['damage']
const Photo = {
  ...{ format: 'uri', maxLength: 500, pattern: '^https://' },
  errorMessage: 'must be an address that begins with https://',
}
const Photos = Type.Array(Type.String(Photo), {
  maxItems: 10,
  description: 'Where pictures of it are kept.',
})

/** The doors of damage and loss: reports, the customer's choice of a loss, and the carrier's claim as a task. */
export function damageReports(server: Server, deps: Deps) {
  reportRoute(server, deps)
  choiceRoutes(server, deps)
  previewChoice(server, deps)
  readReports(server, deps)
}

function reportRoute(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'reportDamage',
        summary: 'Report that goods were damaged or lost on their way',
        description:
          'By the customer, the warehouse or the carrier, of some units or all; the id is the caller’s to choose. A consumer is never late before the law’s own limits (forbrukerkjøpsloven § 27); a business that tells it after seven days is flagged and a person decides (clause 7, vegfraktloven § 40). Said twice it is one report; 409 `loss-settled` of more lost units than are left after what was settled.',
        tags,
        params,
        body: Type.Object(
          {
            shipmentId: Id,
            kind: DamageKind,
            reportedBy: DamageReporter,
            reportedAt: Type.Optional(Instant),
            lines: Type.Optional(Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES })),
            what: Type.String({ ...Why, description: 'What was found, in words.' }),
            photos: Type.Optional(Photos),
          },
          { ...strict, title: 'DamageReportBody' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: reportId }, body, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return viewOf(
        await writeDown(deps, { reportedAt: at, photos: [], ...body, reportId, at, by, what: asKept(body.what) }),
      )
    },
  )
}

function choiceRoutes(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id/choice',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'chooseAfterDamage',
        summary: 'Write down what the customer chose of a loss',
        description:
          'A new shipment of the same units, which is requested at once, or their price back. It is chosen once: of two choices at the same time the first stands, and the same said again changes nothing. What the customer withdrew from is not sent again (409 `units-withdrawn`), and of what was lost at their own risk there is nothing to choose (409 `risk-is-customers`; kjøpsloven §§ 12 and 13, forbrukerkjøpsloven § 14).',
        tags,
        params,
        body: LossChoice,
        response: answers,
      },
    },
    async ({ params: { id: reportId }, body: { choice }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return answerOf(deps, reportId, async (trx) => {
        const data = { shipmentId: await shipmentOf(trx, reportId), at, reportId, choice, by }
        return settleWithReplacement(trx, { ...data, replacementId: uuidv7() })
      })
    },
  )
  server.put(
    '/damage-reports/:id/claim',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleDamageClaim',
        summary: 'The carrier was told of it',
        description: 'Ends the task and its alarm. Said twice it is said once.',
        tags,
        params,
        response: answers,
      },
    },
    async ({ params: { id: reportId }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return answerOf(deps, reportId, async (trx) => {
        const data = { shipmentId: await shipmentOf(trx, reportId), at, reportId, by }
        return handleUnderOrder(trx, { type: 'ClaimOfCarrier', data })
      })
    },
  )
}
