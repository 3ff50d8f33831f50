import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { copyFields } from '../../pages/copy.ts'
import { form, input, readForm, textarea } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { once } from '../../pages/once.ts'
import { citesOf, facts, money, section, timeOf } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, leadTo, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { dueOf } from '../case-table.ts'
import { codeWords, eventOf, standsOf } from '../codes.ts'
import { type Order, readOrder } from '../order-table.ts'
import { tagsSection } from '../tags.ts'
import { checkWords, deskWords, goodsWords, judgingWords } from '../words.ts'

type At = { Params: { id: string } }

/** A case: what it waits for, what happened, the answer to give, notes, and who works on it. */
export function cases(server: FastifyInstance, deps: Deps) {
  const config = { access: 'staff' as const }
  server.get<At>('/desk/cases/:id', { config }, async ({ view, params: { id } }, reply) => {
    const found = await answered(readCase(view.clients, id))
    const reading = createReading()
    const order = await reading.of('orders', readOrder(view.clients, found.orderId))
    const title = `${deskWords(view.language)(`kind_${found.kind}`)} ${found.number ?? ''}`
    const main = html`${reading.notice(view)}${casePage(view, found, order)}`
    return show(reply, page(view, { title, main }))
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

const readCase = (clients: Clients, id: string) =>
  clients.returns.GET('/returns/{id}/case', { params: { path: { id } } })
type Case = NonNullable<Awaited<ReturnType<typeof readCase>>['data']>

function casePage(view: View, found: Case, order: Order | undefined): Html {
  const say = deskWords(view.language)
  const { id, awaits, awaitsSince, dueOn, assignee, owed, currency, openedAt, closedAt, lateInterest } = found
  return html`${decisionsOf(view, found)}
<div class="columns">
${section(
  'about',
  say('case'),
  html`${facts([
    [
      say('orderHead'),
      html`<a class="ds-link" href="/desk/orders/${found.orderId}">${found.number ?? found.orderId}</a>`,
    ],
    [say('status'), standsOf(view, found)],
    [say('awaits'), awaits && html`${codeWords(view)(`awaits_${awaits}`)} ${timeOf(view, awaitsSince)}`],
    [say('due'), closedAt === undefined ? dueOf(view, dueOn) : undefined],
    [
      say(closedAt === undefined ? 'owed' : 'refunded'),
      owed === undefined || currency === undefined ? undefined : money(view, owed, currency),
    ],
    [say('opened'), timeOf(view, openedAt)],
    [say('closed'), closedAt && timeOf(view, closedAt)],
  ])}${lateInterest && citesOf(view, lateInterest.reasons)}
${form(view, { action: `/desk/cases/${id}/assignee`, submit: say('assign'), quiet: true }, input({ name: 'assignee', label: say('assignee'), help: say('assigneeHelp'), value: assignee ?? view.person?.subject }))}`,
)}
${section(
  'answer',
  say('answer'),
  found.answer === undefined
    ? html`<p class="quiet">${say('noAnswer')}</p>`
    : copyFields(view, { id: 'answer-text', texts: found.answer, first: order?.locale }),
)}
</div>
<div class="columns">
${section(
  'notes',
  say('notes'),
  html`<ul class="list">${found.notes.map(({ text, by, notedAt }) => html`<li class="ruling"><p>${text}</p><p class="quiet">${by}, ${timeOf(view, notedAt)}</p></li>`)}</ul>
${form(view, { action: `/desk/cases/${id}/notes`, submit: say('note') }, textarea({ name: 'text', label: say('newNote'), required: true }))}`,
)}
${tagsSection(view, { what: 'cases', id }, { words: found.tags ?? [], others: found.orderTags })}
${section('timeline', say('history'), html`<ol class="list">${found.timeline.map(({ at, service, type }) => html`<li class="ruling"><p>${timeOf(view, at)} <strong>${eventOf(view, type)}</strong> <span class="quiet">${view.say(`service_${service}`)}</span></p></li>`)}</ol>`)}
</div>`
}

/** What there is to decide of a case. */
function decisionsOf(view: View, { id, kind, status, timeline, closedAt }: Case): Html {
  const say = judgingWords(view.language)
  const goods = goodsWords(view.language)
  const happened = (type: string) => timeline.some((each) => each.type === type && each.subject === id)
  const here = ['ReturnReceived', 'ReturnInspected'].some(happened)
  const open = kind === 'withdrawal' && ['declared', 'sent'].includes(status)
  // Of what was rejected a person may find otherwise; of what was accepted once putting it right has failed.
  const isJudged = ['received', 'rejected'].includes(status) || (status === 'accepted' && happened('CureFailed'))
  const ways = [
    ...(kind === 'complaint' && isJudged ? [['assessment', say('judge')] as const] : []),
    ...(open && !happened('ReturnInspected') ? [['inspection', goods('inspect')] as const] : []),
    ...(open && happened('ReturnInspected') ? [['deduction', goods('judgeGoods')] as const] : []),
    ...(kind === 'withdrawal' && !here && (status === 'declared' || happened('CollectionOffered'))
      ? [['collection', goods('collect')] as const]
      : []),
    ...(kind === 'voluntary-return' && ['requested', 'received'].includes(status)
      ? [['condition', checkWords(view.language)('check')] as const]
      : []),
    ...(closedAt === undefined && happened('ReturnLabelRequested') ? [['label', say('replaceLabel')] as const] : []),
  ]
  return html`<p class="ways">${ways.map(([step, name]) => html`<a class="ds-button" data-variant="secondary" href="/desk/cases/${id}/do/${step}">${name}</a>`)}</p>`
}
