import type { FastifyInstance } from 'fastify'
import type { Show } from './answer.ts'
import { type Events, type Happened, seenOf } from './events.ts'
import { type Html, html } from './html.ts'
import { moment } from './words.ts'

const LOOK_EVERY_MS = 1_000
const SHOWN = 12

/** What stands on the front page: the newest events, and the script that adds others as they happen, for whoever lets it. */
export const eventSection = (happened: readonly Happened[]): Html => html`
<section id="events"><h2>Events as they happen</h2>
${happened.length === 0 && html`<p class="quiet">Nothing was told yet.</p>`}
<ol id="live" aria-live="polite" data-most="${SHOWN}">${happened.slice(-SHOWN).toReversed().map(eventItem)}</ol>
<p><a href="/events">All of the newest</a></p>
</section><script src="/live.js" defer></script>`

const eventItem = ({ service, type, at, orderId }: Happened): Html =>
  html`<li>${orderId === undefined ? type : html`<a href="/orders/${orderId}">${type}</a>`} <span class="quiet">${service}, ${moment(at)}</span></li>`

/** Adds each event at the top of the list, as the markup that the server made of it, and lets the oldest go. */
const SCRIPT = `const list = document.getElementById('live')
new EventSource('/events/live').onmessage = ({ data }) => {
  list.insertAdjacentHTML('afterbegin', JSON.parse(data))
  while (list.children.length > Number(list.dataset.most)) list.lastElementChild.remove()
}
`

/** `GET /events` lists them; `GET /events/live` tells each as it happens (server-sent events, HTML § 9.2). */
export function liveRoutes(server: FastifyInstance, show: Show, events: () => Events) {
  server.get('/live.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(SCRIPT),
  )
  server.get('/events', async ({ headers }, reply) => {
    const happened = (await events().latest(100)).toReversed()
    if (!headers.accept?.includes('text/html')) return { items: happened }
    return show(reply, 'Events', html`<section><h1>Events</h1><ol>${happened.map(eventItem)}</ol></section>`)
  })
  server.get('/events/live', async (request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.write(': listening\n\n')
    let seen = seenOf(await events().latest(1))
    let looking = false
    const timer = setInterval(async () => {
      if (looking) return
      looking = true
      try {
        const happened = await events().after(seen)
        seen = seenOf(happened, seen)
        for (const each of happened) raw.write(`data: ${JSON.stringify(eventItem(each).markup)}\n\n`)
      } catch {
        // A database that is away is looked at again.
      } finally {
        looking = false
      }
    }, LOOK_EVERY_MS)
    request.raw.once('close', () => clearInterval(timer))
  })
}
