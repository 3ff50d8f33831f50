import { scaleLinear } from 'd3-scale'
import { html } from 'hono/html'
import { dateOf, day, dayOf, section, table } from './parts.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'

/** What happened at a moment (RFC 3339), and what is open until a day, as the services said it; `id` is the right and its lines. */
export type Mark = { label: string; at: string }
export type Span = { label: string; until: string; granted: boolean; id?: string }
/** One thing or more that happened; `date` is the day that was asked about, where another than today was. */
type Drawn = { marks: Mark[]; spans: Span[]; date?: string }

const WIDTH = 960
const LEFT = 8
const RIGHT = 16
const ROW = 26
/** The days that matter soon have this part of the width; years to complain in have the rest. */
const NEAR = 0.72
const DAY_MS = 86_400_000

/** What happened and what is open, drawn on a line of time with today and the day that was asked about, and as a table beside it. */
export function timeline(view: View, { marks: all, spans, date }: Drawn): Html {
  const { say } = view
  const marks = all.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
  return section(
    'timeline',
    say('timeline'),
    html`${draw(view, { marks, spans, date })}
<details><summary>${say('timelineTable')}</summary>
${table(
  say('timelineTable'),
  [say('what'), say('day')],
  [
    ...marks.map(({ label, at }) => [label, dayOf(view, dateOf(at))]),
    ...spans.map(({ label, until }) => [say('until', { right: label }), dayOf(view, until)]),
  ],
)}</details>`,
  )
}

type Right = 'cancel' | 'withdrawal' | 'voluntaryReturn' | 'complaint'
type Line = Record<Right, { outcome: string; until?: string }> & { lineId: string; sku: string }
const RIGHTS: Right[] = ['cancel', 'withdrawal', 'voluntaryReturn', 'complaint']

type Said = {
  right: (right: Right) => string
  nameOf: (line: Line) => string
  /** The names of several lines. */
  named: (names: readonly string[]) => string
  on: string
}

/**
 * Until when each right lasts, as of a day (`on`); rights of lines that end on the same day are one. `nameOf` is what a line is called. What is
 * refused though its day is still to come lasts no time.
 */
export function spansOf(lines: readonly Line[], { right: labelOf, nameOf, named, on }: Said): Span[] {
  const spans = lines.flatMap((line) =>
    RIGHTS.flatMap((right) => {
      const { until, outcome } = line[right]
      return until === undefined || (outcome === 'refused' && until.slice(0, 10) >= on)
        ? []
        : [
            {
              right,
              until: until.slice(0, 10),
              granted: outcome !== 'refused',
              name: nameOf(line),
              lineId: line.lineId,
            },
          ]
    }),
  )
  return [...Map.groupBy(spans, ({ right, until, granted }) => `${right} ${until} ${granted}`).values()]
    .map((same) => {
      const [{ right, until, granted }] = same as [(typeof same)[number]]
      const names = named([...new Set(same.map(({ name }) => name))])
      const id = [right, ...same.map(({ lineId }) => lineId)].join('-')
      return {
        id,
        label: same.length === lines.length ? labelOf(right) : `${labelOf(right)}: ${names}`,
        until,
        granted,
      }
    })
    .toSorted((one, other) => (one.until < other.until ? -1 : 1))
}

const msOf = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds

function draw(view: View, { marks, spans, date }: Drawn) {
  const { say } = view
  const placeOf = placing(view, { marks, spans, date })
  const begin = msOf(dateOf(marks[0]!.at))
  const spansTop = 34 + marks.length * ROW
  const height = spansTop + spans.length * ROW + 24
  // What happened earlier today is behind us; another day is a line where it begins.
  const lines = [
    { x: placeOf(view.now.epochMilliseconds), label: say('today'), kind: 'today' },
    ...(date === undefined || date === view.today
      ? []
      : [{ x: placeOf(msOf(date)), label: day(view, date), kind: 'asked' }]),
  ]
  return html`<div class="scroll" role="group" aria-label="${say('timeline')}" tabindex="0">
<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="timeline-says">
<title id="timeline-says">${say('timelineSays')}</title>
${lines.map(({ x, label, kind }) => upright(x, { height, label, kind, beside: lines.map((each) => each.x) }))}
${marks.map(({ label, at }, row) => {
  const x = placeOf(Temporal.Instant.from(at).epochMilliseconds)
  return html`<circle class="mark" cx="${x}" cy="${40 + row * ROW}" r="5"/>${beside(x, 40 + row * ROW, `${label}, ${day(view, dateOf(at))}`)}`
})}
${spans.map(({ label, until, granted }, row) => {
  const [from, to, y] = [placeOf(begin), placeOf(msOf(until) + DAY_MS), spansTop + row * ROW]
  return html`<rect class="${granted ? 'span' : 'span over'}" x="${from}" y="${y}" width="${Math.max(2, to - from)}" height="18" rx="4"/>
<text class="in-span" x="${from + 6}" y="${y + 13}">${say('until', { right: label })} ${day(view, until)}</text>`
})}
</svg></div>`
}

/** A line from top to bottom, such as today's. */
const upright = (x: number, { height, label, kind, beside }: Upright) => html`
<line class="${kind}" x1="${x}" x2="${x}" y1="20" y2="${height}"/>
<text class="${kind}" x="${x}" y="14" text-anchor="${anchorOf(x, beside)}">${label}</text>`
type Upright = { height: number; label: string; kind: string; beside: readonly number[] }

/** On which side of a line its name stands: within the picture, and away from another line’s name that is near. */
function anchorOf(x: number, beside: readonly number[]) {
  const near = beside.find((other) => other !== x && Math.abs(other - x) < 130)
  if (x > WIDTH - 120) return 'end'
  if (near !== undefined) return near < x ? 'start' : x < 40 ? 'middle' : 'end'
  return x < 60 ? 'start' : 'middle'
}

/** What is said of a point, on the side where there is room. */
const beside = (x: number, y: number, text: string) =>
  x > WIDTH * 0.6
    ? html`<text x="${x - 10}" y="${y + 5}" text-anchor="end">${text}</text>`
    : html`<text x="${x + 10}" y="${y + 5}">${text}</text>`

/** Where a moment is: the near days take most of the width, and what is years away the rest. */
function placing(view: View, { marks, spans, date }: Drawn) {
  const begin = msOf(dateOf(marks[0]!.at))
  const soon = [
    ...marks.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds),
    view.now.epochMilliseconds,
    ...(date === undefined ? [] : [msOf(date)]),
  ]
  const ends = spans.map(({ until }) => msOf(until) + DAY_MS)
  const near = Math.max(begin + 30 * DAY_MS, ...soon, ...ends.filter((end) => end - begin < 120 * DAY_MS)) + DAY_MS
  const last = Math.max(near, ...ends)
  const [from, to] = [LEFT, WIDTH - RIGHT]
  const scale =
    last === near
      ? scaleLinear([begin, near], [from, to])
      : scaleLinear([begin, near, last], [from, from + (to - from) * NEAR, to])
  return (ms: number) => Math.round(scale(ms) * 10) / 10
}
