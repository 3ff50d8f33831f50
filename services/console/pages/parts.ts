import { html } from 'hono/html'
import { writeCountry, writeDay, writeMoment, writeSum, ZONE } from './formats.ts'
import { kept } from './kept.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'

/** A sentence that something rests on, as the services cite it. */
export type Cite = { clause?: string; act?: string; section?: string; agreedOn?: string; text: string }
export type Reason = { cites: Cite[] }

/** "1 796,00 NOK" of 179600 and NOK: a sum in minor units as a service gave it, with the decimals of its currency. */
export const money = ({ language }: View, amount: number, currency: string) => writeSum(language, amount, currency)

/** "27. november 2026", of a day as a service writes it. */
export const day = ({ language }: View, date: string) => writeDay(language, 'day', date)

/** "27. nov.", of a day as a service writes it, where there is little room. */
export const shortDay = ({ language }: View, date: string) => writeDay(language, 'shortDay', date)

/** The day on which an instant falls, as clocks in Oslo show it. */
export const dateOf = (instant: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString()

/** "27. november 2026 kl. 04:33", as clocks in Oslo show an instant. */
export const moment = ({ language }: View, instant: string) => writeMoment(language, 'moment', instant)

/** A moment to the second, with its zone, as a receipt needs it. */
export const secondOf = ({ language }: View, instant: string): Html =>
  html`<time datetime="${instant}">${writeMoment(language, 'second', instant)} (${ZONE})</time>`

/** A moment that machines can read too; a dash where there is none. */
export const timeOf = (view: View, instant: string | undefined): Html =>
  instant === undefined ? html`–` : html`<time datetime="${instant}">${moment(view, instant)}</time>`
export const dayOf = (view: View, date: string | undefined): Html =>
  date === undefined ? html`–` : html`<time datetime="${date}">${day(view, date)}</time>`

/** "Norge" of NO (ISO 3166-1 alpha-2); the code itself where it is none. */
export const countryOf = ({ language }: View, code: string) => writeCountry(language, code)

/** What a sentence is known by: "punkt 8.2", "angrerettloven § 21", or a written agreement of a day. */
export function nameOf(view: View, { clause, act, section, agreedOn }: Cite) {
  if (agreedOn !== undefined) return view.say('agreedOn', { day: day(view, agreedOn) })
  return clause === undefined ? `${act} ${section}` : view.say('clause', { number: clause })
}

/** The sentences that something rests on, each once and in full, behind their names. Nothing where there are none. */
export function citesOf(view: View, reasons: readonly Reason[] | undefined): Html {
  if (reasons === undefined || reasons.length === 0) return NOTHING
  let key: string = view.language
  for (const { cites } of reasons)
    for (const { clause, act, section, agreedOn, text } of cites)
      key += `\n${clause ?? ''}\t${act ?? ''}\t${section ?? ''}\t${agreedOn ?? ''}\t${text}`
  return citations(key, () => writeCites(view, reasons))
}
const NOTHING = html``
/** Most orders rest on the same few sentences. */
const citations = kept<Html>(500)

function writeCites(view: View, reasons: readonly Reason[]): Html {
  const sentences = new Map(reasons.flatMap(({ cites }) => cites).map((cite) => [nameOf(view, cite), cite.text]))
  if (sentences.size === 0) return NOTHING
  return html`<details class="cites"><summary>${view.say('why', { names: [...sentences.keys()].join(', ') })}</summary>
<dl>${[...sentences].map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl></details>`
}

/** Names and what they are, as a list of pairs; what is undefined or empty is left out. */
export const facts = (
  pairs: readonly (readonly [string, Html | string | number | undefined])[],
): Html => html`<dl class="facts">
${pairs.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`

/** More goods than these are no sentence any more. */
const MOST_IN_A_ROW = 6
const SHOWN_OF_MANY = 3

/** Goods one after the other, such as "2 × Fuktsensor, 1 × Sentral"; of many the first few, and all of them as a list that opens. */
export const inARow = (view: View, goods: readonly string[]): Html | string =>
  goods.length <= MOST_IN_A_ROW
    ? goods.join(', ')
    : html`<details><summary>${goods.slice(0, SHOWN_OF_MANY).join(', ')} ${view.say('andMore', { count: goods.length - SHOWN_OF_MANY })}</summary>
<ul class="told">${goods.map((each) => html`<li>${each}</li>`)}</ul></details>`

/** A table; where the window is narrow each row stands as a card, in which each cell says what it is (WCAG 1.4.10). */
export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html => html`
<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table class="ds-table" data-size="sm">
<caption class="ds-sr-only">${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, n) => html`<td data-label="${heads[n] ?? ''}">${cell}</td>`)}</tr>`)}</tbody>
</table></div>`

/** Says of a list that is as long as a service makes them that it may go on; nothing of a shorter one. */
export const mayGoOn = ({ say }: View, items: readonly unknown[], most: number): Html =>
  items.length < most ? html`` : html`<p class="quiet">${say('mayGoOn', { count: items.length })}</p>`

/** A part of a page under a heading of its own. */
export const section = (id: string, title: string, content: Html): Html => html`
<section class="ds-card" id="${id}" aria-labelledby="${id}-title"><h2 class="ds-heading" data-size="xs" id="${id}-title">${title}</h2>
${content}</section>`

type Color = 'info' | 'success' | 'warning' | 'danger'
export const notice = (color: Color, content: Html | string): Html =>
  html`<div class="ds-alert" data-color="${color}" role="status">${content}</div>`

export const tag = (color: Color | 'neutral', text: string): Html =>
  html`<span class="ds-tag" data-color="${color}">${text}</span>`
