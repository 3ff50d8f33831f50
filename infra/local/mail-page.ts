import type { ReceivedMail } from '@vilkar/testing/mailbox.ts'
import { html } from './html.ts'
import { moment } from './words.ts'

/** A mail as it was sent; its body stands in a frame that nothing can run or load in. */
export const mailPage = ({ from, to, subject, date, messageId, text, attachments, raw }: ReceivedMail) => html`
<section><h1>${subject}</h1>
<dl><dt>From</dt><dd>${from}</dd><dt>To</dt><dd>${to.join(', ')}</dd><dt>Sent</dt><dd>${date && moment(date)}</dd></dl></section>
<section><h2>As it is shown</h2><iframe title="The mail" sandbox src="/mails/${encodeURIComponent(messageId)}/body"></iframe>
<details><summary>As plain text</summary><pre>${text}</pre></details></section>
${attachments.map(
  ({ filename, text }) =>
    html`<section><h2>${filename}</h2><details><summary>Read</summary><pre>${text}</pre></details></section>`,
)}
<section><h2>As it was sent</h2><details><summary>Headers and body</summary><pre>${raw}</pre></details></section>`

export const mailTable = (mails: readonly ReceivedMail[]) => html`<div class="scroll"><table>
<tr><th>Mail</th><th>To</th><th>Sent</th></tr>
${mails.map(
  ({ messageId, subject, to, date, attachments }) => html`<tr>
<td><a href="/mails/${encodeURIComponent(messageId)}">${subject}</a>${attachments.length > 0 && html` <span class="quiet">${attachments.length} attached</span>`}</td>
<td>${to.join(', ')}</td><td class="nowrap">${date && moment(date)}</td></tr>`,
)}
</table></div>`
