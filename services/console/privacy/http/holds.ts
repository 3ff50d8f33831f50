import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import type { Deed } from '../../pages/deed.ts'
import { input, type SentForm, textarea } from '../../pages/forms.ts'
import { facts, section, table, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import {
  type Controller,
  chosenOf,
  controllerField,
  deskDeeds,
  nameIn,
  readControllers,
  showDesk,
  wayTo,
} from '../frame.ts'
import { heldTable, identifiersIn, personFields, readHeld } from '../held.ts'
import { privacyWords } from '../words.ts'

const listHolds = (clients: Clients) => clients.privacy.GET('/data-holds', {})
type Hold = NonNullable<Awaited<ReturnType<typeof listHolds>>['data']>['items'][number]

/** What a dispute or an authority needs, and is not erased until that is over: the list, and setting and ending one. */
export function holdPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get('/privacy/holds', { config: { access: 'privacy:read' } }, async ({ view }, reply) => {
    const say = privacyWords(view.language)
    const [{ items }, controllers] = await Promise.all([answered(listHolds(view.clients)), readControllers(view)])
    const [open, over] = [items.filter(({ endedAt }) => !endedAt), items.filter(({ endedAt }) => endedAt)]
    const main = html`<p class="lead">${say('holdsLead')}</p>
<p>${wayTo(view, '/privacy/holds/new', say('setHold'), false)}</p>
${section('open', say('openHolds', { count: open.length }), open.length === 0 ? html`<p class="quiet">${say('noHolds')}</p>` : openTable(view, open, nameIn(controllers)))}
${over.length > 0 && section('over', say('overHolds', { count: over.length }), overTable(view, over, nameIn(controllers)))}`
    return showDesk(view, reply, { title: say('holds'), main })
  })
  deskDeeds(server, deps, '/privacy/holds/new', async ({ view }) => setting(view, await readControllers(view)))
  deskDeeds(server, deps, '/privacy/holds/:id/end', async ({ view, params: { id } }) => {
    const { items } = await answered(listHolds(view.clients))
    const hold = items.find((each) => each.id === id && each.endedAt === undefined)
    return hold && ending(view, hold)
  })
}

const aboutOf = (view: View, { about }: Hold) =>
  about === 'person' ? privacyWords(view.language)('aPerson') : html`${about.system} / ${about.record}`

function openTable(view: View, holds: readonly Hold[], nameOf: (id: string) => string): Html {
  const say = privacyWords(view.language)
  return table(
    say('holds'),
    [say('concerns'), say('controller'), say('why'), say('set'), say('end')],
    holds.map((hold) => [
      aboutOf(view, hold),
      nameOf(hold.controller),
      hold.why,
      html`${timeOf(view, hold.setAt)}<br><span class="quiet">${view.say('by', { name: hold.setBy })}</span>`,
      wayTo(view, `/privacy/holds/${hold.id}/end`, say('endHold')),
    ]),
  )
}

function overTable(view: View, holds: readonly Hold[], nameOf: (id: string) => string): Html {
  const say = privacyWords(view.language)
  return table(
    say('holds'),
    [say('concerns'), say('controller'), say('why'), say('set'), say('ended')],
    holds.map((hold) => [
      aboutOf(view, hold),
      nameOf(hold.controller),
      hold.why,
      timeOf(view, hold.setAt),
      html`${timeOf(view, hold.endedAt)}<br><span class="quiet">${view.say('by', { name: hold.endedBy })}</span>`,
    ]),
  )
}

function setting(view: View, controllers: readonly Controller[]): Deed {
  const say = privacyWords(view.language)
  const controllerIn = (sent: SentForm) => chosenOf(controllers, sent.text('controller'))
  return {
    title: say('setHold'),
    lead: say('setHoldLead'),
    fields: (typed) => html`${controllerField(view, controllers, typed.text('controller'))}
${personFields(view, typed)}
<fieldset class="ds-fieldset"><legend class="ds-label">${say('orRecord')}</legend>
${input({ name: 'system', label: say('system'), value: typed.text('system') })}
${input({ name: 'record', label: say('record'), value: typed.text('record'), help: say('recordHelp') })}</fieldset>
${textarea({ name: 'why', label: say('why'), help: say('holdWhyHelp'), value: typed.text('why'), required: true })}`,
    consequences: async (sent) => {
      const { controller, name } = controllerIn(sent)
      const held = await readHeld(view, controller, identifiersIn(sent).slice(0, 1))
      return html`<p>${say('follow_hold')}</p>${facts([
        [say('controller'), name],
        [say('record'), sent.text('record') && `${sent.text('system')} / ${sent.text('record')}`],
        [say('why'), sent.text('why')],
      ])}
${identifiersIn(sent).length > 0 && heldTable(view, say('held'), held, say('nobodyFound'))}
<p class="quiet">${say('law_hold')}</p>`
    },
    act: (sent) => setHold(view, controllerIn(sent).controller, sent),
    after: () => '/privacy/holds',
    back: '/privacy/holds',
  }
}

function setHold({ clients }: View, controller: Controller['controller'], sent: SentForm) {
  const [person] = identifiersIn(sent)
  const [system, record] = [sent.text('system'), sent.text('record')]
  const named =
    system === undefined && record === undefined ? undefined : { system: system ?? '', record: record ?? '' }
  const body = { controller, person, record: named, why: sent.text('why') ?? '' }
  return answered(clients.privacy.PUT('/data-holds/{id}', { params: { path: { id: sent.id } }, body }))
}

function ending(view: View, hold: Hold): Deed {
  const say = privacyWords(view.language)
  const about = facts([
    [say('concerns'), aboutOf(view, hold)],
    [say('why'), hold.why],
    [say('set'), timeOf(view, hold.setAt)],
  ])
  return {
    title: say('endHold'),
    lead: about,
    fields: () => html``,
    consequences: () => html`${about}<p>${say('follow_end')}</p><p class="quiet">${say('law_end')}</p>`,
    act: () => answered(view.clients.privacy.DELETE('/data-holds/{id}', { params: { path: { id: hold.id } } })),
    after: () => '/privacy/holds',
    back: '/privacy/holds',
    danger: true,
  }
}
