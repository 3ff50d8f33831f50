import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { form, input } from '../pages/forms.ts'
import { section } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { tagWords } from './words.ts'

/** What may be tagged: an order or a case. */
export type Tagged = { what: 'orders' | 'cases'; id: string }
export const pageOf = ({ what, id }: Tagged) => `/desk/${what}/${id}`

/** The words that an order or a case bears, each to be taken off, and a field for another; `others` are those of its order. */
export function tagsSection(view: View, about: Tagged, { words, others = [] }: { words: string[]; others?: string[] }) {
  const say = tagWords(view.language)
  const own = words.map(
    (word) => html`<li class="tagged">${tagLink(word)}
${form(view, { action: `${pageOf(about)}/untag`, submit: say('takeOff', { word }), quiet: true }, html`<input type="hidden" name="word" value="${word}">`)}</li>`,
  )
  return section(
    'tags',
    say('tags'),
    html`${own.length > 0 ? html`<ul class="ways">${own}</ul>` : html`<p class="quiet">${say('noTags')}</p>`}
${others.length > 0 && html`<p>${say('ofOrder')} ${tagLinks(others)}</p>`}
${tagForm(view, about)}`,
  )
}

/** The field for a word, with what was written there. */
export const tagForm = (view: View, about: Tagged, word?: string): Html => {
  const say = tagWords(view.language)
  return form(
    view,
    { action: `${pageOf(about)}/tag`, submit: say('add') },
    input({ name: 'word', label: say('newTag'), help: say('newTagHelp'), value: word, required: true }),
  )
}

const tagLink = (word: string, at = '/desk') =>
  html`<a class="ds-link" href="${at}?tag=${encodeURIComponent(word)}">#${word}</a>`
/** Words, each leading to what bears it. */
export const tagLinks = (words: readonly string[], at?: string): Html =>
  html`${words.map((word) => html`${tagLink(word, at)} `)}`

/** A word as people write one: what they put between its parts is a hyphen, and it is small. */
export const asWord = (text: string | undefined) => (text ?? '').toLowerCase().replaceAll(/[\s_]+/g, '-')

/** Adds a word, or takes one off. Throws what the returns service refuses. */
export async function changeTag({ clients }: View, { what, id }: Tagged, word: string, how: 'add' | 'take-off') {
  const { PUT, DELETE } = clients.returns
  const path = { params: { path: { id, word } } }
  if (how === 'add')
    return answered(what === 'orders' ? PUT('/orders/{id}/tags/{word}', path) : PUT('/returns/{id}/tags/{word}', path))
  return answered(
    what === 'orders' ? DELETE('/orders/{id}/tags/{word}', path) : DELETE('/returns/{id}/tags/{word}', path),
  )
}
