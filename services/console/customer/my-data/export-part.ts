import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { form } from '../../pages/forms.ts'
import { notice, section, tag, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { type Visit, visitorOf } from '../customer-page.ts'
import { pathBy, readOr404 } from '../linked.ts'
import type { Request, Whom } from './reading.ts'
import { dataWords } from './words.ts'

type Privacy = Clients['privacy']
const at = (id: string) => ({ params: { path: { id } } })

/** What is collected of a person for their own request; undefined of a request for something else, and until it is shown who asks. */
export async function readExport(request: Visit, privacy: Privacy, { id, kind }: Request) {
  if (kind !== 'access' && kind !== 'portability') return undefined
  return readOr404(() => answered(privacy.GET('/exports/{id}', { ...at(id), headers: visitorOf(request) })))
}
export type Export = NonNullable<Awaited<ReturnType<typeof readExport>>>

/** Has the link mailed to the address of the request: the archive is everything, and a page by link may be seen by others. */
export const mailExport = (request: Visit, privacy: Privacy, id: string, { controller, email }: Whom) =>
  answered(
    privacy.POST('/exports/{id}/mails', {
      ...at(id),
      body: { controller, identifiers: [email] },
      headers: visitorOf(request),
    }),
  )

/** How far it is, until when it can be fetched, and the button that has its link mailed; once it is over, the way to ask again. */
export function exportSection(view: View, { id, kind, status, until }: Export, link: string, isMailed: boolean): Html {
  const say = dataWords(view.language)
  const isOver = status === 'ended' || status === 'erased'
  return section(
    'export',
    say('export'),
    html`${isMailed && notice('success', html`<p>${say('exportMailed')}</p>`)}
<p>${exportTag(view, status)}${until && !isOver && html` ${say('exportUntil')} ${timeOf(view, until)}`}</p>
<p>${say(isOver ? 'exportOver' : status === 'ready' ? 'exportInMail' : 'exportComes')}</p>
${status === 'ready' && form(view, { action: pathBy(link, `/data/requests/${id}/mails`), submit: say('exportAgain'), quiet: true }, html``)}
${isOver && html`<p><a class="ds-link" href="${pathBy(link, `/data/ask/${kind}`)}">${say(`ask_${kind}`)}</a></p>`}`,
  )
}

export const exportTag = (view: View, status: Export['status']): Html =>
  tag(
    status === 'ready' ? 'success' : status === 'collecting' ? 'info' : 'neutral',
    dataWords(view.language)(`export_${status}`),
  )
