import { html } from 'hono/html'
import { facts, nameOf, notice, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import type { Order, readTerms } from './order-reading.ts'
import { customerWords } from './words.ts'

type Edition = Exclude<Awaited<ReturnType<typeof readTerms>>, string>

/** The terms that an order was placed under, in the language in which they were accepted, and where the law gives more than they say. */
export function termsPage(view: View, { order, link }: { order: Order; link: string }, edition: Edition): Html {
  const say = customerWords(view.language)
  const { title, clauses, introduction, findings, locale, sha256 } = edition
  return html`${sha256 === order.terms.sha256 ? notice('success', html`<p>${say('sameTerms')}</p>`) : notice('danger', html`<p>${say('otherTerms')}</p>`)}
${facts([
  [say('edition'), edition.id],
  [say('acceptedAt'), timeOf(view, order.placedAt)],
  ['SHA-256', html`<code>${order.terms.sha256}</code>`],
])}
<p class="quiet">${say('printTerms')}</p>
<article class="ds-card terms" lang="${locale}"><h2 class="ds-heading" data-size="sm">${title}</h2><p>${introduction}</p>
${clauses.map(({ number, title, sentences }) => html`<section id="c${number}"><h3 class="ds-heading" data-size="xs">${number}. ${title}</h3>${sentences.map(({ number, text }) => html`<p id="c${number}"><span class="quiet">${number}</span> ${text}</p>`)}</section>`)}
${
  findings.length > 0 &&
  html`<section id="findings"><h3 class="ds-heading" data-size="xs" lang="${view.language}">${say('findings')}</h3>
<ul class="list">${findings.map(({ clauses, summary, instead, cites }) => html`<li><p>${clauses.length > 0 && html`<strong>${clauses.join(', ')}</strong> `}${summary}</p><p><strong lang="${view.language}">${say('instead')}</strong> ${instead}</p><p class="quiet">${cites.map((cite) => nameOf(view, cite)).join(', ')}</p></li>`)}</ul></section>`
}</article>
<p class="ways"><a class="ds-link" href="${pathBy(link)}">${say('toOrder')}</a></p>`
}
