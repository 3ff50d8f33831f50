/**
 * Runs several test files in this process, one after the other: `node libs/testing/one-process/run.ts FILE…`. What they load is loaded once, which is half of
 * what a short file costs. In the report each file is a test of its own that its tests, hooks and teardowns stand in, and TAP_TIMEOUT
 * (seconds) is how long each may take.
 */
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import root from 'tap'
import { standFor } from './file-tests.ts'

const fileTests = new URL('file-tests.ts', import.meta.url).href
/** `tap` as its importers know it, by a default export. */
const OF_FILE = `data:text/javascript,export { t as default } from ${JSON.stringify(fileTests)}`
/** What these themselves ask of tap is about the whole process. */
const OF_PROCESS = [import.meta.url, new URL('../end-of-run.ts', import.meta.url).href]
const isOfFile = (parent = '') => !OF_PROCESS.includes(parent) && !parent.includes('/node_modules/')
registerHooks({
  resolve: (name, context, next) =>
    name === 'tap' && isOfFile(context.parentURL)
      ? { url: OF_FILE, format: 'module', shortCircuit: true }
      : next(name, context),
})

const timeout = Number(process.env.TAP_TIMEOUT) * 1_000
root.setTimeout(0)
for (const file of process.argv.splice(2)) {
  const { user, system } = process.cpuUsage()
  await root.test(file, { timeout }, async (t) => {
    standFor(t)
    await import(pathToFileURL(resolve(file)).href)
  })
  const spent = process.cpuUsage({ user, system })
  root.comment(`processor milliseconds: ${Math.round((spent.user + spent.system) / 1_000)}`)
}
