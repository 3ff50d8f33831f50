import type { HostedSession } from './records.ts'

const TEXTS = {
  en: {
    title: 'Pay with Klarna (simulated)',
    notice: 'This is a simulator. No money moves and no credit is checked.',
    order: 'Order',
    goods: 'Goods',
    quantity: 'Quantity',
    amount: 'Amount',
    total: 'Total',
    approve: 'Approve',
    decline: 'Decline',
    close: 'Close',
    over: 'This payment is over',
    gone: 'There is no such payment, or it has run out.',
  },
  nb: {
    title: 'Betal med Klarna (simulert)',
    notice: 'Dette er en simulator. Ingen penger flyttes, og ingen kreditt vurderes.',
    order: 'Ordre',
    goods: 'Varer',
    quantity: 'Antall',
    amount: 'Beløp',
    total: 'Sum',
    approve: 'Godkjenn',
    decline: 'Avvis',
    close: 'Lukk',
    over: 'Denne betalingen er avsluttet',
    gone: 'Betalingen finnes ikke, eller den er utløpt.',
  },
}
const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.4rem .2rem;border-bottom:1px solid #ccc}
.number{text-align:right}button{font:inherit;padding:.6rem 1.2rem;margin:1rem .5rem 0 0;cursor:pointer}
button:focus-visible{outline:3px solid #0b5fff;outline-offset:2px}`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (value: unknown) => String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]!)

const languageOf = (session?: HostedSession) => (String(session?.payment.locale).startsWith('nb') ? 'nb' : 'en')

/** The page on which a customer approves, declines or leaves; plain HTML, readable without script or style. */
export function hostedPage(session: HostedSession | undefined): string {
  const text = TEXTS[languageOf(session)]
  if (session === undefined) return page('en', text.title, `<h1>${text.title}</h1>\n<p>${text.gone}</p>`)

  const { payment, status } = session
  const money = moneyFormat(payment)
  const lines = (payment.order_lines as Record<string, unknown>[]).map(
    (line) =>
      `<tr><td>${escaped(line.name)}</td><td class="number">${escaped(line.quantity)}</td>` +
      `<td class="number">${escaped(money(line.total_amount))}</td></tr>`,
  )
  const payable = status === 'WAITING' || status === 'IN_PROGRESS'
  const button = (choice: 'approve' | 'decline' | 'close') =>
    `<button name="choice" value="${choice}">${text[choice]}</button>`
  return page(
    languageOf(session),
    text.title,
    `<h1>${text.title}</h1>
<p>${text.notice}</p>
<h2>${text.order} ${escaped(payment.merchant_reference1)}</h2>
<table>
<thead><tr><th scope="col">${text.goods}</th><th scope="col" class="number">${text.quantity}</th>
<th scope="col" class="number">${text.amount}</th></tr></thead>
<tbody>${lines.join('\n')}</tbody>
<tfoot><tr><th scope="row" colspan="2">${text.total}</th>
<td class="number"><strong>${escaped(money(payment.order_amount))}</strong></td></tr></tfoot>
</table>
${payable ? `<form method="post">${button('approve')}${button('decline')}${button('close')}</form>` : `<p role="status">${text.over}: ${status}.</p>`}`,
  )
}

function moneyFormat({ locale, purchase_currency }: HostedSession['payment']) {
  const format = new Intl.NumberFormat(String(locale ?? 'en-NO'), {
    style: 'currency',
    currency: String(purchase_currency),
  })
  const { maximumFractionDigits = 2 } = format.resolvedOptions()
  return (amount: unknown) => format.format(Number(amount) / 10 ** maximumFractionDigits)
}

const page = (language: string, title: string, content: string) => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body><main>
${content}
</main></body>
</html>
`

/** Where the customer goes next: the shop's address for how it ended, with Klarna's placeholders filled in. */
export function returnUrl({ urls, status, session_id, order_id = '' }: HostedSession): string | undefined {
  const { success, cancel, failure = cancel } = urls
  const url = status === 'COMPLETED' ? success : status === 'FAILED' ? failure : cancel
  return url?.replaceAll('{{session_id}}', session_id).replaceAll('{{order_id}}', order_id)
}
