import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, dayOf, facts, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Export, exportSection } from './export-part.ts'
import { mayWrite, wayTo } from './frame.ts'
import { heldTable } from './held.ts'
import { dueOf, keptTable, type Request, statusTag } from './request-parts.ts'
import { stepsFor } from './request-steps.ts'
import { called, privacyWords } from './words.ts'

const readPerson = (clients: Clients, id: string) =>
  clients.privacy.GET('/requests/{id}/person', { params: { path: { id } } })
export const personOf = readPerson
export type Person = NonNullable<Awaited<ReturnType<typeof readPerson>>['data']>
type Seen = {
  request: Request
  person: Person | undefined
  exported: Export | undefined
  controllerName: string
  missing: Html
}

/** A request: how it stands and by when it is answered, what there is to do, what is held of who asks, and what stays and why. */
export function requestPage(view: View, { request, person, exported, controllerName, missing }: Seen): Html {
  const say = privacyWords(view.language)
  const steps = mayWrite(view) ? stepsFor(request, person, exported) : []
  return html`${missing}
${steps.length > 0 && html`<nav aria-label="${say('steps')}"><ul class="ways">${steps.map((step, n) => html`<li>${wayTo(view, `/privacy/requests/${request.id}/do/${step}`, say(`do_${step}`), n > 0)}</li>`)}</ul></nav>`}
<div class="columns">
${section('about', say('request'), html`${about(view, { request, controllerName })}${citesOf(view, request.reasons)}`)}
${section('words', say('said'), saidOf(view, request))}
</div>
${exported && exportSection(view, request.id, exported)}
${request.kept && section('kept', say('stays'), request.kept.length === 0 ? html`<p class="quiet">${say('nothingStays')}</p>` : keptTable(view, request.kept))}
${person && section('held', say('held'), html`<p class="quiet">${say('heldHelp')}</p>${heldTable(view, say('held'), person.holdings, say('nothingHeld'))}`)}
${person && personSection(view, person)}
<p><a class="ds-link" href="/privacy">${say('allRequests')}</a></p>`
}

function about(view: View, { request, controllerName }: Pick<Seen, 'request' | 'controllerName'>): Html {
  const say = privacyWords(view.language)
  const { id, kind, channel, receivedOn, extended, answeredAt, purpose, orderId, complainTo, passedOn } = request
  return facts([
    [say('asks'), html`${called(view, 'kind', kind)} <span class="quiet">${called(view, 'article', kind)}</span>`],
    [say('status'), statusTag(view, request)],
    [say('due'), answeredAt === undefined ? dueOf(view, request) : undefined],
    [say('extended'), extended ? say('extendedBy') : undefined],
    [say('controller'), controllerName],
    [say('received'), html`${dayOf(view, receivedOn)}, ${called(view, 'channel', channel)}`],
    [say('answeredOn'), answeredAt && timeOf(view, answeredAt)],
    [say('purpose'), purpose && called(view, 'purpose', purpose)],
    [
      say('passedOnTo'),
      passedOn &&
        html`${passedOn.map(({ organisation, status }) => html`${organisation} ${tag(status === 'refused' ? 'danger' : 'neutral', called(view, 'passing', status))} `)}`,
    ],
    [say('order'), orderId && html`<a class="ds-link" href="/desk/orders/${orderId}">${orderId}</a>`],
    [say('complainTo'), complainTo.join(', ')],
    [say('number'), html`<code>${id}</code>`],
  ])
}

function saidOf(view: View, { words, answer }: Request): Html {
  const say = privacyWords(view.language)
  return html`<h3 class="ds-heading" data-size="2xs">${say('theirWords')}</h3>
${words === undefined ? html`<p class="quiet">${say('noWords')}</p>` : html`<blockquote>${words}</blockquote>`}
<h3 class="ds-heading" data-size="2xs">${say('answer')}</h3>
${answer === undefined ? html`<p class="quiet">${say('noAnswer')}</p>` : html`<blockquote>${answer}</blockquote>`}`
}

function personSection(view: View, { keys, restrictions }: Person): Html {
  const say = privacyWords(view.language)
  return section(
    'person',
    say('person'),
    html`<p class="quiet">${say('personHelp')}</p>
<ul class="list">${keys.map((key) => html`<li><code>${key}</code></li>`)}</ul>
${
  restrictions.length > 0 &&
  html`<ul class="list">${restrictions.map(
    ({ since, endedAt }) =>
      html`<li>${tag(endedAt === undefined ? 'warning' : 'neutral', say('onlyStored'))} ${say('since')} ${timeOf(view, since)}${endedAt && html`, ${say('liftedOn')} ${timeOf(view, endedAt)}`}</li>`,
  )}</ul>`
}`,
  )
}
