import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { dayOf, facts, section, table, tag, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { citesIn } from '../cites.ts'
import { choiceOf, chosenOf, controllerField, deskDeeds, readControllers, showDesk, wayTo } from '../frame.ts'
import type { ControllerId } from '../held.ts'
import { newDisclosure, newProcessor } from '../register-forms.ts'
import { onBehalfSection, purposeTables, type Record, readRecord, safetySection } from '../register-purposes.ts'
import { called, privacyWords, registerWords } from '../words.ts'

type Asked = { Querystring: { controller?: string } }
const listDisclosures = (clients: Clients, controller: ControllerId) =>
  clients.privacy.GET('/disclosures/{controller}', { params: { path: { controller } } })
type Disclosure = NonNullable<Awaited<ReturnType<typeof listDisclosures>>['data']>['items'][number]

/** The record of processing (GDPR Art. 30), processors with their country and safeguard, and what was given to authorities. */
export function registerPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  const config = { access: 'privacy:read' as const }
  server.get<Asked>('/privacy/registers', { config }, async ({ view, query }, reply) => {
    const say = registerWords(view.language)
    const controllers = await readControllers(view)
    const { controller } = chosenOf(controllers, query.controller)
    const [record, { items }] = await Promise.all([
      answered(readRecord(view, controller)),
      answered(listDisclosures(view.clients, controller)),
    ])
    const main = html`<p class="lead">${say('registersLead')}</p>
${choiceOf(view, '/privacy/registers', controllerField(view, controllers, controller))}
${processorSection(view, record)}
${disclosureSection(view, items, controller)}
${recordSections(view, record)}`
    return showDesk(view, reply, { title: privacyWords(view.language)('registers'), main })
  })
  deskDeeds(server, deps, '/privacy/registers/:controller/processor', async ({ view, params }) => {
    const controllers = await readControllers(view)
    const { controller, name } = chosenOf(controllers, params.controller)
    const record = await answered(readRecord(view, controller))
    return newProcessor(view, { controller, name, kinds: record.recipients })
  })
  deskDeeds(server, deps, '/privacy/registers/:controller/disclosure', async ({ view, params }) =>
    newDisclosure(view, chosenOf(await readControllers(view), params.controller)),
  )
}

function processorSection(view: View, { controller, processors, withoutAgreement }: Record): Html {
  const say = registerWords(view.language)
  const rows = processors.map(({ name, kind, agreement, country, safeguard, since, until }) => [
    html`<strong>${name}</strong>`,
    called(view, 'recipient', kind),
    html`${country} <span class="quiet">${safeguard ?? say('noSafeguard')}</span>`,
    agreement,
    html`${dayOf(view, since)}${until && html` – ${dayOf(view, until)}`}`,
  ])
  return section(
    'processors',
    say('processors', { count: rows.length }),
    html`${rows.length === 0 ? html`<p class="quiet">${say('noProcessors')}</p>` : table(say('processors', { count: rows.length }), [say('name'), say('kind'), say('country'), say('agreement'), say('agreed')], rows)}
${withoutAgreement.length > 0 && html`<p>${tag('warning', say('withoutAgreement'))} <strong>${withoutAgreement.map(({ name }) => name).join(', ')}</strong> <span class="quiet">${say('withoutAgreementHelp')}</span></p>`}
<p>${wayTo(view, `/privacy/registers/${controller}/processor`, say('newProcessor'))}</p>`,
  )
}

function disclosureSection(view: View, items: readonly Disclosure[], controller: string): Html {
  const say = registerWords(view.language)
  const rows = items.map(({ disclosedAt, to, what, ground, toldBefore, whyNot }) => [
    timeOf(view, disclosedAt),
    to,
    what,
    ground,
    toldBefore ? view.say('yes') : html`${tag('warning', view.say('no'))} <span class="quiet">${whyNot}</span>`,
  ])
  return section(
    'disclosures',
    say('disclosures', { count: rows.length }),
    html`${rows.length === 0 ? html`<p class="quiet">${say('noDisclosures')}</p>` : table(say('disclosures', { count: rows.length }), [say('disclosedAt'), say('to'), say('whatGiven'), say('ground'), say('toldBefore')], rows)}
<p>${wayTo(view, `/privacy/registers/${controller}/disclosure`, say('newDisclosure'))}</p>`,
  )
}

function recordSections(view: View, record: Record): Html {
  const { name, contact, activities, roles, recipients, outgoing } = record
  const say = registerWords(view.language)
  const kept = activities.flatMap(({ category, kept }) =>
    kept.map(({ from, for: span, duties, cites }) => [
      called(view, 'category', category),
      from.map((event) => called(view, 'event', event)).join(', '),
      html`${span}${duties.length > 0 && html` <span class="quiet">${duties.map((duty) => called(view, 'duty', duty)).join(', ')}</span>`}`,
      citesIn(view, cites),
    ]),
  )
  const whom = recipients.map(({ kind, names, basis, minimum, cites }) => [
    called(view, 'recipient', kind),
    names.join(', ') || '–',
    called(view, 'basis', basis),
    minimum.join(', '),
    citesIn(view, cites),
  ])
  const who = roles.map(({ purpose, controller, processor, cites }) => [
    called(view, 'purpose', purpose),
    called(view, 'role', controller),
    processor,
    citesIn(view, cites),
  ])
  const out = outgoing.map(({ name: way, kind, fields }) => [
    way,
    called(view, 'recipient', kind),
    fields.join(', ') || '–',
  ])
  return html`
${section(
  'record',
  say('record'),
  html`${facts([
    [say('controllerName'), name],
    [say('contact'), contact],
  ])}${purposeTables(view, record)}<h3 class="ds-heading" data-size="2xs">${say('keptFor')}</h3>${table(say('keptFor'), [say('category'), say('counted'), say('span'), say('because')], kept)}`,
)}
${section(
  'recipients',
  say('recipients'),
  html`${table(say('recipients'), [say('kind'), say('names'), say('basis'), say('fields'), say('because')], whom)}
${who.length > 0 && html`<h3 class="ds-heading" data-size="2xs">${say('roles')}</h3>${table(say('roles'), [say('purpose'), say('responsible'), say('processor'), say('because')], who)}`}`,
)}
${section('outgoing', say('outgoing'), html`<p class="quiet">${say('outgoingHelp')}</p>${table(say('outgoing'), [say('name'), say('kind'), say('fields')], out)}`)}
${safetySection(view, record)}
${onBehalfSection(view, record)}`
}
