import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { form, input, readForm, textarea } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { once } from '../../pages/once.ts'
import { citesOf, facts, money, section, timeOf } from '../../pages/parts.ts'
import { leadTo, show } from '../../pages/show.ts'
import { dueOf } from '../case-table.ts'
import { deskWords } from '../words.ts'

type At = { Params: { id: string } }

/** A case: what it waits for, what happened, the answer to give, notes, and who works on it. */
export function cases(server: FastifyInstance, deps: Deps) {
  const config = { access: 'staff' as const }
  server.get<At>('/desk/cases/:id', { config }, async ({ view, params: { id } }, reply) => {
    const say = deskWords(view.language)
    const found = await answered(view.clients.returns.GET('/returns/{id}/case', { params: { path: { id } } }))
    const { kind, status, awaits, awaitsSince, dueOn, assignee, owed, currency, openedAt, closedAt, lateInterest } =
      found
    const main = html`<div class="columns">
${section(
  'about',
  say('case'),
  html`${facts([
    [
      say('orderHead'),
      html`<a class="ds-link" href="/desk/orders/${found.orderId}">${found.number ?? found.orderId}</a>`,
    ],
    [say('status'), status],
    [say('awaits'), awaits && html`${awaits} ${timeOf(view, awaitsSince)}`],
    [say('due'), dueOf(view, dueOn)],
    [say('owed'), owed === undefined || currency === undefined ? undefined : money(view, owed, currency)],
    [say('opened'), timeOf(view, openedAt)],
    [say('closed'), closedAt && timeOf(view, closedAt)],
  ])}${lateInterest && citesOf(view, lateInterest.reasons)}
${form(view, { action: `/desk/cases/${id}/assignee`, submit: say('assign'), quiet: true }, input({ name: 'assignee', label: say('assignee'), help: say('assigneeHelp'), value: assignee ?? view.person?.subject }))}`,
)}
${section(
  'answer',
  say('answer'),
  html`${found.answer && html`<textarea class="ds-input" readonly rows="10" aria-label="${say('answer')}">${found.answer[view.language]}</textarea><p class="quiet">${say('copyHelp')}</p>`}`,
)}
</div>
<div class="columns">
${section(
  'notes',
  say('notes'),
  html`<ul class="list">${found.notes.map(({ text, by, notedAt }) => html`<li class="ruling"><p>${text}</p><p class="quiet">${by}, ${timeOf(view, notedAt)}</p></li>`)}</ul>
${form(view, { action: `/desk/cases/${id}/notes`, submit: say('note') }, textarea({ name: 'text', label: say('newNote'), required: true }))}`,
)}
${section('timeline', say('history'), html`<ol class="list">${found.timeline.map(({ at, service, type }) => html`<li class="ruling"><p>${timeOf(view, at)} <strong>${type}</strong> <span class="quiet">${service}</span></p></li>`)}</ol>`)}
</div>`
    return show(reply, page(view, { title: `${say(`kind_${kind}`)} ${found.number ?? ''}`, main }))
  })

  server.post<At>('/desk/cases/:id/notes', { config }, async ({ view, body, params: { id } }, reply) => {
    const sent = readForm(body)
    await once(deps, sent.id, () =>
      answered(
        view.clients.returns.POST('/returns/{id}/notes', {
          params: { path: { id } },
          body: { text: sent.text('text') ?? '' },
        }),
      ),
    )
    return leadTo(reply, `/desk/cases/${id}#notes`)
  })

  server.post<At>('/desk/cases/:id/assignee', { config }, async ({ view, body, params: { id } }, reply) => {
    const sent = readForm(body)
    await once(deps, sent.id, () =>
      answered(
        view.clients.returns.PUT('/returns/{id}/assignee', {
          params: { path: { id } },
          body: { assignee: sent.text('assignee') },
        }),
      ),
    )
    return leadTo(reply, `/desk/cases/${id}`)
  })
}
