import { type Html, html } from './html.ts'

type Operation = { operationId?: string; summary?: string; tags?: string[] }
export type ApiDocument = { info: { title: string }; paths: Record<string, Record<string, Operation>> }
export type Documented = { name: string; url: string; document?: ApiDocument }

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

/** All operations of all services on one page, each leading to where it can be read and tried; tokens by a button. */
export const apiPage = (services: readonly Documented[], roles: readonly string[]): Html => html`
<section><h1>API reference</h1><p>Every call needs a bearer token but those that are open to all. Take one, and paste it under <em>Authorize</em>.</p>
${roles.map((role) => html`<form action="/tokens/${role}"><button>${role}</button></form>`)}</section>
${services.map(
  ({ name, url, document }) => html`<section id="${name}"><h2>${name} <span class="quiet">${url}</span></h2>
<p><a href="${url}/docs">Read and try</a> · <a href="${url}/docs/json">OpenAPI as JSON</a></p>
${document === undefined ? html`<p class="quiet">It does not answer just now.</p>` : operations(url, document)}</section>`,
)}`

const operations = (url: string, { paths }: ApiDocument) => html`<div class="scroll"><table>
${Object.entries(paths).flatMap(([path, methods]) =>
  METHODS.filter((method) => methods[method]).map((method) => {
    const { operationId, summary, tags = ['default'] } = methods[method]!
    return html`<tr><td class="nowrap"><code>${method.toUpperCase()}</code></td><td><a href="${url}/docs#/${tags[0]!}/${operationId ?? ''}"><code>${path}</code></a></td><td>${summary}</td></tr>`
  }),
)}</table></div>`
