import { scaleBand, scaleLinear } from 'd3-scale'
import { html } from 'hono/html'
import type { Html } from '../pages/show.ts'
import { gridOf } from './chart-grid.ts'

/** So many of something after so many days; and where to draw a line upright. */
export type Bar = { at: number; height: number }
export type Upright = { at: number; label: string }
type Chart = {
  id: string
  title: string
  bars: readonly Bar[]
  marks: readonly Upright[]
  labelOfLast: (at: number) => string
}

const [WIDTH, HEIGHT] = [960, 260]
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 16, 40, 30]
/** Bars beyond this are one, so that each is wide enough to be seen. */
const LAST = 45
/** There is room for so many numbers under the bars. */
const LABELS = 24
const MARK_EVERY = 16
/** As wide as so many numbers is what is said of the last bar. */
const LAST_LABEL = 3

/** A distribution over whole numbers from 0, as bars, with marks at some of them. */
export function barChart({ id, title, bars, marks, labelOfLast }: Chart): Html {
  const last = Math.min(LAST, Math.max(...bars.map(({ at }) => at), ...marks.map(({ at }) => at), 7))
  const gathered = new Map<number, number>()
  for (const { at, height } of bars) gathered.set(Math.min(at, last), (gathered.get(Math.min(at, last)) ?? 0) + height)
  const places = Array.from({ length: last + 1 }, (_, at) => at)
  const x = scaleBand(places, [LEFT, WIDTH - RIGHT]).padding(0.15)
  const y = scaleLinear([0, Math.max(...gathered.values(), 1)], [HEIGHT - BOTTOM, TOP]).nice()
  const step = Math.ceil(places.length / LABELS)
  const isCut = bars.some(({ at }) => at > last)
  return html`<div class="scroll" role="group" aria-label="${title}" tabindex="0">
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="${id}-says">
<title id="${id}-says">${title}</title>
${gridOf(y, { left: LEFT, right: WIDTH - RIGHT, ticks: 4, gap: 8 })}
${[...gathered].map(([at, height]) => html`<rect class="bar" x="${tenth(x(at)!)}" y="${tenth(y(height))}" width="${tenth(x.bandwidth())}" height="${tenth(y(0) - y(height))}"/>`)}
${places
  .filter((at) => at === last || (at % step === 0 && at <= last - (isCut ? LAST_LABEL : 1) * step))
  .map(
    (at) =>
      html`<text x="${tenth(x(at)! + x.bandwidth() / 2)}" y="${HEIGHT - 10}" text-anchor="${at === last ? 'end' : 'middle'}">${at === last && isCut ? labelOfLast(at) : at}</text>`,
  )}
${marks.map(({ at, label }, row) => {
  const middle = tenth(x(Math.min(at, last))! + x.bandwidth() / 2)
  const isRight = middle > WIDTH / 2
  return html`<line class="upright" x1="${middle}" x2="${middle}" y1="${8 + row * MARK_EVERY}" y2="${HEIGHT - BOTTOM}"/>
<text class="upright" x="${middle + (isRight ? -6 : 6)}" y="${16 + row * MARK_EVERY}" text-anchor="${isRight ? 'end' : 'start'}">${label}</text>`
})}
</svg></div>`
}

const tenth = (place: number) => Math.round(place * 10) / 10
