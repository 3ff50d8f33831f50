import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { facts, section, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { mayWrite } from './frame.ts'
import type { Request } from './request-parts.ts'
import { privacyWords } from './words.ts'

/** Only who wants to see their data, or to take them along, has something collected. */
export const hasExport = ({ kind }: Pick<Request, 'kind'>) => kind === 'access' || kind === 'portability'

export const exportOf = (clients: Clients, id: string) =>
  clients.privacy.GET('/exports/{id}', { params: { path: { id } } })
export type Export = NonNullable<Awaited<ReturnType<typeof exportOf>>['data']>

const COLORS = { collecting: 'info', ready: 'success', ended: 'neutral', erased: 'neutral' } as const

/** How far an export is: whose part is missing, until when its link is good, and the archive for who may hand it over. */
export function exportSection(view: View, id: string, { status, begunAt, readyAt, until, parts }: Export): Html {
  const say = privacyWords(view.language)
  const missing = parts.filter((part) => part.status !== 'there')
  return section(
    'export',
    say('export'),
    html`${facts([
      [say('status'), tag(COLORS[status], say(`export_${status}`))],
      [say('exportBegun'), timeOf(view, begunAt)],
      [say('exportReady'), readyAt && timeOf(view, readyAt)],
      [say('exportUntil'), until && timeOf(view, until)],
    ])}
${(status === 'ended' || status === 'erased') && html`<p class="quiet">${say(`export_${status}_help`)}</p>`}
${
  missing.length > 0 &&
  table(
    say('exportMissing'),
    [say('exportHolder'), say('record'), say('status'), say('exportAnswerBy')],
    missing.map(({ holder, record, status, answerBy }) => [
      holder,
      html`<code>${record}</code>`,
      say(status === 'left-out' ? 'partLeftOut' : 'partWanted'),
      timeOf(view, answerBy),
    ]),
  )
}
${
  status === 'ready' &&
  mayWrite(view) &&
  html`<p class="quiet">${say('exportHandOver')}</p>
<p><a class="ds-button" data-variant="secondary" data-size="sm" href="/privacy/requests/${id}/archive">${say('exportFetch')}</a></p>`
}`,
  )
}
