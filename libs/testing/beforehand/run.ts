/**
 * Loaded before each test file, by `--import`: tap with our fault domains, and at the end of the process, as a comment of its report, what it cost.
 * That of the processes that it started and that have ended is in it.
 */
import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { hearOfErrors } from './fault-domains.ts'
import { msOfEndedProcesses, PROCESSOR_TIME } from './processor-time.ts'

const FAULTS = {
  url: new URL('fault-domains.ts', import.meta.url).href,
  format: 'module-typescript',
  shortCircuit: true,
}
const isOfTap = (name: string, parent = '') =>
  name === 'async-hook-domain' || (name === 'async_hooks' && parent.includes('/@tapjs/core/'))
const hook = registerHooks({
  resolve: (name, context, next) => (isOfTap(name, context.parentURL) ? FAULTS : next(name, context)),
})
hearOfErrors()
await import('tap')
hook.deregister()

process.once('exit', () => {
  const { user, system } = process.cpuUsage()
  writeSync(1, `# ${PROCESSOR_TIME}${Math.round((user + system) / 1000 + msOfEndedProcesses())}\n`)
})
