import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { Agent } from 'undici'
import { notSent } from './no-answer.ts'

const CONNECT_TIMEOUT_MS = 5_000
const SEND_TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 4_096

/** Addresses that are of no public host (RFC 6890): nobody may have a service knock at its own network. */
const NETWORKS = {
  ipv4: [
    ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'] as const),
    ...(['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'] as const),
  ],
  ipv6: ['::/127', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
} as const

function blockListOf(networks: typeof NETWORKS) {
  const list = new BlockList()
  for (const [family, some] of Object.entries(networks) as ['ipv4' | 'ipv6', readonly string[]][])
    for (const network of some) {
      const [address, prefix] = network.split('/')
      list.addSubnet(address!, Number(prefix), family)
    }
  return list
}
const inner = blockListOf(NETWORKS)

const isInner = (address: string) => inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Why nothing may be sent to a URL; undefined when it may. `insecure` lets in HTTP and inner addresses, for tests and local stacks. */
export function faultOfUrl(text: string, insecure: boolean): string | undefined {
  const url = URL.parse(text)
  if (url === null) return 'is no URL'
  if (url.username || url.password || url.hash) return 'must have no user, password or fragment in it'
  if (insecure) return url.protocol === 'https:' || url.protocol === 'http:' ? undefined : 'must begin with https'
  if (url.protocol !== 'https:') return 'must begin with https'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 ? isInner(host) : /(^|\.)localhost$/.test(host)) return 'must be of a public host'
}

/** Resolves a name as usual and refuses what leads inside, so that a name cannot be changed after it was looked at. */
const publicLookup: typeof lookup = ((
  host: string,
  options: object,
  done: (error: Error | null, ...found: unknown[]) => void,
) =>
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error)
    if (addresses.some(({ address }) => isInner(address))) return done(notSent(`${host} is of no public host.`))
    const { address, family } = addresses[0]!
    return 'all' in options && options.all ? done(null, addresses) : done(null, address, family)
  })) as typeof lookup

export type Signed = { url: string; id: string; body: string; secrets: string[]; at: Temporal.Instant }

/** Sends signed bodies, one request each; redirects are not followed. Throws when there is no answer. */
export function createSender({ insecure }: { insecure: boolean }) {
  let opened: Agent | undefined
  /** What it sends with, loaded by the first that is sent: most shops have no program that listens. */
  async function open() {
    const [{ Webhook }, { Agent, request }] = await Promise.all([import('standardwebhooks'), import('undici')])
    opened ??= new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS, ...(!insecure && { lookup: publicLookup }) },
      headersTimeout: SEND_TIMEOUT_MS,
      bodyTimeout: SEND_TIMEOUT_MS,
    })
    return { Webhook, request, dispatcher: opened }
  }
  return {
    async send({ url, id, body, secrets, at }: Signed): Promise<number> {
      const fault = faultOfUrl(url, insecure)
      if (fault) throw notSent(`The URL ${fault}.`)
      const { Webhook, request, dispatcher } = await open()
      const sentAt = new Date(at.epochMilliseconds)
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'vilkar-webhooks',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1_000)),
        'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(' '),
      }
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher,
        signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      })
      await answer.body.dump({ limit: MAX_ANSWER_BYTES })
      return answer.statusCode
    },
    close: async () => opened?.close(),
  }
}
export type Sender = ReturnType<typeof createSender>
