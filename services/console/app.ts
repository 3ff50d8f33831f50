import type { FastifyInstance } from 'fastify'
import { customerPages } from './customer/pages.ts'
import { customerPlace } from './customer/place.ts'
import type { Deps } from './deps.ts'
import { actionPages } from './desk/http/act.ts'
import { alarmPages } from './desk/http/alarms.ts'
import { caseList } from './desk/http/case-list.ts'
import { cases } from './desk/http/cases.ts'
import { damagePages } from './desk/http/damage.ts'
import { figures } from './desk/http/figures.ts'
import { decisionPages } from './desk/http/judge.ts'
import { mailPages } from './desk/http/mails.ts'
import { orderPages } from './desk/http/order.ts'
import { parcelPages } from './desk/http/parcels.ts'
import { recallPages } from './desk/http/recalls.ts'
import { search } from './desk/http/search.ts'
import { settlePages } from './desk/http/settle.ts'
import { shippingPages } from './desk/http/shipping.ts'
import { SIDEBAR, sidebarPage } from './desk/http/sidebar.ts'
import { tagging } from './desk/http/tags.ts'
import { work } from './desk/http/work.ts'
import { workWhole } from './desk/http/work-whole.ts'
import { deskPlace, workPlace } from './desk/place.ts'
import { looksPage } from './oversight/http/looks.ts'
import { oversightPlace } from './oversight/place.ts'
import { writeLooks } from './oversight/write-looks.ts'
import { assets } from './pages/assets.ts'
import { language } from './pages/http/language.ts'
import { createPages } from './pages/server.ts'
import { privacyPages } from './privacy/pages.ts'
import { privacyPlace } from './privacy/place.ts'
import { shopPages } from './shop/pages.ts'
import { shopPlace } from './shop/place.ts'
import { letIntoFrames } from './sign-in/framed.ts'
import { guard } from './sign-in/guard.ts'
import { signIn } from './sign-in/http/sign-in.ts'
import { createIssuer } from './sign-in/issuer.ts'
import { studio } from './studio/http/studio.ts'
import { studioPlace } from './studio/place.ts'
import { warehousePages } from './warehouse/pages.ts'
import { warehousePlace } from './warehouse/place.ts'

/** What the navigation leads to; a place of staff is shown to whoever may enter it. */
const places = [deskPlace, workPlace, oversightPlace, privacyPlace, warehousePlace, studioPlace, customerPlace]

/** The console's pages: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps): Promise<FastifyInstance> {
  const { SHOP_CLIENT_ID: shop, SIDEBAR_FRAMED_BY } = deps.config
  const framedBy = SIDEBAR_FRAMED_BY?.split(',').map((origin) => origin.trim())
  const server = await createPages(deps, shop === undefined ? places : [shopPlace, ...places])
  const issuer = createIssuer(deps.config)
  if (framedBy !== undefined) letIntoFrames(server, SIDEBAR)
  await guard(server, deps, issuer)
  writeLooks(server, deps)
  await assets(server)
  language(server)
  signIn(server, issuer)
  search(server)
  orderPages(server)
  mailPages(server)
  actionPages(server, deps)
  settlePages(server, deps)
  caseList(server)
  cases(server, deps)
  tagging(server, deps)
  decisionPages(server, deps)
  work(server)
  workWhole(server)
  damagePages(server, deps)
  parcelPages(server, deps)
  recallPages(server, deps)
  shippingPages(server, deps)
  alarmPages(server, deps)
  figures(server)
  looksPage(server, deps)
  if (framedBy !== undefined) sidebarPage(server, framedBy)
  warehousePages(server)
  studio(server)
  await privacyPages(server, deps)
  if (shop !== undefined) shopPages(server, deps, shop)
  await customerPages(server, deps)
  return server
}
