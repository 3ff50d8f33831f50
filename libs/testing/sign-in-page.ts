import type { OAuth2Server } from 'oauth2-mock-server'

/** Somebody whom one can be: the subject and the scopes of their tokens. */
type People = Record<string, { subject: string; scopes: readonly string[] }>

const CHOICE = 'as'

/**
 * Lets people sign in with a browser (authorization code, PKCE): the issuer's metadata lead to a page on which one chooses who one is,
 * without a password. Tokens that come of it are those of that person, until they are renewed too. For tests and local use.
 */
export function letPeopleSignIn(
  { issuer, service }: OAuth2Server,
  { people, audience }: { people: People; audience: string },
) {
  /** Who was chosen, by the code that a browser brings and by the tokens that renew. */
  const chosen = new Map<string, string>()
  const chosenIn = (body: object) => {
    const { code, refresh_token: renewing } = body as { code?: string; refresh_token?: string }
    return chosen.get(code ?? renewing ?? '')
  }

  service.on('beforeWellKnownOpenIdConfiguration', ({ body }: { body: Record<string, unknown> }) => {
    body.authorization_endpoint = `${issuer.url}/choose`
    body.scopes_supported = ['openid', 'profile', 'offline_access']
  })
  service.addRoute('GET', '/choose', (request, response) => {
    const page = choicePage(people, new URL(request.url!, issuer.url).searchParams)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")
    response.end(page)
  })
  service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }, request: { url?: string }) => {
    const who = new URL(request.url!, issuer.url).searchParams.get(CHOICE)
    const code = url.searchParams.get('code')
    if (who !== null && code !== null && Object.hasOwn(people, who)) chosen.set(code, who)
  })
  service.on('beforeTokenSigning', ({ payload }: { payload: Record<string, unknown> }, { body }: { body: object }) => {
    const who = chosenIn(body)
    if (who === undefined) return
    const { subject, scopes } = people[who]!
    const { code, client_id: client } = body as { code?: string; client_id?: string }
    Object.assign(payload, { sub: subject, name: who, preferred_username: who })
    // The other token, which says who somebody is, is for the client.
    if (payload.aud === undefined || payload.aud !== client)
      Object.assign(payload, { aud: audience, scope: scopes.join(' ') })
    if (code !== undefined) payload.client_id = client
  })
  service.on('beforeResponse', ({ body }: { body: Record<string, unknown> }, request: { body: object }) => {
    const who = chosenIn(request.body)
    if (who === undefined) return
    body.scope = people[who]!.scopes.join(' ')
    chosen.set(String(body.refresh_token), who)
  })
}

function choicePage(people: People, asked: URLSearchParams) {
  const fields = [...asked].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const buttons = Object.entries(people).map(
    ([name, { scopes }]) =>
      `<li><button name="${CHOICE}" value="${escaped(name)}">${escaped(name)}</button> <span>${escaped(scopes.join(', '))}</span></li>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Who are you?</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}ul{list-style:none;padding:0}li{margin:.75rem 0}button{font:inherit;padding:.375rem 1rem;min-width:8rem}span{opacity:.75;font-size:.875rem}</style></head>
<body><main><h1>Who are you?</h1><p>This page stands in for a sign-in service, on this machine only: choose, and no password is asked for.</p>
<form action="/authorize">${fields.join('')}<ul>${buttons.join('')}</ul></form></main></body></html>`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
