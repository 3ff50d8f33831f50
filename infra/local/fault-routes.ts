import type { FastifyInstance } from 'fastify'
import { notice, type Show, wantsPage } from './answer.ts'
import { type FaultSwitches, faultKinds, isFaultKind, isPartner, type Partner, partners } from './faults.ts'
import { type Html, html } from './html.ts'

const button = (partner: Partner, kind: string, label: string) =>
  html`<form method="post" action="/faults"><input type="hidden" name="partner" value="${partner}"><input type="hidden" name="kind" value="${kind}"><button>${label}</button></form>`

/** What is wrong with the partners, with switches that make it so. */
export const faultSection = (on: ReturnType<FaultSwitches['status']>): Html => html`
<section id="faults"><h2>Faults</h2>
${Object.entries(partners).map(([name, label]) => {
  const partner = name as Partner
  const kind = on[partner]
  return html`<p>${label}: ${kind === undefined ? 'nothing is wrong' : html`<strong>${faultKinds[kind].label}</strong>`}.</p>
${Object.entries(faultKinds).map(([each, fault]) => button(partner, each, fault.label))}${kind !== undefined && button(partner, 'none', 'Put it right')}`
})}
<p class="quiet">What waits for a partner is tried until it works; nothing is lost or done twice meanwhile.</p>
</section>`

/** `GET /faults` says what is wrong; `POST /faults` with `partner` and `kind`, or the kind `none`, changes it. */
export function faultRoutes(server: FastifyInstance, show: Show, switches: () => FaultSwitches) {
  server.get('/faults', async () => switches().status())
  server.post<{ Body: { partner?: unknown; kind?: unknown } | null }>('/faults', async (request, reply) => {
    const { partner, kind } = request.body ?? {}
    if (!isPartner(partner) || (kind !== 'none' && !isFaultKind(kind))) {
      const detail = `Send {"partner": "provider", "kind": "away"}: a partner of ${Object.keys(partners).join(', ')}, and none or one of ${Object.keys(faultKinds).join(', ')}.`
      reply.status(400)
      return wantsPage(request) ? show(reply, 'Not changed', notice(detail)) : { detail }
    }
    switches().set(partner, kind)
    return wantsPage(request) ? reply.redirect('/#faults', 303) : switches().status()
  })
}
