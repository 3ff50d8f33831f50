import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, momentOf, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { facts, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Controller, chosenOf, controllerField } from './frame.ts'
import type { Breach } from './http/breaches.ts'
import { called, privacyWords, registerWords } from './words.ts'

const RISKS = ['risk', 'high', 'none'] as const
const WORDS = ['contact', 'consequences', 'measures'] as const
type Body = { controller: Breach['controller']; foundAt: string }

const open = ({ clients }: View, id: string, body: Body, sent: SentForm) =>
  answered(
    clients.privacy.PUT('/breaches/{id}', {
      params: { path: { id } },
      body: {
        ...body,
        risk: oneOf(RISKS, sent.text('risk')) ?? 'risk',
        nature: sent.text('nature') ?? '',
        categories: categoriesIn(sent),
        ...{ people: sent.number('people'), contact: sent.text('contact') },
        ...{ consequences: sent.text('consequences'), measures: sent.text('measures') },
      },
    }),
  )

const categoriesIn = (sent: SentForm) =>
  (sent.text('categories') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Writing down that personal data were lost, changed or seen by somebody who should not. */
export function newBreach(view: View, controllers: readonly Controller[]): Deed {
  const say = registerWords(view.language)
  return {
    title: say('newBreach'),
    lead: say('newBreachLead'),
    fields: (typed) => html`${controllerField(view, controllers, typed.text('controller'))}
${input({ name: 'foundAt', label: say('foundAt'), help: say('foundAtHelp'), value: typed.text('foundAt'), type: 'datetime-local', required: true })}
${factFields(view, typed)}`,
    consequences: (sent) =>
      html`<p>${say('follow_breach')}</p>${factsOf(view, sent)}<p class="quiet">${say('law_breach')}</p>`,
    act: (sent) => {
      const { controller } = chosenOf(controllers, sent.text('controller'))
      return open(view, sent.id, { controller, foundAt: momentOf(sent.text('foundAt')) ?? '' }, sent)
    },
    after: ({ id }) => `/privacy/breaches/${id}`,
    back: '/privacy/breaches',
  }
}

/** Writing down what is known since; when it was found stays. */
export function betterBreach(view: View, breach: Breach): Deed {
  const say = registerWords(view.language)
  const { controller, foundAt } = breach
  const page = `/privacy/breaches/${breach.id}`
  const known = (typed: SentForm): SentForm => (typed.names.length > 0 ? typed : asTyped(breach, typed))
  return {
    title: say('better'),
    lead: say('betterLead'),
    fields: (typed) => factFields(view, known(typed)),
    consequences: (sent) => html`${factsOf(view, sent)}<p class="quiet">${say('law_better')}</p>`,
    act: (sent) => open(view, breach.id, { controller, foundAt }, sent),
    after: () => page,
    back: page,
  }
}

/** What is known already, as if it had been written into the form. */
function asTyped(breach: Breach, typed: SentForm): SentForm {
  const { risk, nature, categories, people, contact, consequences, measures } = breach
  const values: Record<string, string | undefined> = {
    ...{ risk, nature, categories: categories.join(', '), people: people?.toString(), contact, consequences, measures },
  }
  return { ...typed, text: (name) => values[name] }
}

function factFields(view: View, typed: SentForm): Html {
  const say = registerWords(view.language)
  return html`${textarea({ name: 'nature', label: say('nature'), help: say('natureHelp'), value: typed.text('nature'), required: true })}
${select(
  { name: 'risk', label: say('risk'), help: say('riskHelp'), value: typed.text('risk') },
  RISKS.map((risk) => [risk, called(view, 'risk', risk)]),
)}
${input({ name: 'categories', label: say('categories'), help: say('categoriesHelp'), value: typed.text('categories') })}
${input({ name: 'people', label: say('people'), help: say('peopleHelp'), value: typed.text('people'), type: 'number', min: 0 })}
${WORDS.map((name) => textarea({ name, label: say(name), value: typed.text(name) }))}`
}

const factsOf = (view: View, sent: SentForm): Html => {
  const say = registerWords(view.language)
  return facts([
    [say('foundAt'), sent.text('foundAt') && timeOf(view, momentOf(sent.text('foundAt')))],
    [say('nature'), sent.text('nature')],
    [say('risk'), called(view, 'risk', sent.text('risk') ?? 'risk')],
    [say('categories'), categoriesIn(sent).join(', ')],
    [say('people'), sent.text('people')],
    ...WORDS.map((name) => [say(name), sent.text(name)] as const),
  ])
}

/** What is done about a breach, by the name that stands in the address. */
const STEPS = ['report', 'people', 'close'] as const
type Step = (typeof STEPS)[number]
export const isBreachStep = (name: string): name is Step => (STEPS as readonly string[]).includes(name)

/** What is offered of a breach as it stands. */
export const stepsOf = ({ closedAt, reportedAt, authorityBy, peopleToldAt }: Breach): Step[] =>
  closedAt !== undefined
    ? []
    : [
        ...(reportedAt === undefined && authorityBy !== undefined ? (['report'] as const) : []),
        ...(peopleToldAt === undefined ? (['people'] as const) : []),
        'close',
      ]

export function breachStep(view: View, breach: Breach, step: Step): Deed {
  const say = registerWords(view.language)
  const page = `/privacy/breaches/${breach.id}`
  const at = { type: 'datetime-local', required: true }
  const fields: Record<Step, (typed: SentForm) => Html> = {
    report: (typed) => html`${input({ name: 'at', label: say('reportedAt'), value: typed.text('at'), ...at })}
${input({ name: 'reference', label: say('reference'), help: say('referenceHelp'), value: typed.text('reference'), required: true })}
${textarea({ name: 'words', label: say('delay'), help: say('delayHelp'), value: typed.text('words') })}`,
    people: (typed) => html`${input({ name: 'at', label: say('peopleTold'), value: typed.text('at'), ...at })}
${textarea({ name: 'words', label: say('how'), help: say('howHelp'), value: typed.text('words'), required: true })}`,
    close: (typed) => textarea({ name: 'words', label: say('outcome'), value: typed.text('words'), required: true }),
  }
  return {
    title: say(`do_${step}`),
    lead: say(`lead_${step}`),
    fields: fields[step],
    consequences: (sent) =>
      html`<p>${say(`follow_${step}`)}</p>${facts([
        [privacyWords(view.language)('moment'), sent.text('at') && timeOf(view, momentOf(sent.text('at')))],
        [say('reference'), sent.text('reference')],
        [privacyWords(view.language)('words'), sent.text('words')],
      ])}<p class="quiet">${say(`law_${step}`)}</p>`,
    act: (sent) => act(view, breach.id, step, sent),
    after: () => page,
    back: page,
    danger: step === 'close',
  }
}

function act({ clients: { privacy } }: View, id: string, step: Step, sent: SentForm): Promise<unknown> {
  const params = { path: { id } }
  const [at, words] = [momentOf(sent.text('at')) ?? '', sent.text('words')]
  if (step === 'report') {
    const body = { reportedAt: at, reference: sent.text('reference') ?? '', delay: words }
    return answered(privacy.PUT('/breaches/{id}/report', { params, body }))
  }
  if (step === 'people')
    return answered(privacy.PUT('/breaches/{id}/people-told', { params, body: { toldAt: at, how: words ?? '' } }))
  return answered(privacy.PUT('/breaches/{id}/closing', { params, body: { outcome: words ?? '' } }))
}
