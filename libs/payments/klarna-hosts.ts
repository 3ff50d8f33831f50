/** Where Klarna takes real money, per region. */
export const KLARNA_LIVE_URLS = ['https://api.klarna.com', 'https://api-na.klarna.com', 'https://api-oc.klarna.com']

/** Klarna's own test environment, per region. */
export const KLARNA_PLAYGROUND_URLS = [
  'https://api.playground.klarna.com',
  'https://api-na.playground.klarna.com',
  'https://api-oc.playground.klarna.com',
]

const LIVE_HOSTS = new Set(KLARNA_LIVE_URLS.map((url) => new URL(url).hostname))

/** Whether a host name, with or without port, is one of Klarna's live ones. */
export const isLiveKlarnaHost = (host: string) => LIVE_HOSTS.has(host.toLowerCase().replace(/\.?(:\d+)?$/, ''))

/** Whether a key of Klarna's is one for real money. */
export const isLiveKlarnaKey = (key: string) => key.startsWith('klarna_live_')
