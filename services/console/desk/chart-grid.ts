import type { ScaleLinear } from 'd3-scale'
import { html } from 'hono/html'
import type { Html } from '../pages/show.ts'

type Grid = { left: number; right: number; ticks: number; gap: number }

/** Lines across a chart at whole numbers, about so many, each with its number `gap` left of it. */
export const gridOf = (y: ScaleLinear<number, number>, { left, right, ticks, gap }: Grid): Html[] =>
  y
    .ticks(ticks)
    .filter(Number.isInteger)
    .map(
      (tick) => html`<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>
<text x="${left - gap}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    )
