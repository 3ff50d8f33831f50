import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, day, money } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { pathOfDamage } from './damage.ts'
import { leadOfDamage } from './damage-deeds.ts'
import type { DamageSeen } from './damage-reading.ts'
import { damageWords } from './words.ts'

const ANSWERS = ['accepted', 'refused', 'paid'] as const
const CURRENCIES = ['NOK', 'EUR'] as const

/** Somebody writes down what the carrier said to a claim, or that it has paid, after a look at whether anything more is waited for. */
export function answering(view: View, seen: DamageSeen): Deed {
  const say = damageWords(view.language)
  const { order, report } = seen
  const { shipping } = view.clients
  const page = pathOfDamage(report)
  const asked = (sent: SentForm) => ({
    params: { path: { id: report.id } },
    body: {
      // What is none of them is the service's to refuse.
      answer: sent.text('answer') as (typeof ANSWERS)[number],
      amount: sent.number('amount'),
      ...(sent.text('amount') !== undefined && { currency: oneOf(CURRENCIES, sent.text('currency')) }),
      reference: sent.text('reference'),
    },
  })
  return {
    title: say('doAnswer'),
    lead: html`<p>${say('answerLead')}</p>${leadOfDamage(view, seen)}`,
    fields: (typed) => html`${select(
      { name: 'answer', label: say('answerOf'), value: typed.text('answer'), required: true },
      [['', say('answerUnsaid')], ...ANSWERS.map((each) => [each, say(`answer_${each}`)] as const)],
    )}
${input({ name: 'amount', label: say('answerAmount'), help: say('answerAmountHelp'), value: typed.text('amount'), type: 'number', min: 1 })}
${select(
  { name: 'currency', label: say('answerCurrency'), value: typed.text('currency') ?? order.currency },
  CURRENCIES.map((each) => [each, each]),
)}
${input({ name: 'reference', label: say('reference'), value: typed.text('reference') })}`,
    async consequences(sent) {
      const foreseen = await answered(shipping.POST('/damage-reports/{id}/claim/answer/preview', asked(sent)))
      const { changes, answer, amount, currency, answerDueOn, reasons } = foreseen
      if (!changes) return html`<p>${say('answerOver')}</p>`
      const sum = amount !== undefined && currency !== undefined ? money(view, amount, currency) : ''
      const until = answerDueOn === undefined ? '' : day(view, answerDueOn)
      return html`<p>${say(`answerFollows_${answer}`, { amount: sum, day: until })}</p>${citesOf(view, reasons)}`
    },
    act: (sent) => answered(shipping.PUT('/damage-reports/{id}/claim/answer', asked(sent))),
    after: () => page,
    back: page,
  }
}

/** Somebody says what became of goods that came although they had been settled as lost. */
export function arriving(view: View, seen: DamageSeen): Deed {
  const say = damageWords(view.language)
  const page = pathOfDamage(seen.report)
  return {
    title: say('doArrival'),
    lead: html`<p>${say('arrivalLead')}</p>${leadOfDamage(view, seen)}`,
    fields: (typed) => textarea({ name: 'done', label: say('arrivalDone'), value: typed.text('done'), required: true }),
    consequences: (sent) => html`<blockquote>${sent.text('done') ?? ''}</blockquote><p>${say('arrivalFollows')}</p>`,
    act: (sent) =>
      answered(
        view.clients.shipping.PUT('/damage-reports/{id}/arrival', {
          params: { path: { id: seen.report.id } },
          body: { done: sent.text('done') ?? '' },
        }),
      ),
    after: () => page,
    back: page,
  }
}
