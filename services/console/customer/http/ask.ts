import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { fileInput, form, input, readForm, type SentForm, textarea } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { createReading } from '../../pages/reading.ts'
import { ruling } from '../../pages/ruling.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { checkedMain } from '../checked.ts'
import { showCustomer, type Visit, visitorOf } from '../customer-page.ts'
import { returnFollows } from '../foreseen.ts'
import { type ByLink, linkOf, linkUnknown, pathBy } from '../linked.ts'
import { nameIn, type Order, readLinked, type Seen } from '../order-reading.ts'
import { keepOfCase, photosIn, sendPhotos } from '../photos.ts'
import { refusal, toPutRight } from '../refused.ts'
import { openLines, rulingOf } from '../rights.ts'
import { type Units, unitFields, unitsIn } from '../units.ts'
import { customerWords, previewWords } from '../words.ts'
import { labelsOf } from './withdraw.ts'

const config = { access: 'public' as const }
type Said = { request: Visit; link: string; lines: Units[]; sent: SentForm }

/** Something that a customer asks for: what the form has besides units, and the asking, which answers the id of the case. */
type Ask = {
  way: 'send-back' | 'complain'
  fields: (view: View, typed: SentForm) => Html
  /** What is missing before it can be sent, in words. */
  lacks: (view: View, sent: SentForm) => string | undefined
  send: (said: Said) => Promise<{ id: string }>
  /** What would follow, where it is said before; of what has files, which a page cannot bear on, it is not. */
  follows?: (request: Visit, order: Order, lines: Units[]) => Promise<Html>
  files?: true
}

const sendBack: Ask = {
  way: 'send-back',
  fields: (view, typed) =>
    textarea({ name: 'words', label: customerWords(view.language)('ownWords'), value: typed.text('words') }),
  lacks: () => undefined,
  follows: returnFollows,
  send: ({ request, link, lines, sent }) =>
    answered(
      request.view.clients.returns.POST('/linked-order/voluntary-returns', {
        body: { link, lines, statement: sent.text('words') },
        headers: visitorOf(request),
      }),
    ),
}

const complain = (deps: Pick<Deps, 'clock'>): Ask => ({
  way: 'complain',
  files: true,
  fields: (view, typed) => {
    const say = customerWords(view.language)
    return html`${textarea({ name: 'words', label: say('defect'), help: say('defectHelp'), value: typed.text('words'), required: true })}
${input({ name: 'noticedOn', label: say('noticedOn'), help: say('noticedOnHelp'), value: typed.text('noticedOn'), type: 'date' })}
${fileInput({ name: 'photos', label: say('photos'), help: say('photosHelp'), accept: 'image/jpeg,image/png,image/webp' })}`
  },
  lacks: (view, sent) => (sent.text('words') === undefined ? customerWords(view.language)('noDefect') : undefined),
  send: ({ request, link, lines, sent }) =>
    answered(
      request.view.clients.returns.POST('/linked-order/complaints', {
        body: { link, lines, defect: sent.text('words')!, noticedAt: noticedAt(sent.text('noticedOn'), deps) },
        headers: visitorOf(request),
      }),
    ),
})

/** Noon in Oslo of a day that is over, and now of today; undefined for none, and for what is no day. */
function noticedAt(day: string | undefined, { clock }: Pick<Deps, 'clock'>) {
  if (day === undefined) return undefined
  try {
    const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' })
    const now = clock.now()
    return (Temporal.Instant.compare(noon.toInstant(), now) < 0 ? noon.toInstant() : now).toString()
  } catch {
    return undefined
  }
}

/** Sending goods back by the offer of the terms, and complaining of them with pictures: a form, and the case that it comes to. */
export function ask(server: FastifyInstance, deps: Pick<Deps, 'db' | 'clock'>) {
  for (const each of [sendBack, complain(deps)]) {
    const path = `/customer/order/${each.way}`
    server.get<ByLink>(path, { config }, async (request, reply) => {
      const seen = await readLinked(request, createReading())
      return seen === undefined ? linkUnknown(request, reply) : show(request, reply, each, { seen })
    })
    server.post<ByLink>(path, { config }, (request, reply) => take(deps, request, reply, each))
    if (each.follows === undefined) continue
    server.get<ByLink>(`${path}/check`, { config }, async (request, reply) =>
      leadTo(reply, pathBy(linkOf(request), `/${each.way}`)),
    )
    server.post<ByLink>(`${path}/check`, { config }, (request, reply) => check(request, reply, each))
  }
}

/** What would follow of what is asked for, with nothing done, and the button that asks. */
async function check(request: Visit, reply: FastifyReply, each: Ask) {
  const { view, body } = request
  const said = await readSaid(request, each)
  if (said === undefined) return linkUnknown(request, reply)
  const { seen, sent, lines, wrong } = said
  if (wrong !== undefined) return show(request, reply.status(400), each, { seen, sent, above: toPutRight(wrong) })
  const made = await attempted(() => each.follows!(request, seen.order, lines))
  if (made.refused) {
    refusedWith(reply, made.refused)
    return show(request, reply, each, { seen, sent, above: refusal(view, made.refused) })
  }
  const say = customerWords(view.language)
  const path = pathBy(seen.link, `/${each.way}`)
  const main = checkedMain(view, {
    action: path,
    back: path,
    submit: say(`submit_${each.way}`),
    body,
    follows: made.data,
  })
  return showCustomer(request, reply, { title: say(`way_${each.way}`), main })
}

/** What a form says, and what is missing of it; undefined for a link that opens nothing. */
async function readSaid(request: Visit, each: Ask) {
  const seen = await readLinked(request, createReading())
  if (seen === undefined) return undefined
  const sent = readForm(request.body)
  const lines = unitsIn(seen.order, sent)
  const { view } = request
  const wrong = lines.length === 0 ? customerWords(view.language)('noUnits') : each.lacks(view, sent)
  return { seen, sent, lines, wrong }
}

async function take(deps: Pick<Deps, 'db'>, request: Visit, reply: FastifyReply, each: Ask) {
  const { view } = request
  const said = await readSaid(request, each)
  if (said === undefined) return linkUnknown(request, reply)
  const { seen, sent, lines, wrong } = said
  const { link } = seen
  if (wrong !== undefined) return show(request, reply.status(400), each, { seen, sent, above: toPutRight(wrong) })
  let path = `${pathBy(link, '', { sent: 'yes' })}#cases`
  const made = await attempted(() =>
    once(deps, sent.id, async () => {
      const { id } = await each.send({ request, link, lines, sent })
      const kept = each.files ? await sendPhotos(keepOfCase(request, id), photosIn(request.body)) : {}
      path = pathBy(link, `/cases/${id}`, { sent: 'yes', ...kept })
    }),
  )
  if (made.refused) {
    refusedWith(reply, made.refused)
    return show(request, reply, each, { seen, sent, above: refusal(view, made.refused) })
  }
  return leadTo(reply, path)
}

type Shown = { seen: Seen; sent?: SentForm; above?: Html }

async function show(
  request: Visit,
  reply: FastifyReply,
  { way, fields, files, follows }: Ask,
  { seen, sent, above }: Shown,
) {
  const { view } = request
  const say = customerWords(view.language)
  const lines = openLines(way, seen)
  const typed = sent ?? readForm({})
  const main = html`${above}
${
  lines.length === 0
    ? await nothingTo(way, view, seen)
    : html`<p class="lead">${say(`intro_${way}`)}</p>
<div class="ds-card"><ul class="list">${lines.map((line) => ruling(view, nameIn(seen.order)(line), rulingOf(way, line)))}</ul></div>
${form(view, follows ? { action: pathBy(seen.link, `/${way}/check`), submit: previewWords(view.language)('seeFirst') } : { action: pathBy(seen.link, `/${way}`), submit: say(`submit_${way}`), files }, html`${unitFields(view, { order: seen.order, lines, filled: 'none' }, sent)}${fields(view, typed)}`)}`
}
<p><a class="ds-link" href="${pathBy(seen.link)}">${say('toOrder')}</a></p>`
  return showCustomer(request, reply, { title: say(`way_${way}`), main })
}

/** Why nothing can be asked for; what can be withdrawn from leads there, since the law gives more than the offer. */
async function nothingTo(way: Ask['way'], view: View, seen: Seen): Promise<Html> {
  const say = customerWords(view.language)
  if (way !== 'send-back' || openLines('withdraw', seen).length === 0)
    return html`<p class="lead">${say(`nothing_${way}`)}</p>`
  const { withdraw } = await labelsOf(view)
  return html`<p class="lead">${say('refused_withdrawal-gives-more')}</p>
<p><a class="ds-button" href="${pathBy(seen.link, '/withdraw')}">${withdraw}</a></p>`
}
