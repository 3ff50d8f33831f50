import { answered, isProblemError } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { form, idIn, input, readForm, type SentForm, textarea } from '../../pages/forms.ts'
import { leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { keepDraft } from '../drafts.ts'
import { customerWords } from '../words.ts'

const FIELDS = ['name', 'orderNumber', 'email', 'part'] as const
type Field = (typeof FIELDS)[number]
type Typed = Partial<Record<Field, string>>
const config = { access: 'public' as const }

/** What the function, its buttons and its fields are called, as the returns service has them. */
export async function labelsOf({ clients, language }: View) {
  const { languages } = await answered(clients.returns.GET('/withdrawal-function'))
  return languages[language]!
}

/**
 * The first step of the withdrawal function: who withdraws, from which order, and where the receipt goes. Nothing is looked up and
 * nothing is said; what was filled in is signed by the returns service and shown once more by the second step.
 */
export function withdraw(server: FastifyInstance) {
  server.get('/customer/withdraw', { config }, (request, reply) => showForm(request, reply, {}, []))
  server.post('/customer/withdraw', { config }, async (request, reply) => {
    const sent = readForm(request.body)
    const id = idIn(sent)
    const typed = typedIn(sent)
    const { clients, language } = request.view
    const { name = '', orderNumber = '', email = '', part } = typed
    const body = { name, orderNumber, email, ...(part && { part }), language }
    try {
      const { draft } = await answered(
        clients.returns.POST('/withdrawal-function/drafts', { body, headers: visitorOf(request) }),
      )
      keepDraft(request, id, { draft, filledIn: body })
    } catch (error) {
      if (!isProblemError(error) || error.problem.status !== 400) throw error
      const wrong = (error.problem.errors ?? []) as { field: string }[]
      return showForm(
        request,
        reply.status(400),
        typed,
        wrong.map(({ field }) => field),
      )
    }
    return leadTo(reply, `/customer/withdraw/${id}`)
  })
}

const typedIn = (sent: SentForm): Typed => Object.fromEntries(FIELDS.map((name) => [name, sent.text(name)]))

async function showForm(request: FastifyRequest, reply: FastifyReply, typed: Typed, wrong: string[]) {
  const { view } = request
  const say = customerWords(view.language)
  const { withdraw: title, fields } = await labelsOf(view)
  const field = (name: Field, label: string) => ({ name, label, value: typed[name] })
  const main = html`${wrong.length > 0 && complaint(view, wrong)}
<p class="lead">${say('intro')} ${say('afterwards')}</p>
${form(
  view,
  { action: '/customer/withdraw', submit: say('next') },
  html`${input({ ...field('name', fields.name), required: true, autocomplete: 'name' })}
${input({ ...field('orderNumber', fields.orderNumber), help: say('orderHelp'), required: true })}
${input({ ...field('email', fields.email), help: say('emailHelp'), required: true, type: 'email', autocomplete: 'email' })}
${textarea({ ...field('part', say('part')), help: say('partHelp') })}`,
)}`
  return showCustomer(request, reply, { title, main })
}

/** What the service could not read, in words of ours: its own sentences name fields of its API. */
function complaint(view: View, wrong: string[]) {
  const say = customerWords(view.language)
  const known = FIELDS.filter((name) => wrong.includes(`body.${name}`))
  const sentences = known.length > 0 ? known.map((name) => say(`wrong_${name}`)) : [say('wrong_other')]
  return html`<div class="ds-alert" data-color="warning" role="alert"><h2 class="ds-heading" data-size="2xs">${say('wrong')}</h2>
<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`
}
