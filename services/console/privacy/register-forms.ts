import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, input, momentOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { dayOf, facts, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import type { Controller } from './frame.ts'
import { called, registerWords } from './words.ts'

const backTo = (controller: string) => `/privacy/registers?controller=${controller}`
const typedField =
  (typed: SentForm) =>
  (name: string, label: string, more: object = {}) =>
    input({ name, label, value: typed.text(name), ...more })

type Whose = Pick<Controller, 'controller' | 'name'> & { kinds: readonly { kind: string; names: string[] }[] }
/** Writing a processor down: the policy has to name its kind, and data that leave the EEA need a safeguard. */
export function newProcessor(view: View, { controller, name, kinds }: Whose): Deed {
  const say = registerWords(view.language)
  return {
    title: say('newProcessor'),
    lead: say('newProcessorLead', { name }),
    fields: (typed) => {
      const field = typedField(typed)
      return html`${field('name', say('name'), { required: true })}
${select(
  { name: 'kind', label: say('kind'), help: say('kindHelp'), value: typed.text('kind') },
  kinds.map(({ kind, names }) => [
    kind,
    `${called(view, 'recipient', kind)}${names.length > 0 ? ` (${names.join(', ')})` : ''}`,
  ]),
)}
${field('agreement', say('agreement'), { required: true, help: say('agreementHelp') })}
${field('country', say('country'), { required: true, help: say('countryHelp') })}
${field('safeguard', say('safeguard'), { help: say('safeguardHelp') })}
${field('since', say('since'), { type: 'date', required: true })}
${field('until', say('until'), { type: 'date' })}`
    },
    consequences: (sent) =>
      html`<p>${say('follow_processor', { name })}</p>${facts([
        [say('name'), sent.text('name')],
        [say('kind'), called(view, 'recipient', sent.text('kind') ?? '')],
        [say('agreement'), sent.text('agreement')],
        [say('country'), sent.text('country')?.toUpperCase()],
        [say('safeguard'), sent.text('safeguard')],
        [say('since'), sent.text('since') && dayOf(view, sent.text('since'))],
      ])}<p class="quiet">${say('law_processor')}</p>`,
    act: (sent) =>
      answered(
        view.clients.privacy.PUT('/processors/{id}', {
          params: { path: { id: sent.id } },
          body: {
            ...{ controller, name: sent.text('name') ?? '', kind: sent.text('kind') ?? '' },
            ...{ agreement: sent.text('agreement') ?? '', country: sent.text('country')?.toUpperCase() ?? '' },
            ...{ safeguard: sent.text('safeguard'), since: sent.text('since') ?? '', until: sent.text('until') },
          },
        }),
      ),
    after: () => `${backTo(controller)}#processors`,
    back: backTo(controller),
  }
}

/** Writing down that data were given to a court or an authority. */
export function newDisclosure(view: View, { controller, name }: Controller): Deed {
  const say = registerWords(view.language)
  const told = (sent: SentForm) => sent.text('toldBefore') !== undefined
  return {
    title: say('newDisclosure'),
    lead: say('newDisclosureLead', { name }),
    fields: (typed) => {
      const field = typedField(typed)
      return html`${field('disclosedAt', say('disclosedAt'), { type: 'datetime-local', required: true })}
${field('to', say('to'), { required: true, help: say('toHelp') })}
${textarea({ name: 'what', label: say('whatGiven'), help: say('whatHelp'), value: typed.text('what'), required: true })}
${field('ground', say('ground'), { required: true, help: say('groundHelp') })}
${checkbox({ name: 'toldBefore', label: say('toldBeforeLong'), checked: told(typed) })}
${textarea({ name: 'whyNot', label: say('whyNot'), help: say('whyNotHelp'), value: typed.text('whyNot') })}`
    },
    consequences: (sent) =>
      html`<p>${say('follow_disclosure')}</p>${facts([
        [say('disclosedAt'), timeOf(view, momentOf(sent.text('disclosedAt')))],
        [say('to'), sent.text('to')],
        [say('whatGiven'), sent.text('what')],
        [say('ground'), sent.text('ground')],
        [say('toldBefore'), told(sent) ? view.say('yes') : view.say('no')],
        [say('whyNot'), told(sent) ? undefined : sent.text('whyNot')],
      ])}<p class="quiet">${say('law_disclosure')}</p>`,
    act: (sent) =>
      answered(
        view.clients.privacy.PUT('/disclosures/{id}', {
          params: { path: { id: sent.id } },
          body: {
            ...{ controller, disclosedAt: momentOf(sent.text('disclosedAt')) ?? '', to: sent.text('to') ?? '' },
            ...{ what: sent.text('what') ?? '', ground: sent.text('ground') ?? '', toldBefore: told(sent) },
            ...(!told(sent) && { whyNot: sent.text('whyNot') }),
          },
        }),
      ),
    after: () => `${backTo(controller)}#disclosures`,
    back: backTo(controller),
  }
}
