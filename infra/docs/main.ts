/** Writes the API documents into `docs/api`; with `--check` says which of them differ and ends with exit code 1. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generateDocuments } from './generate.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const folder = fileURLToPath(new URL('../../docs/api/', import.meta.url))

const differing: string[] = []
for (const [name, text] of Object.entries(await generateDocuments())) {
  const before = await readFile(folder + name, 'utf8').catch(() => '')
  if (before === text) continue
  differing.push(name)
  if (!values.check) await writeFile(folder + name, text)
}

if (differing.length === 0) console.log('docs/api is up to date.')
else if (!values.check) console.log(`Written to docs/api: ${differing.join(', ')}.`)
else {
  console.error(`docs/api differs from the code: ${differing.join(', ')}. Run "pnpm run docs" and commit the result.`)
  process.exitCode = 1
}
