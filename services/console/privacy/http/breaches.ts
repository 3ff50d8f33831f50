import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { citesOf, facts, section, table, tag, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { betterBreach, breachStep, isBreachStep, newBreach, stepsOf } from '../breach-forms.ts'
import { hitSection, isWay, readHit, tellHit } from '../breach-people.ts'
import { deskDeeds, mayWrite, nameIn, readControllers, showDesk, wayTo } from '../frame.ts'
import { called, privacyWords, registerWords } from '../words.ts'

const listBreaches = (clients: Clients) => clients.privacy.GET('/breaches', {})
export type Breach = NonNullable<Awaited<ReturnType<typeof listBreaches>>['data']>['items'][number]
const RISKS = { none: 'neutral', risk: 'warning', high: 'danger' } as const
/** Fewer hours than this are said loudly. */
const FEW_HOURS = 24

/** Breaches with the 72 hours of each, and each with what is told whom, by when. */
export function breachPages(server: FastifyInstance, deps: Pick<Deps, 'db' | 'clock'>) {
  const config = { access: 'privacy:read' as const }
  const now = () => deps.clock.now()
  server.get('/privacy/breaches', { config }, async ({ view }, reply) => {
    const say = registerWords(view.language)
    const [{ items }, controllers] = await Promise.all([answered(listBreaches(view.clients)), readControllers(view)])
    const rows = items.map((breach) => [
      html`<a class="ds-link" href="/privacy/breaches/${breach.id}">${breach.nature.slice(0, 120)}</a>`,
      nameIn(controllers)(breach.controller),
      tag(RISKS[breach.risk], called(view, 'risk', breach.risk)),
      clockOf(view, breach, now()),
      stateOf(view, breach),
    ])
    const main = html`<p class="lead">${say('breachesLead')}</p>
<p>${wayTo(view, '/privacy/breaches/new', say('newBreach'), false)}</p>
${rows.length === 0 ? html`<p class="quiet">${say('noBreaches')}</p>` : table(privacyWords(view.language)('breaches'), [say('nature'), say('controllerName'), say('risk'), say('authority'), say('state')], rows)}`
    return showDesk(view, reply, { title: privacyWords(view.language)('breaches'), main })
  })

  deskDeeds(server, deps, '/privacy/breaches/new', async ({ view }) => newBreach(view, await readControllers(view)))

  server.get<{ Params: { id: string } }>('/privacy/breaches/:id', { config }, async ({ view, params }, reply) => {
    const { id } = params
    const [breach, controllers, hit] = await Promise.all([
      readBreach(view, id),
      readControllers(view),
      readHit(view, id),
    ])
    const page = breachPage(view, breach, { name: nameIn(controllers)(breach.controller), now: now() })
    const main = html`${page}${hitSection(view, breach, hit)}
<p><a class="ds-link" href="/privacy/breaches">${registerWords(view.language)('allBreaches')}</a></p>`
    return showDesk(view, reply, { title: registerWords(view.language)('breach'), main })
  })
  deskDeeds(server, deps, '/privacy/breaches/:id/better', async ({ view, params: { id } }) =>
    betterBreach(view, await readBreach(view, id!)),
  )
  deskDeeds(server, deps, '/privacy/breaches/:id/do/:step', async ({ view, params: { id, step } }) =>
    step !== undefined && isBreachStep(step) ? breachStep(view, await readBreach(view, id!), step) : undefined,
  )
  deskDeeds(server, deps, '/privacy/breaches/:id/hit/:way', async ({ view, params: { id, way } }) =>
    way !== undefined && isWay(way) ? tellHit(view, await readBreach(view, id!), way) : undefined,
  )
}

const readBreach = ({ clients }: View, id: string) =>
  answered(clients.privacy.GET('/breaches/{id}', { params: { path: { id } } }))

/** How much is left of the 72 hours; that the authority was told, or need not be. */
function clockOf(view: View, { authorityBy, reportedAt }: Breach, now: Temporal.Instant): Html {
  const say = registerWords(view.language)
  if (reportedAt !== undefined) return html`${tag('success', say('told'))} ${timeOf(view, reportedAt)}`
  if (authorityBy === undefined) return html`${say('noNotice')}`
  const minutes = now.until(authorityBy).total('minutes')
  const hours = Math.floor(Math.abs(minutes) / 60)
  if (minutes < 0) return html`${tag('danger', say('hoursLate', { hours }))} ${timeOf(view, authorityBy)}`
  return html`${tag(hours < FEW_HOURS ? 'danger' : 'warning', say('hoursLeft', { hours }))} ${timeOf(view, authorityBy)}`
}

function stateOf(view: View, { closedAt, open }: Breach): Html {
  const say = registerWords(view.language)
  if (closedAt !== undefined) return tag('neutral', say('closed'))
  if (open.length === 0) return tag('success', say('allTold'))
  return tag('warning', say('toTell', { whom: open.map((party) => called(view, 'party', party)).join(', ') }))
}

function breachPage(view: View, breach: Breach, { name, now }: { name: string; now: Temporal.Instant }): Html {
  const say = registerWords(view.language)
  const { id, risk, nature, categories, people, contact, consequences, measures, notice, reasons, closedAt } = breach
  const steps = mayWrite(view) ? stepsOf(breach) : []
  return html`${
    steps.length > 0 &&
    html`<nav aria-label="${privacyWords(view.language)('steps')}"><ul class="ways">${steps.map((step, n) => html`<li>${wayTo(view, `/privacy/breaches/${id}/do/${step}`, say(`do_${step}`), n > 0)}</li>`)}
<li>${wayTo(view, `/privacy/breaches/${id}/better`, say('better'))}</li></ul></nav>`
  }
<div class="columns">
${section(
  'about',
  say('about'),
  html`<p>${nature}</p>${facts([
    [say('controllerName'), name],
    [say('risk'), tag(RISKS[risk], called(view, 'risk', risk))],
    [say('foundAt'), timeOf(view, breach.foundAt)],
    [say('categories'), categories.join(', ')],
    [say('people'), people],
    [say('contact'), contact],
    [say('consequences'), consequences],
    [say('measures'), measures],
    [say('closedAt'), closedAt && timeOf(view, closedAt)],
    [say('outcome'), breach.outcome],
  ])}`,
)}
${section(
  'clock',
  say('whoIsTold'),
  html`${facts([
    [say('authority'), clockOf(view, breach, now)],
    [say('reference'), breach.reference],
    [say('delay'), breach.delay],
    [
      say('peopleTold'),
      breach.peopleToldAt ? timeOf(view, breach.peopleToldAt) : say(breach.tellPeople ? 'mustBeTold' : 'needNotBeTold'),
    ],
    [say('how'), breach.how],
  ])}${citesOf(view, reasons)}`,
)}
</div>
${notice.authority && noticeSection(view, 'authority-notice', say('noticeAuthority'), notice.authority)}
${notice.people && noticeSection(view, 'people-notice', say('noticePeople'), notice.people)}
<p><a class="ds-link" href="/privacy/breaches">${say('allBreaches')}</a></p>`
}

type Notice = NonNullable<Breach['notice']['authority']>
/** What a notice must say, and what of it nobody has written down yet. */
const noticeSection = (view: View, id: string, title: string, { says, missing, reasons }: Notice): Html =>
  section(
    id,
    title,
    html`<ul class="list">${says.map((part) => html`<li>${tag(missing.includes(part) ? 'warning' : 'success', registerWords(view.language)(missing.includes(part) ? 'missing' : 'written'))} ${called(view, 'notice', part)}</li>`)}</ul>${citesOf(view, reasons)}`,
  )
