/**
 * The product on one machine. `--fresh` empties the data first; `--once` plays the story and ends, with exit code 1 if a
 * step fails; without it the story is played on an empty database and everything stays up until Ctrl-C.
 */
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Stack, startStack } from './stack.ts'
import { playStory } from './story.ts'
import { createTimeline } from './timeline.ts'
import { warehousePaces } from './warehouse.ts'

const { values: options } = parseArgs({ options: { once: { type: 'boolean' }, fresh: { type: 'boolean' } } })
const directory = resolve(process.env.DATA_DIR ?? '.data')
const warehousePace = warehousePaces.find((each) => each === (process.env.WAREHOUSE ?? 'off'))
const portBase = Number(process.env.PORT_BASE ?? 4000)

if (warehousePace === undefined) {
  console.error(`WAREHOUSE must be one of ${warehousePaces.join(', ')}.`)
  process.exit(1)
}
const begun = performance.now()
// An end while it is starting takes PostgreSQL and the broker along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void (stack ? end(0) : process.exit(1)))
const logLevel = process.env.LOG_LEVEL ?? 'warn'
let stack: Stack | undefined
stack = await startStack({ directory, portBase, logLevel, fresh: options.fresh }).catch((error) => {
  if (error.code === 'FOLDER_TAKEN') console.error(alreadyRuns(error.pid))
  else console.error(`Vilkår did not start: ${error.message}`, error.cause ?? '')
  process.exit(1)
})
console.log(`Vilkår is up after ${((performance.now() - begun) / 1000).toFixed(1)} s, on ${stack.broker}.\n`)

try {
  if (stack.empty || options.once) {
    await playStory(stack.urls, stack.story.keeping(createTimeline(console.log)))
    await stack.story.save()
  }
} catch (error) {
  const { message, cause } = error as Error
  console.error(`\nThe story failed: ${message}`, cause ?? '')
  await end(1)
}
if (options.once) await end(0)
await stack.warehouse.set({ pace: warehousePace, shortage: 0, rest: 'follows' })
printAddresses(stack)

async function end(code: number) {
  await stack?.stop()
  process.exit(code)
}

function alreadyRuns(pid: number) {
  return [
    `Vilkår already runs on the data in ${directory} (process ${pid}).`,
    'End it there with Ctrl-C, or start another on data of its own: DATA_DIR=.data-2 PORT_BASE=5000 npx -y pnpm start',
  ].join('\n')
}

function printAddresses({ urls, addresses }: Stack) {
  console.log(
    `\nOpen ${urls.control} in a browser: shop, support desk, warehouse, mailbox, clock and tokens, and what happens as it does.`,
  )
  console.log(`In a shell, \`. ${relative('.', addresses)}\` sets these addresses. Ctrl-C ends everything.\n`)
  for (const [name, url] of Object.entries(urls)) console.log(`  ${name.padEnd(9)} ${url}`)
}
