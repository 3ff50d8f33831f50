import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { input, type SentForm } from '../pages/forms.ts'
import { citesOf, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Controller } from './frame.ts'
import { called, privacyWords } from './words.ts'

export type ControllerId = Controller['controller']
const listHeld = (clients: Clients, controller: ControllerId, identifiers: Identifier[]) =>
  clients.privacy.POST('/holdings/of-person', { body: { controller, identifiers } })
export type Holding = NonNullable<Awaited<ReturnType<typeof listHeld>>['data']>['items'][number]
export type Identifier = { kind: 'email' | 'phone' | 'account'; value: string }
const KINDS = ['email', 'phone', 'account'] as const

/** Fields for what a person may be known by. */
export function personFields(view: View, typed: SentForm): Html {
  const say = privacyWords(view.language)
  return html`<fieldset class="ds-fieldset"><legend class="ds-label">${say('knownBy')}</legend>
<p class="help">${say('knownByHelp')}</p>
${KINDS.map((kind) => input({ name: kind, label: called(view, 'identifier', kind), value: typed.text(kind), type: kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text' }))}
</fieldset>`
}

/** What was written of them. */
export const identifiersIn = (sent: SentForm): Identifier[] =>
  KINDS.flatMap((kind) => {
    const value = sent.text(kind)
    return value === undefined ? [] : [{ kind, value }]
  })

/** What is held of a person by what they are known by; nothing is asked where nobody is named. */
export async function readHeld({ clients }: View, controller: ControllerId, identifiers: Identifier[]) {
  if (identifiers.length === 0) return []
  return (await answered(listHeld(clients, controller, identifiers))).items
}

/** Records that are held: of what kind, until when, what keeps them longer, and by which sentence. */
export function heldTable(view: View, caption: string, holdings: readonly Holding[], empty: string): Html {
  const say = privacyWords(view.language)
  if (holdings.length === 0) return html`<p class="quiet">${empty}</p>`
  return table(
    caption,
    [say('record'), say('goes'), say('keptBy'), say('because')],
    holdings.map(({ system, record, category, status, dueAt, holds, missing, postponedUntil, reasons }) => [
      html`<strong>${called(view, 'category', category)}</strong><br><span class="quiet">${system} / ${record}</span>`,
      html`${status === 'due' && html`${tag('info', say('asked'))} `}${dueAt === undefined ? say('notBegun') : timeOf(view, dueAt)}${missing && html`<br><span class="quiet">${say('missing', { what: called(view, 'missing', missing) })}</span>`}`,
      html`${holds.map((hold) => called(view, 'hold', hold)).join(', ') || '–'}${postponedUntil && html`<br><span class="quiet">${say('postponed')} ${timeOf(view, postponedUntil)}</span>`}`,
      citesOf(view, reasons),
    ]),
  )
}
