import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, type SentForm, textarea } from '../pages/forms.ts'
import { citesOf, facts } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Export } from './export-part.ts'
import type { Person } from './request-page.ts'
import { dueOf, type Request } from './request-parts.ts'
import { called, privacyWords } from './words.ts'

/** What staff does with a request, by the name that stands in the address. */
const STEPS = [
  'done',
  'refused',
  'doubt',
  'identity',
  'extension',
  'lift',
  'organisation',
  'collect',
  'without',
] as const
export type Step = (typeof STEPS)[number]
/** These are done without a word. */
const WORDLESS = ['lift', 'collect', 'without'] as const
type Wordless = (typeof WORDLESS)[number]
const isWordless = (step: Step): step is Wordless => (WORDLESS as readonly string[]).includes(step)
export const isStep = (name: string): name is Step => (STEPS as readonly string[]).includes(name)

/** What is offered of a request as it stands; whether it may be done is the service's to say. */
export function stepsFor(request: Request, person?: Person, exported?: Export): Step[] {
  const { status, channel, extended, answeredAt, organisationsDecide } = request
  const lift = person?.restrictions.some(({ endedAt }) => endedAt === undefined) ? (['lift'] as const) : []
  const more = [...lift, ...exportSteps(exported)]
  const passOn = organisationsDecide && status !== 'passed-on' ? (['organisation'] as const) : []
  if (answeredAt !== undefined) return [...passOn, ...more]
  const proven = channel === 'signed-in' || channel === 'link'
  return [
    ...(status === 'to-pass-on' ? passOn : []),
    ...(status === 'waiting-for-identity' ? (['identity'] as const) : []),
    'done',
    'refused',
    ...(status === 'open' && !proven ? (['doubt'] as const) : []),
    ...(extended ? [] : (['extension'] as const)),
    ...(status === 'to-pass-on' ? [] : passOn),
    ...more,
  ]
}

/** An archive that is gone is made again; one that waits for somebody is made without. */
function exportSteps(exported: Export | undefined): Step[] {
  if (exported?.status === 'ended') return ['collect']
  const waits = exported?.status === 'collecting' && exported.parts.some(({ status }) => status === 'wanted')
  return waits ? ['without'] : []
}

/** A step of a request, as a deed. */
export function stepOf(view: View, request: Request, step: Step): Deed {
  const say = privacyWords(view.language)
  const page = `/privacy/requests/${request.id}`
  return {
    title: say(`do_${step}`),
    lead: html`<p>${say(`lead_${step}`)}</p>${facts([
      [say('asks'), called(view, 'kind', request.kind)],
      [say('due'), dueOf(view, request)],
    ])}`,
    fields: (typed) => fieldsOf(view, step, typed),
    consequences: (sent) => followsOf(view, request, step, sent),
    act: (sent) => act(view, request.id, step, sent),
    after: () => page,
    back: page,
    danger: step === 'refused' || step === 'lift' || step === 'without',
  }
}

function fieldsOf(view: View, step: Step, typed: SentForm): Html {
  const say = privacyWords(view.language)
  if (isWordless(step)) return html``
  if (step !== 'organisation')
    return textarea({ ...{ name: 'why', label: say(`word_${step}`), value: typed.text('why') }, required: true })
  const field = (name: string, label: string, more: object = {}) =>
    input({ name, label, value: typed.text(name), ...more })
  return html`${field('name', say('organisationName'), { required: true })}
${field('email', say('organisationEmail'), { type: 'email', required: true })}
${field('person', say('organisationPerson'), { help: say('organisationPersonHelp') })}`
}

function followsOf(view: View, { complainTo, reasons }: Request, step: Step, sent: SentForm): Html {
  const say = privacyWords(view.language)
  const why = sent.text('why')
  return html`<p>${say(`follow_${step}`)}</p>
${why && html`<p>${say(step === 'done' || step === 'refused' || step === 'extension' ? 'theyAreTold' : 'isNoted')}</p><blockquote>${why}</blockquote>`}
${step === 'organisation' && html`<p>${sent.text('name')} (${sent.text('email')})</p>`}
${step === 'refused' && html`<p>${say('mayComplainTo', { names: complainTo.join(', ') })}</p>`}
<p class="quiet">${say(`law_${step}`)}</p>${citesOf(view, reasons)}`
}

function act({ clients: { privacy } }: View, id: string, step: Step, sent: SentForm): Promise<unknown> {
  const params = { path: { id } }
  const why = sent.text('why') ?? ''
  if (step === 'done' || step === 'refused')
    return answered(privacy.PUT('/requests/{id}/answer', { params, body: { outcome: step, answer: why } }))
  if (step === 'lift') return answered(privacy.DELETE('/requests/{id}/restriction', { params }))
  if (step === 'organisation') {
    const body = { name: sent.text('name') ?? '', email: sent.text('email') ?? '', person: sent.text('person') }
    return answered(privacy.PUT('/requests/{id}/organisation', { params, body }))
  }
  if (step === 'collect' || step === 'without')
    return answered(privacy.PUT('/exports/{id}', { params, body: { withoutMissing: step === 'without' } }))
  const asked = { params, body: { why } }
  if (step === 'doubt') return answered(privacy.PUT('/requests/{id}/doubt', asked))
  if (step === 'identity') return answered(privacy.PUT('/requests/{id}/identity', asked))
  return answered(privacy.PUT('/requests/{id}/extension', asked))
}
