import type { FastifyInstance } from 'fastify'
import { customerPages } from './customer/pages.ts'
import { customerPlace } from './customer/place.ts'
import type { Deps } from './deps.ts'
import { actionPages } from './desk/http/act.ts'
import { cases } from './desk/http/cases.ts'
import { orderPages } from './desk/http/order.ts'
import { search } from './desk/http/search.ts'
import { settlePages } from './desk/http/settle.ts'
import { work } from './desk/http/work.ts'
import { deskPlace, workPlace } from './desk/place.ts'
import { assets } from './pages/assets.ts'
import { language } from './pages/http/language.ts'
import { createPages } from './pages/server.ts'
import { shopPages } from './shop/pages.ts'
import { shopPlace } from './shop/place.ts'
import { guard } from './sign-in/guard.ts'
import { signIn } from './sign-in/http/sign-in.ts'
import { createIssuer } from './sign-in/issuer.ts'
import { studio } from './studio/http/studio.ts'
import { studioPlace } from './studio/place.ts'
import { warehousePages } from './warehouse/pages.ts'
import { warehousePlace } from './warehouse/place.ts'

/** What the navigation leads to; a place of staff is shown to whoever may enter it. */
const places = [deskPlace, workPlace, warehousePlace, studioPlace, customerPlace]

/** The console's pages: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps): Promise<FastifyInstance> {
  const { SHOP_CLIENT_ID: shop } = deps.config
  const server = await createPages(deps, shop === undefined ? places : [shopPlace, ...places])
  const issuer = createIssuer(deps.config)
  await guard(server, deps, issuer)
  await assets(server)
  language(server)
  signIn(server, issuer)
  search(server)
  orderPages(server)
  actionPages(server, deps)
  settlePages(server, deps)
  cases(server, deps)
  work(server)
  warehousePages(server)
  studio(server)
  if (shop !== undefined) shopPages(server, deps, shop)
  await customerPages(server, deps)
  return server
}
