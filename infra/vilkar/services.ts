import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSafeUrl } from '@vilkar/server/config.ts'
import { said } from './exit.ts'

const NAMES = ['orders', 'shipping', 'returns', 'privacy'] as const
const TIMEOUT_MS = 15_000
const ASK_AGAIN =
  'Set ORDERS, SHIPPING, RETURNS and PRIVACY to the addresses of the services, or start the local stack.'

type Answer = { status: number; body: unknown }
/** A service that can be asked; `ask` throws a sentence when it does not answer, or does not do what was asked. */
export type Service = {
  name: string
  url: string
  ask: <Body>(method: 'GET' | 'POST', path: string, body?: object) => Promise<Body>
  /** What a probe is answered; undefined when nobody answers. */
  health: (path: string) => Promise<{ status: number; detail: string } | undefined>
}

/**
 * The services of the environment (`ORDERS`, `SHIPPING`, `RETURNS`, `PRIVACY`, those that are set, and `VILKAR_TOKEN`), else those of the local
 * stack, which writes the same names into `local.env` and gives a token for the asking.
 */
export async function findServices(env: NodeJS.ProcessEnv): Promise<Service[]> {
  const set = NAMES.filter((name) => env[name.toUpperCase()])
  const addresses = set.length > 0 ? env : await localAddresses(env.DATA_DIR ?? '.data')
  const token = env.VILKAR_TOKEN ?? (await localToken(addresses.CONTROL))
  if (!/^[\w.~+/=-]+$/.test(token)) throw said('usage', 'VILKAR_TOKEN is no bearer token.')
  return NAMES.flatMap((name) => {
    const url = addresses[name.toUpperCase()]?.replace(/\/+$/, '')
    if (!url) return []
    if (!isSafeUrl(url))
      throw said(
        'usage',
        `${name.toUpperCase()} must begin with https, or with http on loopback: a token is sent there.`,
      )
    return [serviceAt(name, url, token)]
  })
}

async function localAddresses(directory: string): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(join(directory, 'local.env'), 'utf8').catch(() => {
    throw said('usage', `No services are named, and no local stack runs in ${directory}. ${ASK_AGAIN}`)
  })
  return Object.fromEntries([...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]))
}

async function localToken(control: string | undefined) {
  if (control === undefined)
    throw said('usage', 'VILKAR_TOKEN is not set: a token of your issuer with the scope "staff".')
  return (await send(`${control}/tokens/support`)).text()
}

const serviceAt = (name: string, url: string, token: string): Service => ({
  name,
  url,
  async ask<Body>(method: 'GET' | 'POST', path: string, body?: object) {
    const response = await send(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer: Answer = { status: response.status, body: text === '' ? null : parsed(text) }
    if (response.ok) return answer.body as Body
    throw said(
      exitOf(response.status),
      `${name} answered ${method} ${path} with ${answer.status}: ${detailOf(answer.body)}`,
    )
  },
  async health(path) {
    const response = await send(`${url}${path}`).catch(() => undefined)
    return response && { status: response.status, detail: detailOf(parsed(await response.text())) }
  },
})

/** What was asked is not understood, is not there, or nobody may be asked so. */
const exitOf = (status: number) => (status === 400 ? 'usage' : status === 404 ? 'trouble' : 'unreachable')

async function send(url: string, init: RequestInit = {}) {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    const { message, cause } = error as Error
    throw said(
      'unreachable',
      `${new URL(url).origin} does not answer: ${(cause as Error | undefined)?.message ?? message}`,
    )
  }
}

function parsed(text: string) {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text.slice(0, 200)
  }
}

const detailOf = (body: unknown) => (body as { detail?: string } | null)?.detail ?? JSON.stringify(body)
