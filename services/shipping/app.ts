import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'
import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { personalDataRoutes } from '@vilkar/personal-data/routes.ts'
import { photoOfPersonRoute } from '@vilkar/photos/of-person-route.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { webhookRoutes } from '@vilkar/webhooks/routes.ts'
import { carrierAlarmKinds } from './carriers/alarms.ts'
import { carrierCodes } from './carriers/http/carrier-codes.ts'
import { notifications } from './carriers/http/notifications.ts'
import { readCarriers } from './carriers/http/read-carriers.ts'
import { damageAlarmKinds } from './damage/alarms.ts'
import { claimAnswers } from './damage/http/claim-answers.ts'
import { damageReports } from './damage/http/damage-reports.ts'
import { photos } from './damage/http/photos.ts'
import { reportsByStaff } from './damage/http/reports-by-staff.ts'
import type { Deps } from './deps.ts'
import { papers } from './documents/http/papers.ts'
import { holding, idsOf } from './erasure/holding.ts'
import { written } from './erasure/written.ts'
import { failedAlarmKinds } from './failed/alarms.ts'
import { failedDeliveries } from './failed/http/failed-deliveries.ts'
import { inboundAlarmKinds } from './inbound/alarms.ts'
import { scan } from './inbound/http/scan.ts'
import { settle } from './inbound/http/settle.ts'
import { linkedOrder } from './linked-order/http/reports.ts'
import { counts } from './overview/http/counts.ts'
import { dossier } from './overview/http/dossier.ts'
import { work } from './overview/http/work.ts'
import { returnFreightAlarmKinds } from './return-freight/alarms.ts'
import { returnLabels } from './return-freight/http/return-labels.ts'
import { readCircumstances } from './risk/http/circumstances.ts'
import { recordCircumstance } from './risk/http/record-circumstance.ts'
import { risk } from './risk/http/risk.ts'
import { serialAlarmKinds } from './serials/alarms.ts'
import { correctNumbers } from './serials/http/correct-numbers.ts'
import { foreseeRecalls } from './serials/http/foresee-recalls.ts'
import { openRecallsRoute } from './serials/http/open-recalls.ts'
import { recalls } from './serials/http/recalls.ts'
import { serials } from './serials/http/serials.ts'
import { agreeParts } from './shipment/http/agree-parts.ts'
import { correctDelivery } from './shipment/http/correct-delivery.ts'
import { endParts } from './shipment/http/end-parts.ts'
import { moveShipment } from './shipment/http/move-shipment.ts'
import { readOneShipment } from './shipment/http/read-shipment.ts'
import { readShipments } from './shipment/http/read-shipments.ts'
import { reportParcel } from './shipment/http/report-parcel.ts'
import { feed } from './warehouse/http/feed.ts'

/** All that people are called for here. */
export const alarmKinds = [
  ...[...carrierAlarmKinds, ...damageAlarmKinds, ...returnFreightAlarmKinds, ...inboundAlarmKinds],
  ...serialAlarmKinds,
  ...failedAlarmKinds,
  ...serviceAlarmKinds,
] as const

/** The shipping service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors; react?: object }) {
  const server = await createServer({
    title: 'Vilkår shipping',
    description: 'Shipments, their way to the customer, and who bears the risk on it.',
    log: deps.log,
    ...deps.doors,
  })
  feed(server, deps)
  readShipments(server, deps)
  readOneShipment(server, deps)
  papers(server, deps)
  moveShipment(server, deps)
  agreeParts(server, deps)
  endParts(server, deps)
  reportParcel(server, deps)
  correctDelivery(server, deps)
  risk(server, deps)
  recordCircumstance(server, deps)
  readCircumstances(server, deps)
  webhookRoutes(server, { db: deps.db, clock: deps.clock, service: 'shipping', insecure: deps.insecureWebhooks })
  failedDeliveries(server, deps)
  damageReports(server, deps)
  reportsByStaff(server, deps)
  claimAnswers(server, deps)
  photos(server, deps)
  linkedOrder(server, deps)
  returnLabels(server, deps)
  scan(server, deps)
  settle(server, deps)
  serials(server, deps)
  correctNumbers(server, deps)
  recalls(server, deps)
  foreseeRecalls(server, deps)
  openRecallsRoute(server, deps)
  notifications(server, deps)
  readCarriers(server, deps)
  carrierCodes(server, deps)
  alarmRoutes(server, { ...deps, written }, alarmKinds)
  personalDataRoutes(server, { db: deps.db, holding, idsOf })
  photoOfPersonRoute(server, {
    ...{ db: deps.db, store: deps.photoStore },
    among: async (orderId) => holding.reaches.photo!(await idsOf(deps.db, [orderId])),
  })
  dossier(server)
  counts(server, deps)
  work(server)
  return server
}
