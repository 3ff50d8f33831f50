import { html, raw } from 'hono/html'
import { citesOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Told } from './rights.ts'
import { shopWords } from './words.ts'

type Notice = NonNullable<Told['guaranteeNotice']>
type Part = Notice['parts'][number]

/** A QR code (ISO/IEC 18004) as a drawing: dark on light, whatever colours the page has. It is made once for each address. */
const codes = new Map<string, Promise<string>>()
const drawn = (link: string) =>
  codes.getOrInsertComputed(link, async () => {
    const { default: bwip } = await import('bwip-js')
    return bwip.toSVG({ bcid: 'qrcode', text: link })
  })

/**
 * The notice on the legal guarantee, in the words that the orders service gives and in their language, with its QR code. That they are
 * English is said to who reads another language.
 */
export const noticeOf = (view: View, { language, title, parts, reasons }: Notice): Html => {
  const say = shopWords(view.language)
  return html`<aside class="notice" aria-labelledby="guarantee-notice">
${view.language !== language && html`<p class="quiet">${say('noticeLanguage')}</p>`}
<div lang="${language}"><h3 class="ds-heading" data-size="2xs" id="guarantee-notice">${title}</h3>
${parts.map((part) => partOf(view, part))}</div>${citesOf(view, reasons)}</aside>`
}

const partOf = (view: View, { text, points = [], steps = [], link }: Part): Html => html`<p>${text}</p>
${points.length > 0 && html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`}
${steps.length > 0 && html`<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>`}
${link && codeOf(view, link)}`

/** The code, and where it leads as a link for who cannot scan what stands on the screen that they read. */
async function codeOf(view: View, link: string): Promise<Awaited<Html>> {
  const name = link.replace(/^https:\/\//, '')
  const label = shopWords(view.language)('noticeCode', { name })
  return html`<figure class="qr"><span role="img" aria-label="${label}">${raw(await drawn(link))}</span>
<figcaption><a class="ds-link" href="${link}">${name}</a></figcaption></figure>`
}

type Label = NonNullable<Told['lines'][number]['durabilityLabel']>

/**
 * The label of a producer's guarantee of durability in words, with its QR code and the reminder of the legal guarantee. The Commission's own
 * drawing is not at hand.
 */
export function labelOf(view: View, { title, years, brand, model, link, reasons }: Label): Html {
  const say = shopWords(view.language)
  return html`<div class="notice"><p><strong class="garan">${title}</strong> <strong>${say('garanYears', { years })}</strong></p>
<p>${say('garanGoods', { brand, model })}</p>
<p>${say('garanText', { years })}</p>
${codeOf(view, link)}
${citesOf(view, reasons)}</div>`
}

/** The same small, as it may stand where there is little room: it opens to the whole label (Regulation (EU) 2025/1960, Annex II). */
export const smallLabelOf = (view: View, label: Label): Html =>
  html`<details><summary><strong>${label.title}</strong> ${shopWords(view.language)('garanYears', { years: label.years })}</summary>
${labelOf(view, label)}</details>`
