import { html } from 'hono/html'
import { sentAgain } from '../pages/deed.ts'
import { form, idIn, mintId, readForm } from '../pages/forms.ts'
import { section } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { previewWords } from './words.ts'

/** A choice that is looked at before it is made: it goes into an address, and says nothing yet. */
export const choiceForm = (view: View, { path, link }: { path: string; link: string }, fields: Html): Html =>
  html`<form class="form" action="/customer/order${path}"><input type="hidden" name="link" value="${link}"><input type="hidden" name="id" value="${mintId()}">
${fields}
<p><button class="ds-button" type="submit">${previewWords(view.language)('seeFirst')}</button></p></form>`

type Checked = {
  /** Where it is done, and where one goes to change it. */
  action: string
  back: string
  /** What the button says: what it does. */
  submit: string
  /** What was sent, which is sent once more with the button. */
  body: unknown
  follows: Html
}

/** What would follow of what a customer is about to do, with nothing done, and the button that does it. */
export function checkedMain(view: View, { action, back, submit, body, follows }: Checked): Html {
  const say = previewWords(view.language)
  return html`${section('follows', say('follows'), html`${follows}<p class="quiet">${say('notDoneYet')}</p>`)}
${form(view, { action, submit, id: idIn(readForm(body)) }, sentAgain(body))}
<p><a class="ds-link" href="${back}">${say('change')}</a></p>`
}
