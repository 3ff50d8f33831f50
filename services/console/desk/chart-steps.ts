import { scaleLinear } from 'd3-scale'
import { area, curveStep, line } from 'd3-shape'
import { html } from 'hono/html'
import type { Html } from '../pages/show.ts'
import { gridOf } from './chart-grid.ts'

type Chart = {
  id: string
  title: string
  /** What it says, in a sentence. */
  says: string
  /** One number for each day. */
  values: readonly number[]
  /** The highest of all charts that stand beside each other, so that they can be compared. */
  highest: number
  /** The first day and the last. */
  from: string
  to: string
}

const [WIDTH, HEIGHT] = [320, 150]
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 12, 24]

/** A number day by day, as an area under steps. */
export function stepChart({ id, title, says, values, highest, from, to }: Chart): Html {
  const x = scaleLinear([0, Math.max(values.length - 1, 1)], [LEFT, WIDTH - RIGHT])
  const y = scaleLinear([0, Math.max(highest, 1)], [HEIGHT - BOTTOM, TOP]).nice(3)
  const digits = 1
  const under = area<number>((_, day) => x(day), y(0), y)
    .curve(curveStep)
    .digits(digits)
  const over = line<number>((_, day) => x(day), y)
    .curve(curveStep)
    .digits(digits)
  return html`<figure class="small-chart"><figcaption>${title}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-says">
<title id="${id}-says">${says}</title>
${gridOf(y, { left: LEFT, right: WIDTH - RIGHT, ticks: 3, gap: 6 })}
<path class="area" d="${under(values)}"/>
<path class="edge" d="${over(values)}"/>
<text x="${LEFT}" y="${HEIGHT - 6}">${from}</text>
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${to}</text>
</svg></figure>`
}
