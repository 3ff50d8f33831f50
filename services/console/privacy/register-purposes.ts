import { html } from 'hono/html'
import { section, table } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { citesIn } from './cites.ts'
import type { ControllerId } from './held.ts'
import { called, registerWords } from './words.ts'

/** A controller's record of processing, in the language of the page. */
export const readRecord = ({ clients, language: locale }: View, controller: ControllerId) =>
  clients.privacy.GET('/registers/{controller}', { params: { path: { controller }, query: { locale } } })
export type Record = NonNullable<Awaited<ReturnType<typeof readRecord>>['data']>

/** What data are used for, on which ground and whom they are about; where the policy is silent, that it is. */
export function purposeTables(view: View, { activities, further }: Record): Html {
  const say = registerWords(view.language)
  const groundOf = (ground?: string) => ground ?? html`<span class="quiet">${say('notSaid')}</span>`
  const why = activities.flatMap(({ category, uses, subjects }) =>
    (uses.length > 0 ? uses : [undefined]).map((use) => [
      called(view, 'category', category),
      use?.purpose ?? say('notSaid'),
      groundOf(use?.ground),
      subjects?.who ?? say('notSaid'),
      citesIn(view, [...(use?.cites ?? []), ...(subjects?.cites ?? [])]),
    ]),
  )
  const more = further.map(({ purpose, ground, cites }) => ['–', purpose, groundOf(ground), '–', citesIn(view, cites)])
  const silent = activities.flatMap(({ category, findings }) =>
    findings.map(({ says, cites }) => [called(view, 'category', category), says, citesIn(view, cites)]),
  )
  const heads = [say('category'), say('purpose'), say('legalGround'), say('subjects'), say('because')]
  return html`<h3 class="ds-heading" data-size="2xs">${say('usedFor')}</h3>${table(say('usedFor'), heads, [...why, ...more])}
${silent.length > 0 && html`<h3 class="ds-heading" data-size="2xs">${say('silent')}</h3>${table(say('silent'), [say('category'), say('finding'), say('because')], silent)}`}`
}

/** Where data leave the EEA, and what keeps them safe. */
export function safetySection(view: View, { transfers, measures }: Record): Html {
  const say = registerWords(view.language)
  const out = transfers.map(({ name, country, safeguard }) => [name, country, safeguard ?? say('adequate')])
  return section(
    'safety',
    say('safety'),
    html`${out.length === 0 ? html`<p class="quiet">${say('noTransfers')}</p>` : table(say('transfers'), [say('name'), say('country'), say('safeguard')], out)}
<ul>${measures.map(({ says }) => html`<li>${says}</li>`)}</ul>`,
  )
}

/** What a controller does for others, who decide. */
export function onBehalfSection(view: View, { onBehalf }: Record): Html {
  if (onBehalf === undefined) return html``
  const say = registerWords(view.language)
  const rows = onBehalf.processing.map(({ what, cites }) => [what, citesIn(view, cites)])
  return section(
    'on-behalf',
    say('onBehalf'),
    html`<p>${onBehalf.controllers}</p>${table(say('onBehalf'), [say('purpose'), say('because')], rows)}
${onBehalf.findings.map(({ says }) => html`<p class="quiet">${says}</p>`)}`,
  )
}
