/** A browser without a screen: it keeps cookies and follows no redirect by itself. */
export function createVisitor(url: string, issuer: string) {
  const jar = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', 'accept-language': 'nb', ...(cookie && { cookie }), ...init.headers }
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      jar.set(name!, value!)
    }
    return { status: response.status, location: response.headers.get('location'), text: await response.text() }
  }

  /** Sends the form of a page that goes to `action`, with what is filled in; answers where that leads. */
  async function send(path: string, action: string, fields: Record<string, string>) {
    const { text } = await ask(path)
    const form = [...text.matchAll(/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(
      ([, to]) => to!.replaceAll('&amp;', '&').split('?')[0] === action,
    )
    if (form === undefined) throw new Error(`${path} has no form for ${action}.`)
    const hidden = [...form[2]!.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)]
    const sent = { ...Object.fromEntries(hidden.map(([, name, value]) => [name!, value!])), ...fields }
    const { status, location } = await ask(form[1]!.replaceAll('&amp;', '&'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(sent).toString(),
    })
    if (status !== 303) throw new Error(`${action} was answered with ${status} and not taken.`)
    return location!
  }

  /** Signs in as one of the issuer's people. */
  async function signIn(who: string) {
    const begun = await ask('/sign-in?back=%2Fdesk')
    const authorize = new URL(begun.location!)
    authorize.pathname = '/authorize'
    authorize.searchParams.set('as', who)
    const chosen = await fetch(new URL(authorize, issuer), { redirect: 'manual' })
    const callback = new URL(chosen.headers.get('location')!)
    const { status } = await ask(callback.pathname + callback.search)
    if (status !== 303) throw new Error(`${who} could not sign in: ${status}.`)
  }
  return { ask, send, signIn }
}
export type Visitor = ReturnType<typeof createVisitor>
