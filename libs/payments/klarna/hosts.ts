/** Where Klarna takes real money, per region. */
export const KLARNA_LIVE_URLS = ['https://api.klarna.com', 'https://api-na.klarna.com', 'https://api-oc.klarna.com']

/** Klarna's own test environment, per region. */
export const KLARNA_PLAYGROUND_URLS = [
  'https://api.playground.klarna.com',
  'https://api-na.playground.klarna.com',
  'https://api-oc.playground.klarna.com',
]

/** Klarna Checkout is Kustom's now, under the same dialect: docs.kustom.co, "Confirm purchase". */
const KUSTOM_LIVE_URLS = ['https://api.kustom.co']
const KUSTOM_PLAYGROUND_URLS = ['https://api.playground.kustom.co']

const hostsOf = (urls: string[]) => new Set(urls.map((url) => new URL(url).hostname))
const LIVE_HOSTS = hostsOf([...KLARNA_LIVE_URLS, ...KUSTOM_LIVE_URLS])
const PLAYGROUND_HOSTS = hostsOf([...KLARNA_PLAYGROUND_URLS, ...KUSTOM_PLAYGROUND_URLS])

/** How many requests a second one merchant may send: those that open a session, and all others. */
export type Limits = { sessions: number; others: number }

const bare = (host: string) => host.toLowerCase().replace(/\.?(:\d+)?$/, '')

/** Whether a host name, with or without port, is one where Klarna or Kustom takes real money. */
export const isLiveKlarnaHost = (host: string) => LIVE_HOSTS.has(bare(host))

/** Whether a key of Klarna's or Kustom's is one for real money. */
export const isLiveKlarnaKey = (key: string) => /^(klarna|kco)_live_/.test(key)

/** What Klarna lets through, per second and merchant: docs.klarna.com/api/rate-limit. Null for a host of nobody's. */
export function limitsAt(host: string): Limits | null {
  if (LIVE_HOSTS.has(bare(host))) return { sessions: 40, others: 200 }
  return PLAYGROUND_HOSTS.has(bare(host)) ? { sessions: 5, others: 50 } : null
}
