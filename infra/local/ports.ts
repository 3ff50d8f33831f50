import { createServer as createProbe } from 'node:net'
import { freePort } from '@vilkar/testing/ports.ts'

/** Where things listen: offsets from the base port. */
const offsets = {
  control: 0,
  orders: 1,
  shipping: 2,
  returns: 3,
  klarna: 4,
  issuer: 5,
  carriers: 6,
  console: 7,
  privacy: 8,
  brevo: 9,
  nats: 22,
  mail: 25,
}

/** The base port and those after it when they are all free, else free ones. */
export async function choosePorts(base: number, say: (line: string) => void) {
  const wanted = Object.entries(offsets).map(([name, offset]) => [name, base + offset] as const)
  const taken =
    base === 0 ? [] : (await Promise.all(wanted.map(async ([, port]) => ((await isFree(port)) ? [] : [port])))).flat()
  if (base > 0 && taken.length > 0)
    say(
      `Free ports are used, since ${taken.join(', ')} ${taken.length > 1 ? 'are' : 'is'} taken. PORT_BASE=5000 npx -y pnpm start takes those from 5000 on.`,
    )
  const chosen =
    base > 0 && taken.length === 0
      ? wanted
      : await Promise.all(wanted.map(async ([name]) => [name, await freePort()] as const))
  return Object.fromEntries(chosen) as Record<keyof typeof offsets, number>
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createProbe()
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
