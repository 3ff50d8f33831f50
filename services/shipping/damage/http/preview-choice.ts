import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { riskOfShipment } from '../../risk/timeline.ts'
import { decider } from '../../shipment/decider.ts'
import { readOrderOf } from '../../shipment/store.ts'
import { type DamageRow, readReport } from '../store.ts'
import { choosingOf } from '../whose-loss.ts'
import { Choice, LossChoice } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

export const LossForeseen = Type.Object(
  {
    ...{ choice: Choice, lines: Type.Array(UnitsSent) },
    reasons: Type.Unsafe<Static<typeof Reasons>>({
      ...Reasons,
      description: 'Who bears the risk of the goods, which is why they are owed.',
    }),
  },
  { title: 'LossForeseen' },
)

/** `POST /damage-reports/{id}/choice/preview`: what a choice would settle, or why it would be refused, with nothing done. */
export function previewChoice(server: Server, { db, clock }: Deps) {
  server.post(
    '/damage-reports/:id/choice/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewChoiceAfterDamage',
        summary: 'See what would follow of a choice of a loss',
        description:
          'Nothing is written down. It answers the units that would be sent again or paid back, or is refused as the choice would be now.',
        tags: ['damage'],
        params: Type.Object({ id: Id }),
        body: LossChoice,
        response: {
          200: LossForeseen,
          ...problems(400, 401, 403, 404, 409),
        },
      },
    },
    async ({ params: { id }, body: { choice }, caller: { subject: by } }) => {
      const report = (await readReport(db, id)) ?? reportUnknown()
      return foreseeChoice({ db, clock }, report, { choice, by })
    },
  )
}

type Said = { choice: Static<typeof Choice>; by: string; isCustomer?: true }

/** What a choice of a loss would settle, and why. Throws the problem that the choice would be refused with. */
export async function foreseeChoice(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id: reportId, shipment_id: shipmentId, lines }: NonNullable<DamageRow>,
  { choice, ...said }: Said,
): Promise<Static<typeof LossForeseen>> {
  const { order, states, state } = (await readOrderOf(db, shipmentId))!
  const now = clock.now()
  const shipments = states.map((each) => ({ state: each }))
  const choosing = await choosingOf(db, { order, shipments }, now)
  const data = { ...choosing(state, lines), shipmentId, reportId, choice, replacementId: uuidv7(), ...said }
  const { refusal } = decider.decide({ type: 'SettleLoss', data }, state)
  if (refusal) throw refusalError(refusal)
  const { units } = riskOfShipment(order, states, state, now)
  const first = units.find(({ lineId }) => lineId === lines[0]!.lineId)
  return { choice, lines, reasons: first?.reasons ?? [] }
}
