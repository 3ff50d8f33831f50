import type { Source } from '../tidy/sources.ts'

/** A call that may wait: how it is recognised, and what must stand between its brackets so that the wait has an end. */
type Wait = { call: RegExp; needs: RegExp[]; unless?: RegExp }

const waits: Record<string, Wait> = {
  'a pool of connections': {
    call: /\bnew (?:pg\.)?(?:Pool|Client)\(/g,
    needs: [/\bconnectionTimeoutMillis\b/, /\bquery_timeout\b|\bSESSION_LIMITS\b/, /\bkeepAlive\b/],
  },
  'a queue of jobs': { call: /\bnew PgBoss\(/g, needs: [/\bdb:/] },
  'a mail server': {
    call: /\bcreateTransport\(/g,
    needs: [/\bconnectionTimeout\b/, /\bgreetingTimeout\b/, /\bsocketTimeout\b/],
    unless: /\bstreamTransport: true\b/,
  },
  'an HTTP agent': {
    call: /\bnew (?:Agent|Pool|Client)\(/g,
    needs: [/\btimeout\b/, /\bheadersTimeout\b/, /\bbodyTimeout\b/],
  },
  'a fetch': { call: /(?<![.\w])fetch\(/g, needs: [/\bsignal\b|, options\)$/] },
  'a request of undici': { call: /(?<![.\w])request\(/g, needs: [/\bsignal:/] },
  'keys of an issuer': { call: /\bcreateRemoteJWKSet\(/g, needs: [/\btimeoutDuration\b/] },
  'a connection to the broker': {
    call: /(?<![.\w])connect\(/g,
    needs: [/\btimeout\b/, /\bpingInterval\b/, /\bmaxPingOut\b/],
  },
  'a request to the broker': { call: /\.request\(/g, needs: [/\btimeout\b/] },
  'a requester of JetStream': { call: /\bjetstreamManager\(/g, needs: [/\btimeout\b/] },
  'a socket': { call: /\b(?:connect|createConnection|new Socket)\(/g, needs: [/\btimeout\b/] },
  'an HTTP server': { call: /(?<![.\w])fastify\(/g, needs: [/\brequestTimeout\b/] },
}

/** Whose calls are looked at, by what they are imported from: `connect` and `Pool` are words of many. */
const libraries: Record<string, string> = {
  'a pool of connections': 'pg',
  'a socket': 'node:net',
  'an HTTP agent': 'undici',
  'a request of undici': 'undici',
  'a connection to the broker': '@nats-io/transport-node',
}

/** The text from a call's name to the bracket that closes it. */
export function callAt(code: string, start: number) {
  let depth = 0
  for (let i = code.indexOf('(', start); i < code.length; i += 1) {
    if (code[i] === '(') depth += 1
    if (code[i] === ')') depth -= 1
    if (depth === 0) return code.slice(start, i + 1)
  }
  return code.slice(start)
}

/** Functions of a file's own may have the name of one that waits. */
const isOwn = (code: string, call: string) => new RegExp(`\\bfunction ${/^\w+/.exec(call)?.[0]}\\(`).test(code)

/** The waits of a file, each with whether it has an end. */
export function waitsOf({ imports, code }: Source) {
  const calls = Object.entries(waits).flatMap(([what, { call, needs, unless }]) =>
    libraries[what] !== undefined && !imports.includes(libraries[what])
      ? []
      : [...code.matchAll(call)]
          .filter(([name]) => !isOwn(code, name))
          .map(({ index }) => {
            const text = callAt(code, index)
            return { what, ends: unless?.test(text) === true || needs.every((need) => need.test(text)) }
          }),
  )
  const repeats = (code.match(/\bsetInterval\(/g) ?? []).length
  const cleared = (code.match(/\bclearInterval\(/g) ?? []).length
  const timers = Array.from({ length: repeats }, () => ({ what: 'a timer that repeats', ends: cleared >= repeats }))
  return [...calls, ...timers]
}
