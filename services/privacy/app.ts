import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'
import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { webhookRoutes } from '@vilkar/webhooks/routes.ts'
import { brevoEvents } from './consent/http/brevo-events.ts'
import { consents } from './consent/http/consents.ts'
import { cookieChoices } from './consent/http/cookie-choices.ts'
import { guardianConsents } from './consent/http/guardian-consents.ts'
import { consentPages } from './consent/http/pages.ts'
import { permissions, readConsents } from './consent/http/permission.ts'
import { refuseUnguarded } from './consent/member-child.ts'
import { consentAlarmKinds } from './consent/watch.ts'
import type { Deps } from './deps.ts'
import { erasureAlarmKinds } from './erasure/alarms.ts'
import { askErasure } from './erasure/http/ask-erasure.ts'
import { erasures } from './erasure/http/erasures.ts'
import { exportAlarmKinds } from './exports/alarms.ts'
import { exportDownload } from './exports/http/download.ts'
import { exportDesk } from './exports/http/exports.ts'
import { exportParts } from './exports/http/parts.ts'
import { noticeAlarmKinds } from './notices/alarms.ts'
import { notices } from './notices/http/notices.ts'
import { policies } from './policies/http/policies.ts'
import { registerAlarmKinds } from './registers/alarms.ts'
import { breachPeople } from './registers/http/breach-people.ts'
import { breaches } from './registers/http/breaches.ts'
import { disclosures } from './registers/http/disclosures.ts'
import { breachNotices } from './registers/http/notices.ts'
import { registers } from './registers/http/registers.ts'
import { requestAlarmKinds } from './requests/alarms.ts'
import { accountDeletions } from './requests/http/account-deletions.ts'
import { askByLink } from './requests/http/ask-by-link.ts'
import { handleRequest } from './requests/http/handle-request.ts'
import { mailExport } from './requests/http/mail-export.ts'
import { requestsOfPerson } from './requests/http/of-person.ts'
import { passOnRoute } from './requests/http/pass-on.ts'
import { requests } from './requests/http/requests.ts'
import { retentionAlarmKinds } from './retention/alarms.ts'
import { dataHolds } from './retention/http/data-holds.ts'
import { retentionRoutes } from './retention/http/retention.ts'
import { holdings } from './subjects/http/holdings.ts'

/** All that people are called for here. */
export const alarmKinds = [
  ...[...erasureAlarmKinds, ...retentionAlarmKinds, ...requestAlarmKinds, ...registerAlarmKinds],
  ...exportAlarmKinds,
  ...noticeAlarmKinds,
  ...consentAlarmKinds,
  ...serviceAlarmKinds,
] as const

/** The privacy service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors; react?: object }) {
  const server = await createServer({
    title: 'Vilkår privacy',
    description: 'What the privacy policies promise, and how that is kept: erasure, requests, consent and registers.',
    log: deps.log,
    ...deps.doors,
  })
  policies(server)
  holdings(server, deps, (held) => refuseUnguarded(deps, held))
  retentionRoutes(server, deps)
  dataHolds(server, deps)
  erasures(server, deps)
  askErasure(server, deps)
  requests(server, deps)
  accountDeletions(server, deps)
  handleRequest(server, deps)
  passOnRoute(server, deps)
  requestsOfPerson(server, deps)
  await askByLink(server, deps)
  exportDesk(server, deps)
  exportParts(server, deps)
  await exportDownload(server, deps)
  mailExport(server, deps)
  notices(server, deps)
  breaches(server, deps)
  breachNotices(server, deps)
  breachPeople(server, deps)
  registers(server, deps)
  permissions(server, deps)
  readConsents(server, deps)
  consents(server, deps)
  guardianConsents(server, deps)
  cookieChoices(server, deps)
  brevoEvents(server, deps)
  await consentPages(server, deps)
  disclosures(server, deps)
  alarmRoutes(server, deps, alarmKinds)
  webhookRoutes(server, { db: deps.db, clock: deps.clock, service: 'privacy', insecure: deps.insecureWebhooks })
  return server
}
