import type { Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { page } from '../../pages/layout.ts'
import { day, dayOf, section, shortDay, table } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { barChart } from '../chart-bars.ts'
import { stepChart } from '../chart-steps.ts'
import { deskWords, figuresWords } from '../words.ts'

const read = {
  refunds: ({ returns }: Clients) => returns.GET('/returns/refund-days', {}),
  open: ({ returns }: Clients) => returns.GET('/returns/open-by-day', {}),
  fare: ({ returns }: Clients) => returns.GET('/returns/figures', {}),
}
type Answer<Key extends keyof typeof read> = NonNullable<Awaited<ReturnType<(typeof read)[Key]>>['data']>

/** How refunds and cases fared over the last days, drawn, and as tables of the same figures. */
export function figures(server: FastifyInstance) {
  const config = { access: 'staff' as const }
  server.get('/desk/figures', { config }, async ({ view }, reply) => {
    const reading = createReading()
    const { clients } = view
    const [refunds, open, fare] = await Promise.all([
      reading.of('returns', read.refunds(clients)),
      reading.of('returns', read.open(clients)),
      reading.of('returns', read.fare(clients)),
    ])
    const main = html`${reading.notice(view)}
${refunds && refundDays(view, refunds)}
${open && openCases(view, open)}
${fare && howTheyFare(view, fare)}`
    return show(reply, page(view, { title: figuresWords(view.language)('figures'), main }))
  })
}

const span = (view: View, { from, to }: { from: string; to: string }) =>
  html`<p class="quiet">${figuresWords(view.language)('lead', { from: day(view, from), to: day(view, to) })}</p>`

const asTable = (view: View, title: string, heads: string[], rows: (Html | string | number)[][]) =>
  html`<details><summary>${figuresWords(view.language)('sameFigures')}</summary>${table(title, heads, rows)}</details>`

function refundDays(view: View, found: Answer<'refunds'>): Html {
  const say = figuresWords(view.language)
  const { paid, late, daysP50 = 0, daysP95 = 0, items } = found
  const title = say('refundDays')
  if (paid === 0) return section('refund-days', title, html`${span(view, found)}<p>${say('noneWasPaid')}</p>`)
  const chart = barChart({
    ...{ id: 'refund-days', title },
    bars: items.map(({ days, paid }) => ({ at: days, height: paid })),
    marks: [
      { at: daysP50, label: say('half', { days: daysP50 }) },
      { at: daysP95, label: say('most', { days: daysP95 }) },
    ],
    labelOfLast: (days) => say('orMore', { days }),
  })
  const rows = items.map(({ days, paid, late }) => [days, paid, late])
  return section(
    'refund-days',
    title,
    html`${span(view, found)}<p>${say('refundDaysSays', { paid, late, p50: daysP50, p95: daysP95 })}</p>
${chart}${asTable(view, title, [say('days'), say('refunds'), say('afterLastDay')], rows)}`,
  )
}

function openCases(view: View, found: Answer<'open'>): Html {
  const say = figuresWords(view.language)
  const desk = deskWords(view.language)
  const { items, from, to } = found
  const title = say('openCases')
  if (items.length === 0) return section('open-cases', title, html`${span(view, found)}<p>${say('noCases')}</p>`)
  const highest = Math.max(...items.flatMap(({ days }) => days.map(({ open }) => open)))
  const charts = items.map(({ kind, days }) => {
    const values = days.map(({ open }) => open)
    const name = desk(`kind_${kind}`)
    const told = { kind: name, first: values[0], most: Math.max(...values), last: values.at(-1) }
    const says = say('openSays', { ...told, from: day(view, from), to: day(view, to) })
    const ends = { from: shortDay(view, from), to: shortDay(view, to) }
    return stepChart({ id: `open-${kind}`, title: name, says, values, highest, ...ends })
  })
  const rows = items[0]!.days.map(({ day }, i) => [dayOf(view, day), ...items.map(({ days }) => days[i]!.open)])
  const heads = [say('day'), ...items.map(({ kind }) => desk(`kind_${kind}`))]
  return section(
    'open-cases',
    title,
    html`${span(view, found)}<div class="charts">${charts}</div>${asTable(view, title, heads, rows.toReversed())}`,
  )
}

function howTheyFare(view: View, { items }: Answer<'fare'>): Html {
  const say = figuresWords(view.language)
  const one = new Intl.NumberFormat(view.language, { maximumFractionDigits: 1 })
  const days = (number: number | undefined) => (number === undefined ? '–' : one.format(number))
  const heads = [say('kind'), say('open'), say('overdue'), say('closed'), say('daysP50'), say('daysP95')]
  return section(
    'fare',
    say('fare'),
    table(
      say('fare'),
      heads,
      items.map(({ kind, open, overdue, closed, daysP50, daysP95 }) => [
        ...[deskWords(view.language)(`kind_${kind}`), open, overdue, closed, days(daysP50), days(daysP95)],
      ]),
    ),
  )
}
