import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs the pnpm that runs this, else the one on the PATH, in a folder. Throws what it says when it fails. */
export function runPnpm(folder: string, words: string[]) {
  const pnpm = process.env.npm_execpath ?? 'pnpm'
  const [program, first] = /\.[cm]?js$/.test(pnpm) ? [process.execPath, [pnpm]] : [pnpm, []]
  return run(program, [...first, ...words], { cwd: folder })
}
