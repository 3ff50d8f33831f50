import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { form, idIn, input, readForm, type SentForm, select } from '../../pages/forms.ts'
import { dateOf, day } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { checkedMain } from '../checked.ts'
import { showCustomer, type Visit, visitorOf } from '../customer-page.ts'
import { exchangeFollows } from '../foreseen.ts'
import { type ByLink, linkOf, linkUnknown, pathBy } from '../linked.ts'
import { isExchangeable } from '../order-page.ts'
import { readLinked, type Seen } from '../order-reading.ts'
import { refusal, toPutRight } from '../refused.ts'
import { customerWords, previewWords } from '../words.ts'

const config = { access: 'public' as const }

/** The link that stands in an address, or that was pasted by itself. */
function linkIn(text: string | undefined) {
  if (text === undefined) return undefined
  return URL.canParse(text) ? (new URL(text).searchParams.get('link') ?? undefined) : text
}

/**
 * Having what goes back and a newer order be one exchange. The id of the form is that of the exchange, so that sending it again is the
 * same one.
 */
export function exchange(server: FastifyInstance) {
  server.get<ByLink>('/customer/order/exchange', { config }, async (request, reply) => {
    const seen = await readLinked(request, createReading())
    return seen === undefined ? linkUnknown(request, reply) : show(request, reply, { seen })
  })
  server.get<ByLink>('/customer/order/exchange/check', { config }, async (request, reply) =>
    leadTo(reply, pathBy(linkOf(request), '/exchange')),
  )
  server.post<ByLink>('/customer/order/exchange/check', { config }, async (request, reply) => {
    const { view, body } = request
    const seen = await readLinked(request, createReading())
    if (seen === undefined) return linkUnknown(request, reply)
    const sent = readForm(body)
    const said = partsIn(seen, sent)
    if (said === undefined) return lacking(request, reply, { seen, sent })
    const made = await attempted(() => exchangeFollows(request, said))
    if (made.refused) {
      refusedWith(reply, made.refused)
      return show(request, reply, { seen, sent, above: refusal(view, made.refused) })
    }
    const path = pathBy(seen.link, '/exchange')
    const submit = customerWords(view.language)('submit_exchange')
    const main = checkedMain(view, { action: path, back: path, submit, body, follows: made.data })
    return showCustomer(request, reply, { title: customerWords(view.language)('way_exchange'), main })
  })
  server.post<ByLink>('/customer/order/exchange', { config }, async (request, reply) => {
    const { view } = request
    const seen = await readLinked(request, createReading())
    if (seen === undefined) return linkUnknown(request, reply)
    const sent = readForm(request.body)
    const said = partsIn(seen, sent)
    if (said === undefined) return lacking(request, reply, { seen, sent })
    const made = await attempted(() =>
      answered(
        view.clients.returns.PUT('/linked-order/exchanges/{exchangeId}', {
          params: { path: { exchangeId: sent.id } },
          body: { link: seen.link, ...said },
          headers: visitorOf(request),
        }),
      ),
    )
    if (made.refused) {
      refusedWith(reply, made.refused)
      return show(request, reply, { seen, sent, above: refusal(view, made.refused) })
    }
    return leadTo(reply, pathBy(seen.link, `/cases/${made.data!.id}`, { sent: 'yes' }))
  })
}

/** Both parts of an exchange as a form says them; undefined where one is missing. */
function partsIn({ cases }: Seen, sent: SentForm) {
  const newLink = linkIn(sent.text('newOrder'))
  const returnId = cases.find(({ id }) => id === sent.text('case'))?.id
  return newLink === undefined || returnId === undefined ? undefined : { newLink, returnId }
}

const lacking = (request: Visit, reply: FastifyReply, said: { seen: Seen; sent: SentForm }) =>
  show(request, reply.status(400), {
    ...said,
    above: toPutRight(customerWords(request.view.language)('noNewOrder')),
  })

function show(
  request: Visit,
  reply: FastifyReply,
  { seen, sent, above }: { seen: Seen; sent?: SentForm; above?: Html },
) {
  const { view } = request
  const say = customerWords(view.language)
  const open = seen.cases.filter(isExchangeable)
  const cases = open.map(
    ({ id, kind, openedAt }) => [id, `${say(`kind_${kind}`)}, ${day(view, dateOf(openedAt))}`] as const,
  )
  const main = html`${above}
<p class="lead">${say(open.length === 0 ? 'nothing_exchange' : 'intro_exchange')}</p>
${
  open.length > 0 &&
  form(
    view,
    {
      action: pathBy(seen.link, '/exchange/check'),
      submit: previewWords(view.language)('seeFirst'),
      id: sent && idIn(sent),
    },
    html`${select({ name: 'case', label: say('goesBack'), value: sent?.text('case') }, cases)}
${input({ name: 'newOrder', label: say('newOrder'), help: say('newOrderHelp'), value: sent?.text('newOrder'), required: true })}`,
  )
}
<p><a class="ds-link" href="${pathBy(seen.link)}">${say('toOrder')}</a></p>`
  return showCustomer(request, reply, { title: say('way_exchange'), main })
}
