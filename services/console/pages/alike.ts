import { html } from 'hono/html'
import type { Html } from './show.ts'
import type { View } from './view.ts'

/** Lines of an order of which the same holds, as the returns service groups them. */
export type Alike<Own extends { lineId: string } = { lineId: string }> = { lines: readonly Own[] }
type LineOf<Group extends Alike> = Omit<Group, 'lines'> & Group['lines'][number]

/** Every line of such groups with what holds for it, in the order of the order's own lines. Lines of a group share what they share. */
export function lineByLine<Group extends Alike>(
  groups: readonly Group[],
  ordered: readonly { lineId: string }[],
): LineOf<Group>[] {
  const places = new Map(ordered.map(({ lineId }, place) => [lineId, place]))
  const placeOf = ({ lineId }: { lineId: string }) => places.get(lineId) ?? ordered.length
  return groups
    .flatMap(({ lines, ...shared }) => lines.map((line) => ({ ...shared, ...line }) as LineOf<Group>))
    .sort((one, other) => placeOf(one) - placeOf(other))
}

/** More lines than these are a list that opens. */
const MOST_SHOWN = 6
const NAMED = 3

/** Names one after the other; of many the first few, and how many more. */
export const fewOf = ({ say }: View, names: readonly string[]): string =>
  names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} ${say('andMore', { count: names.length - NAMED })}`

/** A line among those of which the same holds: what it is called, how many units, and what is of it alone. */
export type OneOf = { name: string; units: string; own?: Html | false }

/** What is said of lines of which the same holds: under the name of one, or once for all of them below a list of each. */
export function alike(view: View, each: readonly OneOf[], said: Html): Html {
  const [only] = each
  if (each.length === 1 && only !== undefined)
    return html`<article class="line"><h3 class="ds-heading" data-size="2xs">${only.name} <span class="quiet">${only.units}</span></h3>
${said}${only.own}</article>`
  const title = fewOf(view, [...new Set(each.map(({ name }) => name))])
  const list = html`<ul class="told">${each.map(({ name, units, own }) => html`<li>${name} <span class="quiet">${units}</span>${own}</li>`)}</ul>`
  return html`<article class="line"><h3 class="ds-heading" data-size="2xs">${title} <span class="quiet">${view.say('sameFor', { count: each.length })}</span></h3>
${each.length <= MOST_SHOWN ? list : html`<details class="part"><summary>${view.say('eachOf', { count: each.length })}</summary>${list}</details>`}
${said}</article>`
}
