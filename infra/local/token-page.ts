import { html } from './html.ts'

export const tokenPage = (role: string, token: string) => html`
<section><h1>A token for ${role}</h1>
<p>Send it as <code>authorization: Bearer …</code>, or paste it under <em>Authorize</em> in a service’s documents. It is good for 30 days, on this machine only.</p>
<pre class="all">${token}</pre></section>`
