import { html } from 'hono/html'
import { select } from '../pages/forms.ts'
import { facts, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { choiceForm } from './checked.ts'
import { pathBy } from './linked.ts'
import type { CaseSeen, Order } from './order-reading.ts'
import { type Report, standsOf, unitsNamed } from './parcels.ts'
import { picturesOf } from './pictures.ts'
import { customerWords, parcelWords } from './words.ts'

type Told = { link: string; order: Order; report: Report; photos: CaseSeen['photos'] }

/** A report about a parcel as its customer sees it: what was told, what comes of it, the pictures, and what there is to choose. */
export function damagePage(view: View, seen: Told, above: Html): Html {
  const say = parcelWords(view.language)
  const { report, order, link, photos } = seen
  const more = customerWords(view.language)
  const isOpen = report.choice === undefined
  return html`${above}
${section(
  'state',
  say('stands'),
  html`${facts([
    [more('status'), tag(isOpen ? 'info' : 'neutral', say(`report_${report.kind}`))],
    [more('concerns'), unitsNamed(view, order, report.lines)],
    [say('toldOn'), timeOf(view, report.reportedAt)],
    [say('toldBy'), say(`by_${report.reportedBy}`)],
    [more('yourWords'), report.what],
  ])}
<p>${standsOf(view, report)}</p>
${report.kind === 'damaged' && html`<p><a class="ds-link" href="${pathBy(link, '/complain')}">${say('complain')}</a></p>`}`,
)}
${choiceOf(view, seen)}
${picturesOf(view, { path: `/damage/${report.id}`, isOpen, photos, link })}
<p><a class="ds-link" href="${pathBy(link)}">${more('toOrder')}</a></p>`
}

/** What the customer may choose of a loss, once. */
function choiceOf(view: View, { report: { id, choices }, link }: Told): Html {
  const say = parcelWords(view.language)
  if (choices.length === 0) return html``
  return section(
    'choice',
    say('choose'),
    choiceForm(
      view,
      { path: `/damage/${id}/choice/check`, link },
      select(
        { name: 'choice', label: say('choice') },
        choices.map((each) => [each, say(`choice_${each}`)]),
      ),
    ),
  )
}
