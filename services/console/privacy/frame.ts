import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../deps.ts'
import { deedPages } from '../pages/deed.ts'
import { select } from '../pages/forms.ts'
import { page } from '../pages/layout.ts'
import { notice } from '../pages/parts.ts'
import { type Html, show } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { en } from './words/en.ts'
import { privacyWords } from './words.ts'

/** The parts of the desk, by their addresses. */
const PARTS = [
  ['/privacy', 'requests'],
  ['/privacy/retention', 'retention'],
  ['/privacy/holds', 'holds'],
  ['/privacy/erasures', 'erasures'],
  ['/privacy/registers', 'registers'],
  ['/privacy/breaches', 'breaches'],
  ['/privacy/policies', 'policies'],
] as const satisfies [string, keyof typeof en][]

/** Whether who is signed in may change anything here; that they may is the service's to say. */
export const mayWrite = ({ person }: View) => person?.scopes.has('privacy:write') === true

/** A page of the desk, with the way to its other parts. */
export function showDesk(view: View, reply: FastifyReply, { title, main }: { title: string; main: Html }) {
  const say = privacyWords(view.language)
  const here = view.url.split('?')[0]!
  const part = PARTS.findLast(([href]) => here === href || here.startsWith(`${href}/`))?.[0]
  const tabs = html`<nav class="tabs" aria-label="${say('parts')}"><ul>
${PARTS.map(([href, name]) => html`<li><a class="ds-link" href="${href}"${here === href ? html` aria-current="page"` : href === part && html` aria-current="true"`}>${say(name)}</a></li>`)}
</ul></nav>`
  return show(reply, page(view, { title, main: html`${tabs}${main}` }))
}

/** The pages of something that staff does here. */
export const deskDeeds = (
  server: FastifyInstance,
  deps: Pick<Deps, 'db'>,
  path: string,
  find: Parameters<typeof deedPages>[3],
) => deedPages(server, deps, { path, access: 'privacy:write', show: showDesk }, find)

/** Where no privacy service is attached there is nothing to show, and the page says what is missing. */
export function showNoService(view: View, reply: FastifyReply) {
  const say = privacyWords(view.language)
  const main = notice('warning', html`<p>${say('noService')}</p><p>${say('noServiceHelp')}</p>`)
  return show(reply.status(503), page(view, { title: say('place'), main }))
}

export type Controller = Awaited<ReturnType<typeof readControllers>>[number]
/** Whose policies there are: each controller's newest edition. */
export async function readControllers({ clients }: View) {
  const { items } = await answered(clients.privacy.GET('/policies', {}))
  return [...Map.groupBy(items, ({ controller }) => controller).values()].map(([newest]) => newest!)
}

/** A choice of controller. */
export const controllerField = (view: View, controllers: readonly Controller[], value?: string): Html =>
  select(
    { name: 'controller', label: privacyWords(view.language)('controller'), value },
    controllers.map(({ controller, name }) => [controller, name]),
  )

/** The controller that an address or a form names; the first where it names none that is known. */
export const chosenOf = (controllers: readonly Controller[], named: unknown): Controller => {
  const found = controllers.find(({ controller }) => controller === named) ?? controllers[0]
  if (found === undefined) throw new TypeError('The privacy service knows no policy.')
  return found
}

export const nameIn = (controllers: readonly Controller[]) => (id: string) =>
  controllers.find(({ controller }) => controller === id)?.name ?? id

/** A form that asks for another controller, and whatever else is chosen with it. */
export const choiceOf = (view: View, action: string, fields: Html): Html => html`
<form class="form inline" method="get" action="${action}">${fields}
<p><button class="ds-button" data-variant="secondary" type="submit">${privacyWords(view.language)('show')}</button></p></form>`

/** The way to a form, as a button; nothing for who may only read. */
export const wayTo = (view: View, href: string, label: string, quiet = true): Html =>
  mayWrite(view)
    ? html`<a class="ds-button"${quiet && html` data-variant="secondary"`} data-size="sm" href="${href}">${label}</a>`
    : html``
