import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { select } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { citesOf, section, table, tag, timeOf } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { answersPart, readAnswers } from '../answers.ts'
import { differencesBetween } from '../difference.ts'
import { studioWords } from '../words.ts'

type At = { Params: { seller: string; date: string }; Querystring: { against?: string } }
const config = { access: 'staff' as const }

const listEditions = ({ clients }: View) => clients.orders.GET('/terms')
async function readEdition({ clients, language }: View, seller: string, date: string) {
  const params = { path: { seller, date }, query: { locale: language, format: 'json' as const } }
  const edition = await answered(clients.orders.GET('/terms/{seller}/{date}', { params }))
  if (typeof edition === 'string') throw new TypeError('The terms were asked for as JSON.')
  return edition
}
type Edition = Awaited<ReturnType<typeof readEdition>>

/** The editions, and one of them beside what keeps it. */
export function studio(server: FastifyInstance) {
  server.get('/studio', { config }, async ({ view }, reply) => {
    const say = studioWords(view.language)
    const { items } = await answered(listEditions(view))
    const rows = items.map(({ id, inForceFrom, until, inForce }) => [
      html`<a class="ds-link" href="/studio/${id}">${id}</a> ${inForce && tag('success', say('inForce'))}`,
      timeOf(view, inForceFrom),
      timeOf(view, until),
    ])
    const main = html`<p class="lead">${say('lead')}</p>${table(say('place'), [say('edition'), say('from'), say('until')], rows)}`
    return show(reply, page(view, { title: say('place'), main }))
  })

  server.get<At>('/studio/:seller/:date', { config }, async ({ view, params: { seller, date }, query }, reply) => {
    const [edition, { items }] = await Promise.all([readEdition(view, seller, date), answered(listEditions(view))])
    const others = items.map(({ id }) => id).filter((id) => id !== edition.id)
    const against = others.find((id) => id === query.against)
    const reading = createReading()
    const [before, answers] = await Promise.all([
      against === undefined ? undefined : readEdition(view, ...(against.split('/') as [string, string])),
      against === undefined ? undefined : reading.of('orders', readAnswers(view.clients, seller, date, against)),
    ])
    const numbers = new Set(edition.clauses.flatMap((clause) => clause.sentences.map(({ number }) => number)))
    const main = html`${reading.notice(view)}${others.length > 0 && choice(view, edition.id, others, against)}
${before && differences(view, before, edition)}
${answers && answersPart(view, answers, numbers)}
${findings(view, edition)}
${edition.clauses.map((clause) => sentences(view, clause))}`
    return show(reply, page(view, { title: `${edition.title} (${edition.id})`, main }))
  })
}

const choice = (view: View, id: string, others: string[], against: string | undefined): Html => {
  const say = studioWords(view.language)
  return html`<form class="form inline" method="get" action="/studio/${id}">
${select(
  { name: 'against', label: say('compare'), value: against },
  others.map((other) => [other, other]),
)}
<p><button class="ds-button" data-variant="secondary" type="submit">${say('compareDo')}</button></p></form>`
}

function differences(view: View, before: Edition, now: Edition): Html {
  const say = studioWords(view.language)
  const found = differencesBetween(before, now)
  const rows = found.map((each) => [
    each.number,
    say(each.kind),
    each.kind === 'added' ? '–' : each.before,
    each.kind === 'removed' ? '–' : each.now,
  ])
  return section(
    'difference',
    say('difference', { edition: before.id }),
    found.length === 0
      ? html`<p>${say('same')}</p>`
      : table(
          say('difference', { edition: before.id }),
          [say('sentence'), say('how'), say('before'), say('now')],
          rows,
        ),
  )
}

function findings(view: View, { findings: found }: Edition): Html {
  const say = studioWords(view.language)
  const colors = { high: 'danger', medium: 'warning', low: 'neutral' } as const
  return section(
    'findings',
    `${say('findings')} (${found.length})`,
    found.length === 0
      ? html`<p class="quiet">${say('noFindings')}</p>`
      : html`<ul class="list">${found.map(
          ({
            clauses,
            summary,
            instead,
            cites,
            severity,
          }) => html`<li class="ruling"><p>${tag(colors[severity], say(`severity_${severity}`))} <strong>${summary}</strong></p>
<p>${say('instead')}: ${instead}</p>
${clauses.length > 0 && html`<p class="quiet">${say('about', { clauses: clauses.join(', ') })}</p>`}${citesOf(view, [{ cites }])}</li>`,
        )}</ul>`,
  )
}

function sentences(view: View, { number, title, sentences: said }: Edition['clauses'][number]): Html {
  const say = studioWords(view.language)
  return section(
    `c${number}`,
    `${number}. ${title}`,
    html`<ul class="list">${said.map(
      ({
        number: at,
        text,
        enforcedBy,
        unenforced,
      }) => html`<li class="line" id="c${at}"><p><span class="quiet">${at}</span> ${text}</p>
<p class="quiet">${enforcedBy ? html`${say('keptBy')} <code>${enforcedBy}</code>` : say('notKept', { why: unenforced ?? '–' })}</p></li>`,
    )}</ul>`,
  )
}
