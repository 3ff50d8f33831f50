import { setTimeout as sleep } from 'node:timers/promises'

/** The people of the story, as clients of the HTTP APIs: everything that they do, a reader can do with curl. */
export type Urls = {
  control: string
  console: string
  orders: string
  shipping: string
  returns: string
  privacy: string
  klarna: string
  carriers: string
}
/** `text` is the body as it came, byte for byte. */
// biome-ignore lint/suspicious/noExplicitAny: a reader of JSON by hand, as a shopper's curl is.
export type Answer = { status: number; body: any; text: string; headers: Headers }

/**
 * Calls a service with a role's token, asked for once, and JSON. Throws with the problem's detail unless `expect` is the
 * status. Asks again, as the answer says, where the token could not be checked just now.
 */
export function createCaller(askToken: (role: string) => Promise<string>) {
  const tokens = new Map<string, Promise<string>>()
  function tokenOf(role: string) {
    const token = tokens.get(role) ?? askToken(role)
    tokens.set(role, token)
    return token
  }
  return async function call(
    role: string,
    method: string,
    url: string,
    {
      body,
      expect = [200, 201, 202, 204],
      headers = {},
    }: { body?: object; expect?: number[]; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const ask = async () => {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(role)}`,
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const said = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, body: said, text, headers: response.headers }
    }
    let answer = await ask()
    // Keys of the issuer that do not come at once, on a busy machine: nothing was done, and the answer says to ask again.
    for (let tries = 1; isTokenUnchecked(answer) && !expect.includes(503) && tries < MAX_TRIES; tries += 1) {
      await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1_000)
      answer = await ask()
    }
    if (!expect.includes(answer.status))
      throw new Error(`${method} ${url} answered ${answer.status}: ${answer.body?.detail ?? answer.text}`)
    return answer
  }
}
const isTokenUnchecked = ({ body }: Answer) => body?.type === '/problems/issuer-unreachable'

export type Call = ReturnType<typeof createCaller>

const MAX_TRIES = 20

/**
 * Follows the payment link as a customer would, and presses a button of the hosted payment page. While the page is not
 * ready the link is followed again, after as long as it says.
 */
export async function payAt(paymentUrl: string, choice: 'approve' | 'decline' | 'close' = 'approve') {
  let hop = await fetch(paymentUrl, { redirect: 'manual' })
  for (let tries = 1; hop.status === 503 && tries < MAX_TRIES; tries += 1) {
    await sleep(Number(hop.headers.get('retry-after') ?? 1) * 1_000)
    hop = await fetch(paymentUrl, { redirect: 'manual' })
  }
  const page = hop.headers.get('location')
  if (hop.status !== 303 || page === null)
    throw new Error(`The payment link answered ${hop.status}: ${await hop.text()}`)
  await press(page, choice)
  return page
}

/** Presses a button of a simulator's payment page. */
export async function press(page: string, choice: 'approve' | 'decline' | 'close') {
  const pressed = await fetch(page, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `choice=${choice}`,
  })
  if (pressed.status >= 400) throw new Error(`The payment page answered ${pressed.status}.`)
}
