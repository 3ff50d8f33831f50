import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { mailsIn } from '@vilkar/mail/mail-rows.ts'
import { mailRoutes } from '@vilkar/mail/routes.ts'
import { unsentMailRoutes } from '@vilkar/mail/unsent-routes.ts'
import { personalDataRoutes } from '@vilkar/personal-data/routes.ts'
import { photoOfPersonRoute } from '@vilkar/photos/of-person-route.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { webhookRoutes } from '@vilkar/webhooks/routes.ts'
import { agreements } from './agreement/http/agreements.ts'
import { alarmKinds } from './alarms/kinds.ts'
import { cases } from './cases/http/cases.ts'
import { photos } from './cases/http/photos.ts'
import { series } from './cases/http/series.ts'
import { tagging } from './cases/http/tags.ts'
import { complaints } from './complaint/http/complaints.ts'
import { goods } from './complaint/http/goods.ts'
import { judge } from './complaint/http/judge.ts'
import { previewComplaint } from './complaint/http/preview.ts'
import { remedy } from './complaint/http/remedy.ts'
import type { Deps } from './deps.ts'
import { holding, idsOf } from './erasure/holding.ts'
import { written } from './erasure/written.ts'
import { exchanges } from './exchange/http/exchanges.ts'
import { label } from './goods-back/http/label.ts'
import { receivedGoods } from './goods-back/http/received-goods.ts'
import { linkedOrder } from './linked-order/http/linked-order.ts'
import { eligibility } from './order-facts/http/eligibility.ts'
import { rightsToCopy } from './order-facts/http/in-words.ts'
import { overrides } from './override/http/overrides.ts'
import { counts } from './overview/http/counts.ts'
import { dossier } from './overview/http/dossier.ts'
import { work } from './overview/http/work.ts'
import { payouts } from './payout/http/payouts.ts'
import { settlePayouts } from './payout/http/settle.ts'
import { statements } from './statement/http/statements.ts'
import { withdraw } from './statement/http/withdraw.ts'
import { check } from './voluntary-return/http/check.ts'
import { voluntaryReturns } from './voluntary-return/http/voluntary-returns.ts'
import { collection } from './withdrawal/http/collection.ts'
import { inspection } from './withdrawal/http/inspection.ts'
import { proofOfSending } from './withdrawal/http/proof-of-sending.ts'
import { returns } from './withdrawal/http/returns.ts'
import { availability } from './withdrawal-function/http/availability.ts'
import { labels } from './withdrawal-function/http/labels.ts'
import { receipts } from './withdrawal-function/http/receipts.ts'
import { withdrawOpenly } from './withdrawal-function/http/withdraw-openly.ts'

/** The returns service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors; react?: object }) {
  const server = await createServer({
    title: 'Vilkår returns',
    description: 'What a customer may return, until when and why; withdrawals, and the refunds that they end in.',
    log: deps.log,
    ...deps.doors,
  })
  eligibility(server, deps)
  rightsToCopy(server, deps)
  withdraw(server, deps)
  statements(server, deps)
  labels(server)
  withdrawOpenly(server, deps)
  availability(server, deps)
  receipts(server, deps)
  returns(server, deps)
  proofOfSending(server, deps)
  inspection(server, deps)
  collection(server, deps)
  voluntaryReturns(server, deps)
  check(server, deps)
  complaints(server, deps)
  previewComplaint(server, deps)
  judge(server, deps)
  remedy(server, deps)
  goods(server, deps)
  agreements(server, deps)
  exchanges(server, deps)
  overrides(server, deps)
  payouts(server, deps)
  settlePayouts(server, deps)
  cases(server, deps)
  series(server, deps)
  tagging(server, deps)
  photos(server, deps)
  label(server, deps)
  receivedGoods(server, deps)
  linkedOrder(server, deps)
  alarmRoutes(server, { ...deps, written, mailsIn }, alarmKinds)
  mailRoutes(server, { db: deps.db, idsOf })
  unsentMailRoutes(server, deps)
  personalDataRoutes(server, { db: deps.db, holding, idsOf })
  photoOfPersonRoute(server, {
    ...{ db: deps.db, store: deps.photoStore },
    among: async (orderId) => holding.reaches.photo!(await idsOf(deps.db, [orderId])),
  })
  webhookRoutes(server, { db: deps.db, clock: deps.clock, service: 'returns', insecure: deps.insecureWebhooks })
  dossier(server)
  counts(server, deps)
  work(server)
  return server
}
