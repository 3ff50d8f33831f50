import { html } from 'hono/html'
import type { Html } from './show.ts'
import type { View } from './view.ts'
import { type Language, languages } from './words.ts'

/** A text to be copied, in a language of its own: `id` names its field on the page. */
export type Copied = { id: string; label: string; text: string; lang: Language }

const ROWS_MOST = 14
const LINE = 60

/** A text in a field that can be selected, and a button that copies it where there is JavaScript. */
export const copyField = ({ say }: View, { id, label, text, lang }: Copied): Html => html`<div class="ds-field">
<label class="ds-label" for="${id}">${label}</label>
<textarea class="ds-input" id="${id}" lang="${lang}" rows="${rowsOf(text)}" readonly>${text}</textarea>
<p class="ways copy"><button class="ds-button" data-variant="secondary" data-size="sm" type="button" data-copy="${id}" data-copied="${say('copied')}" data-selected="${say('selected')}">${say('copy')}<span class="ds-sr-only"> – ${label}</span></button> <span class="quiet" role="status"></span></p></div>`

const rowsOf = (text: string) =>
  Math.min(
    ROWS_MOST,
    text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / LINE)), 0),
  )

/** A text in every language that there is, the customer’s first where it is known; what each is called says which. */
export const copyFields = (
  view: View,
  { id, texts, first }: { id: string; texts: Record<Language, string>; first: Language | undefined },
): Html =>
  html`${languages
    .toSorted((one, other) => Number(other === first) - Number(one === first))
    .map((lang) =>
      copyField(view, {
        ...{ id: `${id}-${lang}`, text: texts[lang], lang },
        label: `${view.say(`answerIn_${lang}`)}${lang === first ? ` (${view.say('customersLanguage')})` : ''}`,
      }),
    )}`
