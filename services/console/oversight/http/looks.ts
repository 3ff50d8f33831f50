import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { input } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { notice, table, timeOf } from '../../pages/parts.ts'
import { createReading, type Reading } from '../../pages/reading.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { findLooks, pagesOfLooks } from '../looks.ts'
import { OVERSEES } from '../place.ts'
import { oversightWords } from '../words.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MAX_LENGTH = 200
type Query = { subject?: string; order?: string; before?: string }

/** Who looked at whom, the last first, by member of staff and by order; an order is looked at by its cases too. */
export function looksPage(server: FastifyInstance, { db, config: { LOOKS_KEPT_FOR } }: Pick<Deps, 'db' | 'config'>) {
  const config = { access: OVERSEES }
  const { days } = Temporal.Duration.from(LOOKS_KEPT_FOR)
  server.get<{ Querystring: Query }>('/desk/looks', { config }, async ({ view, query }, reply) => {
    const say = oversightWords(view.language)
    const reading = createReading()
    const { subject, order, before } = asked(query)
    const ids = order === undefined ? undefined : await idsOf(view, reading, order)
    const about = order === undefined ? undefined : (ids ?? [])
    const { looks, more } = await findLooks(db, { subject, about, before })
    const main = html`<p class="quiet">${say('lead', { days })}</p>
<form class="form inline" action="/desk/looks">
${input({ name: 'subject', label: say('subject'), help: say('subjectHelp'), value: subject })}
${input({ name: 'order', label: say('order'), help: say('orderHelp'), value: order })}
<button class="ds-button" type="submit">${say('show')}</button>
</form>
${reading.notice(view)}
${ids?.length === 0 && notice('info', say('unknown', { number: order }))}
${looks.length === 0 ? html`<p>${say('nobody')}</p>` : listOf(view, looks)}
${more && html`<p class="ways"><a class="ds-link" href="/desk/looks?${new URLSearchParams({ ...(subject && { subject }), ...(order && { order }), before: looks.at(-1)!.id }).toString()}">${say('older')}</a></p>`}`
    return show(reply, page(view, { title: say('place'), main }))
  })
}

/** What somebody asked for; what cannot be meant is not asked. */
function asked({ subject, order, before }: Query): Query {
  const one = (text: string | string[] | undefined) => [text ?? ''].flat()[0]!.trim().slice(0, MAX_LENGTH) || undefined
  const last = one(before)
  return { subject: one(subject), order: one(order), before: last && UUID.test(last) ? last : undefined }
}

/** The ids of an order, of its cases and of its shipments, by its number or any of these ids; none where there is no such order, undefined where nobody answers. */
async function idsOf(view: View, reading: Reading, order: string): Promise<string[] | undefined> {
  const { orders, shipping, returns } = view.clients
  const id = order.toLowerCase()
  const byId = UUID.test(id)
  const found = byId
    ? [await reading.of('orders', orders.GET('/orders/{id}', { params: { path: { id } } }))]
    : (await reading.of('orders', orders.GET('/orders', { params: { query: { number: order.toUpperCase() } } })))?.items
  if (found === undefined) return undefined
  const known = found.filter((each) => each !== undefined)
  const parts = await Promise.all(
    known.flatMap(({ id, number }) => [
      reading.of('returns', returns.GET('/returns', { params: { query: { q: number } } })),
      reading.of('shipping', shipping.GET('/shipments', { params: { query: { orderId: id } } })),
    ]),
  )
  const ofParts = parts.flatMap((each) => each?.items.map(({ id }) => id) ?? [])
  return [...new Set([...(byId ? [id] : []), ...known.map(({ id }) => id), ...ofParts])]
}

/** Where what was looked at stands; where it is not said, it is an order. */
const PLACES: Partial<Record<string, string>> = {
  ...{ case: '/desk/cases', request: '/privacy/requests', shipment: '/warehouse/shipments' },
}

type Looks = Awaited<ReturnType<typeof findLooks>>['looks']

function listOf(view: View, looks: Looks): Html {
  const say = oversightWords(view.language)
  return table(
    say('place'),
    [say('at'), say('subject'), say('what'), say('about')],
    looks.map(({ at, subject, what, about }) => {
      const known = pagesOfLooks.find((each) => each === what)
      return [
        timeOf(view, Temporal.Instant.from(at).toString()),
        subject,
        known === undefined ? what : say(`what_${known}`),
        html`<a class="ds-link nowrap" href="${PLACES[what] ?? '/desk/orders'}/${about}">${about}</a>`,
      ]
    }),
  )
}
