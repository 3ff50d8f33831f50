import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { section, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { called, registerWords } from './words.ts'

export const listChanges = (clients: Clients) => clients.privacy.GET('/policy-changes', {})
type Change = NonNullable<Awaited<ReturnType<typeof listChanges>>['data']>['items'][number]

/** Which policies changed, what is new, and how many of those whom it concerns were told. */
export function changeSection(view: View, changes: readonly Change[], nameOf: (controller: string) => string): Html {
  const say = registerWords(view.language)
  const reasonsOf = (because: Change['unreachableBecause']) =>
    (['nothingHeld', 'noAddress', 'consentOnly'] as const)
      .filter((why) => because[why] > 0)
      .map((why) => html`<br><span class="quiet">${say(why, { count: because[why] })}</span>`)
  const rows = changes.map(({ controller, edition, adoptedAt, sections, consentsToRenew, ...counts }) => [
    html`<a class="ds-link" href="/privacy/policies/${edition}">${nameOf(controller)}</a><br>${timeOf(view, adoptedAt)}`,
    html`${sections.join(', ')}${consentsToRenew.length > 0 && html`<br><span class="quiet">${say('askedAnew', { what: consentsToRenew.map((purpose) => called(view, 'purpose', purpose)).join(', ') })}</span>`}`,
    counts.told,
    counts.untold === 0 ? counts.untold : tag('warning', String(counts.untold)),
    html`${counts.unreachable}${reasonsOf(counts.unreachableBecause)}`,
  ])
  return section(
    'changes',
    say('changes'),
    rows.length === 0
      ? html`<p class="quiet">${say('noChanges')}</p>`
      : html`<p class="quiet">${say('changesHelp')}</p>${table(say('changes'), [say('changed'), say('whatIsNew'), say('told'), say('untold'), say('unreachable')], rows)}`,
  )
}
