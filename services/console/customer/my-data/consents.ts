import { html } from 'hono/html'
import { form, input } from '../../pages/forms.ts'
import { citesOf, notice, section, tag, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { pathBy } from '../linked.ts'
import type { Data } from './reading.ts'
import { dataWords } from './words.ts'

/** What somebody may consent to here; cookies are asked about where they are set. */
export const PURPOSES = ['newsletter', 'profiling'] as const
export type Purpose = (typeof PURPOSES)[number]

/** What stands of a consent: the latest word counts. */
const lastWord = ({ consents: { log } }: Data, purpose: Purpose) =>
  log
    .filter((entry) => entry.purpose === purpose)
    .toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
    .at(-1)

/** What a person consents to when they press the button, in the words that are kept with the consent. */
export const consentText = (view: View, purpose: Purpose, seller: string) =>
  dataWords(view.language)(`text_${purpose}`, { seller })

type Told = { link: string; seller: string; said?: string }

/** Each consent with what was said last, and one button that gives it or takes it back: the same step in both directions. */
export function consentSection(view: View, data: Data, { link, seller, said }: Told): Html {
  const say = dataWords(view.language)
  const suppressed = data.consents.suppressed.some(({ purpose }) => purpose === 'all')
  return section(
    'consents',
    say('consents'),
    html`${said === 'mail' && notice('info', html`<p>${say('confirmByMail')}</p>`)}${said === 'done' && notice('success', html`<p>${say('noted')}</p>`)}
<p class="quiet">${say('consentsHelp')}</p>
<ul class="list">${PURPOSES.map((purpose) => {
      const last = lastWord(data, purpose)
      const given = last?.what === 'given'
      return html`<li class="line"><p><strong>${say(`purpose_${purpose}`)}</strong> ${tag(given ? 'success' : 'neutral', say(given ? 'given' : last ? 'withdrawn' : 'notGiven'))} ${last && html`<span class="quiet">${timeOf(view, last.at)}</span>`}</p>
<p>${consentText(view, purpose, seller)}</p>
${form(
  view,
  { action: pathBy(link, '/data/consents'), submit: say(given ? `stop_${purpose}` : `start_${purpose}`), quiet: true },
  html`<input type="hidden" name="purpose" value="${purpose}"><input type="hidden" name="given" value="${given ? 'no' : 'yes'}">
${!given && input({ name: 'age', label: say('age'), help: say('ageHelp'), type: 'number', min: 0, max: 150, required: true, prefix: purpose })}`,
)}</li>`
    })}</ul>
<p><strong>${say('mayWrite')}</strong> ${tag(data.permission.outcome === 'granted' ? 'success' : 'neutral', view.say(`outcome_${data.permission.outcome}`))}</p>
${suppressed && html`<p class="quiet">${say('optedOut')}</p>`}${citesOf(view, data.permission.reasons)}`,
  )
}
