import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { dayOf, facts, section, table, tag } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { changeSection, listChanges } from '../changes.ts'
import { citesIn } from '../cites.ts'
import { showDesk } from '../frame.ts'
import type { ControllerId } from '../held.ts'
import { privacyWords, registerWords } from '../words.ts'

type At = { Params: { controller: string; date: string } }

async function readPolicy({ clients, language }: View, { controller, date }: At['Params']) {
  const params = {
    path: { controller: controller as ControllerId, date },
    query: { locale: language, format: 'json' as const },
  }
  const policy = await answered(clients.privacy.GET('/policies/{controller}/{date}', { params }))
  if (typeof policy === 'string') throw new TypeError('The policy was asked for as JSON.')
  return policy
}
type Policy = Awaited<ReturnType<typeof readPolicy>>

/** The privacy policies: every edition, where each falls short of the law or of itself, and its text by sections. */
export function policyPages(server: FastifyInstance) {
  const config = { access: 'privacy:read' as const }
  server.get('/privacy/policies', { config }, async ({ view }, reply) => {
    const say = registerWords(view.language)
    const reading = createReading()
    const [{ items }, changes] = await Promise.all([
      answered(view.clients.privacy.GET('/policies', {})),
      reading.of('privacy', listChanges(view.clients)),
    ])
    const first = new Set([...Map.groupBy(items, ({ controller }) => controller).values()].map(([one]) => one!.id))
    const rows = items.map(({ id, name, since, dated, country, contact }) => [
      html`<a class="ds-link" href="/privacy/policies/${id}">${name}</a> ${first.has(id) && tag('success', say('inForce'))}`,
      html`${dayOf(view, since)} <span class="quiet">${say(`dated_${dated}`)}</span>`,
      country,
      contact,
    ])
    const nameOf = (id: string) => items.find(({ controller }) => controller === id)?.name ?? id
    const main = html`${reading.notice(view)}<p class="lead">${say('policiesLead')}</p>${table(privacyWords(view.language)('policies'), [say('controllerName'), say('edition'), say('country'), say('contact')], rows)}
${changes && changeSection(view, changes.items, nameOf)}`
    return showDesk(view, reply, { title: privacyWords(view.language)('policies'), main })
  })

  server.get<At>('/privacy/policies/:controller/:date', { config }, async ({ view, params }, reply) => {
    const say = registerWords(view.language)
    const policy = await readPolicy(view, params)
    const { name, since, sha256, organisationNumber, contact, authorities } = policy
    const main = html`${section(
      'about',
      say('edition'),
      facts([
        [say('controllerName'), name],
        [say('organisation'), organisationNumber],
        [say('from'), dayOf(view, since)],
        [say('contact'), contact],
        [say('complain'), authorities.join(', ')],
        [say('hash'), html`<code>${sha256}</code>`],
      ]),
    )}
${findings(view, policy)}
${sections(view, policy)}`
    return showDesk(view, reply, { title: `${name} (${since})`, main })
  })
}

function findings(view: View, { findings: found }: Policy): Html {
  const say = registerWords(view.language)
  return section(
    'findings',
    say('findings', { count: found.length }),
    found.length === 0
      ? html`<p class="quiet">${say('noFindings')}</p>`
      : html`<p class="quiet">${say('findingsHelp')}</p><ul class="list">${found.map(({ finding, cites }) => html`<li class="ruling line"><p>${finding}</p>${citesIn(view, cites)}</li>`)}</ul>`,
  )
}

const sections = (view: View, { sections: all }: Policy): Html =>
  section(
    'text',
    registerWords(view.language)('text'),
    html`<div class="terms">${all.map(({ place, anchor, title, text }) => html`<div id="${anchor}"><h3 class="ds-heading" data-size="2xs">${place} ${title}</h3><p class="pre">${text}</p></div>`)}</div>`,
  )
