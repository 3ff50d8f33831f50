import type { FastifyInstance } from 'fastify'
import { notice, type Show, wantsPage } from './answer.ts'
import { type Html, html } from './html.ts'
import { type LocalWarehouse, type WarehouseSetting, warehousePaces } from './warehouse.ts'

const OFF: WarehouseSetting = { pace: 'off', shortage: 0, rest: 'follows' }
const SOME = 0.3
const SWITCHES: Record<string, WarehouseSetting> = {
  Off: OFF,
  Fast: { ...OFF, pace: 'fast' },
  Slow: { ...OFF, pace: 'slow' },
  'Fast, sometimes short of goods': { pace: 'fast', shortage: SOME, rest: 'follows' },
  'Fast, what is short is left to you': { pace: 'fast', shortage: SOME, rest: 'person' },
}
type Status = ReturnType<LocalWarehouse['status']>

/** What the warehouse does, with the switches that put it on and off. */
export const warehouseSection = ({ pace, waiting, underWay, sent, leftToPerson }: Status): Html => html`
<section id="warehouse"><h2>Warehouse</h2>
<p>${pace === 'off' ? 'It is off: what is to be sent waits for you.' : `It works by itself, ${pace}.`}
<span class="quiet">${waiting} waiting, ${underWay} under way, ${sent} sent, ${leftToPerson.length} left to a person</span></p>
${Object.entries(SWITCHES).map(
  ([label, setting]) =>
    html`<form method="post" action="/warehouse">${Object.entries(setting).map(([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}">`)}<button>${label}</button></form>`,
)}
</section>`

/** `GET /warehouse` says what it does; `POST /warehouse` with `pace`, and `shortage` and `rest` where they matter, puts it on or off. */
export function warehouseRoutes(server: FastifyInstance, show: Show, warehouse: () => Omit<LocalWarehouse, 'stop'>) {
  server.get('/warehouse', async () => warehouse().status())
  server.post<{ Body: { pace?: unknown; shortage?: unknown; rest?: unknown } | null }>(
    '/warehouse',
    async (request, reply) => {
      const { pace, shortage = 0, rest = 'follows' } = request.body ?? {}
      const known = warehousePaces.find((each) => each === pace)
      const share = Number(shortage)
      if (known === undefined || !(share >= 0 && share <= 1) || (rest !== 'follows' && rest !== 'person')) {
        const detail = `Send {"pace": "fast"}, one of ${warehousePaces.join(', ')}, with "shortage" from 0 to 1 and "rest" as follows or person.`
        reply.status(400)
        return wantsPage(request) ? show(reply, 'Not changed', notice(detail)) : { detail }
      }
      await warehouse().set({ pace: known, shortage: share, rest })
      return wantsPage(request) ? reply.redirect('/#warehouse', 303) : warehouse().status()
    },
  )
}
