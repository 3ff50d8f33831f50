import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

/**
 * Compares a text with the file that holds it as it should be. With `UPDATE_GOLDEN=1` in the environment the file is written
 * instead: whoever does so reads the difference before they commit it.
 */
export function matchesGolden(t: Test, file: URL, text: string) {
  const path = fileURLToPath(file)
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${text}\n`)
  }
  t.ok(existsSync(path), `${path} is there`)
  t.equal(text, readFileSync(path, 'utf8').replace(/\n$/, ''))
}
