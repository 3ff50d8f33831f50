import type { Reply } from '@vilkar/simulator/reply.ts'
import type { Payment } from './payment.ts'
import type { Payments } from './payments.ts'

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
button{font:inherit;padding:.6rem 1.2rem;margin:1rem .5rem 0 0;cursor:pointer}
button:focus-visible{outline:3px solid #0b5fff;outline-offset:2px}`
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (value: string) => value.replace(/[&<>"']/g, (character) => ENTITIES[character]!)

/** Shows a payment's page, or does what the customer chose on it and sends them back to the shop. */
export function payPage(payments: Payments, method: string, token: string, form: string): Reply {
  const payment = payments.ofToken(token)
  if (payment === undefined) return { status: 404, body: page('<p>There is no such payment.</p>') }
  const choice = new URLSearchParams(form).get('choice')
  if (method === 'POST' && payment.state === 'CREATED' && choice !== null) {
    if (choice === 'approve') payments.approve(payment.reference)
    if (choice === 'decline') payments.abort(payment.reference)
    // Whoever closes the page has not decided anything; the payment waits until it expires.
    return { status: 303, headers: { location: payment.returnUrl } }
  }
  return { status: 200, body: page(contentOf(payment)) }
}

function contentOf({ amount, description, state }: Payment) {
  const money = new Intl.NumberFormat('nb-NO', { style: 'currency', currency: amount.currency })
  const buttons = Object.entries({ approve: 'Approve', decline: 'Decline', close: 'Close' }).map(
    ([choice, label]) => `<button name="choice" value="${choice}">${label}</button>`,
  )
  return `<p>${escaped(description)}: <strong>${escaped(money.format(amount.value / 100))}</strong></p>
${state === 'CREATED' ? `<form method="post">${buttons.join('')}</form>` : `<p role="status">This payment is over: ${state}.</p>`}`
}

const page = (content: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pay with Vipps (simulated)</title><style>${STYLE}</style></head>
<body><main>
<h1>Pay with Vipps (simulated)</h1>
<p>This is a simulator. No money moves.</p>
${content}
</main></body>
</html>
`
