/** `pnpm erasures export|replay`: the log of erasures, kept apart from the backups and applied again after a restore from one. */
import { parseArgs } from 'node:util'
import { DATABASES, openDatabases, variableOf } from './databases.ts'
import { collectLog } from './export.ts'
import { appendNew, readLog } from './log.ts'
import { type Replayed, replay } from './replay.ts'
import { isSaid, said } from './said.ts'

const HELP = `pnpm erasures export --log FILE   appends to FILE what was erased, who opted out or took a consent back, and is not in it yet
pnpm erasures replay --log FILE   erases again what FILE names, and opts out again who did, in databases that were restored

FILE has a line of JSON for each erasure, opt-out and withdrawal: order ids and keyed hashes, and nobody's name. Keep it where no restore reaches it, and
append to it at least whenever a backup is made.

Databases, each as its service's role or its owner; those that are left out are not looked at:
${DATABASES.map((name) => `  ${variableOf(name)}`).join('\n')}

Ends with 0 when all is erased, with 2 when something is under way about some orders by that backup: replay again once the product
has run for a while. Anything else is 1.`

const FINISHED = 0
const FAILED = 1
const UNDER_WAY = 2

async function run(words: string[]): Promise<number> {
  const { values, positionals } = argumentsIn(words)
  const [command, ...more] = positionals
  if (values.help || command === undefined || command === 'help') return say(HELP)
  if ((command !== 'export' && command !== 'replay') || more.length > 0)
    throw said(`There is no "${positionals.join(' ')}": see pnpm erasures --help.`)
  const file = values.log
  if (file === undefined || file === '') throw said(`Say which file: pnpm erasures ${command} --log FILE.`)
  const log = command === 'replay' ? await readLog(file) : []
  const databases = openDatabases(process.env)
  try {
    if (command === 'export') return say(`${await appendNew(file, await collectLog(databases))} entries appended`)
    const done = await replay(databases, log)
    for (const each of done) tell(each)
    return done.some(({ underWay }) => underWay.length > 0) ? UNDER_WAY : FINISHED
  } finally {
    await databases.end()
  }
}

function argumentsIn(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: { log: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw said((error as Error).message)
  }
}

function say(text: string) {
  console.log(text)
  return FINISHED
}

function tell({ database, erased, places, before, unknown, underWay, noes }: Replayed) {
  const what = database === 'privacy' ? 'records are asked for again' : 'orders erased'
  say(`${database}: ${erased} ${what}, ${places} places; ${before} were erased there already`)
  if (noes !== undefined) say(`${database}: ${noes} opt-outs and withdrawals of consent were not in this backup`)
  if (unknown.length > 0) say(`${database}: ${unknown.length} orders are not in this backup: ${unknown.join(' ')}`)
  if (underWay.length > 0)
    say(`${database}: of ${underWay.length} orders something is under way, replay again later: ${underWay.join(' ')}`)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  const { code } = error as { code?: string }
  if (!isSaid(error) && code === undefined) throw error
  console.error((error as Error).message || code)
  process.exitCode = FAILED
}
