/** Writes the API documents, the client's types, the list of mails, the promises, the broker's accounts and the manifests; with `--check` says which of them differ and ends with exit code 1. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { files as manifests } from '@vilkar/kubernetes/manifests.ts'
import { accountsConf } from '@vilkar/nats/accounts.ts'
import { clientTypes } from './client-types.ts'
import { generateDocuments } from './generate.ts'
import { mailsPage } from './mails.ts'
import { promisesPage } from './promises/page.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = fileURLToPath(new URL('../../', import.meta.url))
const generated = await generateDocuments()
const documents = Object.entries(generated).map(([name, text]) => [`docs/api/${name}`, text] as const)

const differing: string[] = []
const others = [
  ['docs/mails.md', mailsPage()],
  ['docs/promises.md', promisesPage(generated)],
  ['infra/nats/accounts.conf', accountsConf()],
  ...Object.entries(manifests()).map(([name, text]) => [`infra/kubernetes/${name}`, text] as const),
  ...Object.entries(clientTypes(generated)),
] as const
for (const [name, text] of [...documents, ...others]) {
  const before = await readFile(root + name, 'utf8').catch(() => '')
  if (before === text) continue
  differing.push(name)
  if (!values.check) await writeFile(root + name, text)
}

if (differing.length === 0) console.log('What is generated is up to date.')
else if (!values.check) console.log(`Written: ${differing.join(', ')}.`)
else {
  console.error(`These differ from the code: ${differing.join(', ')}. Run "pnpm run docs" and commit the result.`)
  process.exitCode = 1
}
