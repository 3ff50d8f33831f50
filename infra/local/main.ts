/**
 * The product on one machine. `--fresh` empties the data first; `--once` plays the story and ends, with exit code 1 if a
 * step fails; without it the story is played on an empty database and everything stays up until Ctrl-C.
 */
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { roles } from '@vilkar/testing/issuer.ts'
import { type Stack, startStack } from './stack.ts'
import { playStory } from './story.ts'

const MOMENT_WIDTH = 11

const { values: options } = parseArgs({ options: { once: { type: 'boolean' }, fresh: { type: 'boolean' } } })
const directory = resolve(process.env.DATA_DIR ?? '.data')
const portBase = Number(process.env.PORT_BASE ?? 4000)

const begun = performance.now()
if (options.fresh) await rm(directory, { recursive: true, force: true })
const stack = await startStack({ directory, portBase, logLevel: process.env.LOG_LEVEL ?? 'warn' }).catch((error) => {
  console.error(`Vilkår did not start: ${error.message}`, error.cause ?? '')
  process.exit(1)
})
console.log(`Vilkår is up after ${((performance.now() - begun) / 1000).toFixed(1)} s, on ${stack.broker}.\n`)

let stopping: Promise<void> | undefined
const stop = () => {
  stopping ??= stack.stop()
  return stopping
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)))

try {
  if (stack.empty || options.once) await playStory(stack.urls, tell)
} catch (error) {
  console.error(`\nThe story failed: ${(error as Error).message}`)
  await stop()
  process.exit(1)
}
if (options.once) {
  await stop()
  process.exit(0)
}
printDoors(stack)

/** One line of the timeline, then what it rests on. */
function tell(
  moment: string,
  text: string,
  ...reasons: { cites: { clause?: string; act?: string; section?: string; text: string }[] }[]
) {
  console.log(`${moment.padEnd(MOMENT_WIDTH)} ${text}`)
  const cites = reasons.flatMap((reason) => reason.cites)
  const named = new Map(
    cites.map(({ clause, act, section, text: sentence }) => [clause ?? `${act} ${section}`, sentence]),
  )
  for (const [name, sentence] of named) console.log(`${' '.repeat(MOMENT_WIDTH)}   ${name}: ${sentence}`)
}

function printDoors({ urls }: Stack) {
  console.log('\nGo on from here (Ctrl-C stops everything):')
  for (const [name, url] of Object.entries(urls))
    console.log(`  ${name.padEnd(9)} ${url}${['orders', 'shipping', 'returns'].includes(name) ? '/docs' : ''}`)
  console.log('\nTokens, good for 30 days:')
  for (const role of Object.keys(roles)) console.log(`  ${role.padEnd(11)} curl -s ${urls.control}/tokens/${role}`)
}
