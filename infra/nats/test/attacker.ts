import { connect, type Msg, usernamePasswordAuthenticator } from '@nats-io/transport-node'

/** Who has a service's password, sends whatever they like, and waits so long for each answer. */
export async function attack(url: string, timeoutMs: number) {
  const { host, username, password } = new URL(url)
  const who = {
    authenticator: usernamePasswordAuthenticator(username, password),
    inboxPrefix: `_INBOX_${username}`,
  }
  const nc = await connect({ servers: host, ...who })
  const ask = async (subject: string, body: object | string = '', reply?: string) => {
    const payload = typeof body === 'string' ? body : JSON.stringify(body)
    if (reply !== undefined) {
      nc.publish(subject, payload, { reply })
      return await nc.flush().then(() => undefined)
    }
    return await nc.request(subject, payload, { timeout: timeoutMs, noMux: true }).catch(() => undefined)
  }
  return {
    nc,
    /** Sends to a subject; the answer, if there is one. With `reply` the answer is to go there. */
    ask,
    /**
     * Requests something of JetStream by every name that it has: the account's own and the way into the broker's. What
     * came of it, unless that was an error.
     */
    async request(name: string, body: object | string = '', reply?: string) {
      const answers = await Promise.all(
        ['$JS.API', 'BROKER.API'].map((prefix) => ask(`${prefix}.${name}`, body, reply)),
      )
      return answers.filter((answer) => answer !== undefined).flatMap(read)
    },
    close: () => nc.close(),
  }
}
export type Attacker = Awaited<ReturnType<typeof attack>>

function read(message: Msg) {
  const code = message.headers?.code ?? 0
  if (code >= 400) return []
  const text = message.string()
  const isError = text.startsWith('{') && (JSON.parse(text) as { error?: object }).error !== undefined
  return isError ? [] : [text]
}
