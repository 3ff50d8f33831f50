import { globSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { agreements, providerNames } from '@vilkar/payments/providers.ts'
import t from 'tap'

/** Walks the recipe "add a payment provider": what it names is there for every provider that there is. */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')
/** Those with an adapter of their own: the folders beside the port. Other front ends are part of one. */
const adapters = readdirSync(`${ROOT}libs/payments`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['test', 'node_modules'].includes(entry.name))
  .map(({ name }) => name)
const variables = agreements.flatMap((agreement) => Object.keys(agreement.variables.properties))

const recipe = read('docs/how-to/provider.md')
/** What is set as code and is a file, and what the commands run. */
const paths = [
  ...recipe.matchAll(/`([^`\s]+\.(?:ts|md|json|yml|example))`|(?<=^ {4}.*)((?:libs|services|infra|test)\/\S+)/gm),
]
  .map(([, set, run]) => (set ?? run)!)
  .filter((path) => path.includes('/') || !/\.ts$/.test(path))
const isThere = (path: string) => globSync(path, { cwd: ROOT }).length > 0

t.test('"add a payment provider"', async (t) => {
  t.test('names files that every provider has', async (t) => {
    t.ok(paths.length >= 25, String(paths))
    t.ok(adapters.length >= 2, String(adapters))
    const missing = adapters.flatMap((provider) =>
      paths.map((path) => path.replaceAll('<provider>', provider)).filter((path) => !isThere(path)),
    )
    t.strictSame([...new Set(missing)], [])
  })

  t.test('sends nobody to a file that knows no provider', async (t) => {
    const where = ['libs/payments/providers.ts', 'infra/storm/simulators.ts']
    t.ok(providerNames.length >= 4)
    for (const path of where) {
      t.ok(paths.includes(path), path)
      for (const name of providerNames) t.match(read(path), new RegExp(`\\b${name}\\b`), `${name} in ${path}`)
    }
  })

  t.test('names every file that names all providers, beside decisions and what they wrote themselves', async (t) => {
    const texts = globSync('{.env.example,*.{md,yml},docs/**/*.{md,json},{libs,services,infra}/**/*.{ts,json,sql}}', {
      cwd: ROOT,
      exclude: ['**/node_modules/**', 'docs/{decisions,how-to}/**', 'libs/{terms,payments}/**', 'infra/simulator/**'],
    })
    const listing = texts.filter((path) => {
      const text = read(path).toLowerCase()
      return adapters.every((name) => new RegExp(`\\b${name}\\b`).test(text))
    })
    t.strictSame(
      listing.filter((path) => !paths.includes(path)),
      [],
    )
  })

  t.test('a file that it names and that knows some providers knows all of them', async (t) => {
    const house = paths.filter(
      (path) =>
        !path.includes('<provider>') &&
        !/^(libs\/terms|libs\/payments\/(?!providers\.ts)|infra\/simulator|test)\b/.test(path),
    )
    const namesIn = (path: string) =>
      adapters.filter((name) => new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i').test(read(path)))
    const knowing = [...new Set(house)].filter((path) => !path.includes('*') && namesIn(path).length > 0)
    t.ok(knowing.length >= 10, String(knowing))
    for (const path of knowing) t.strictSame(namesIn(path), adapters, path)
  })

  t.test('every variable of a provider stands wherever it is to be set', async (t) => {
    t.ok(variables.length >= 12, String(variables))
    for (const path of ['docker-compose.yml', '.env.example', 'docs/configuration.md']) {
      const text = read(path)
      t.strictSame(
        variables.filter((name) => !text.includes(name)),
        [],
        path,
      )
    }
  })
})
