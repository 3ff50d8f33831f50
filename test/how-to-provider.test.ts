import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'

/** Walks the recipe "add a payment provider": what it names is there for every provider that there is. */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')
const [, listed = ''] = /providerNames = \[(.*)\]/.exec(read('libs/payments/provider-names.ts')) ?? []
const providerNames = [...listed.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!)
/** Those with an adapter of their own; Klarna's other front ends and Kustom's are part of one. */
const ADAPTERS = ['klarna', 'vipps']
const PREFIXES = ['KLARNA', 'KUSTOM', 'VIPPS']

const paths = [...read('docs/how-to/provider.md').matchAll(/`([^`\s]+\.(?:ts|md|json|yml|example))`/g)]
  .map(([, path]) => path!)
  .filter((path) => path.includes('/') || !/\.ts$/.test(path))

t.test('"add a payment provider"', async (t) => {
  t.test('names files that every provider has', async (t) => {
    t.ok(paths.length >= 25, String(paths))
    const missing = ADAPTERS.flatMap((provider) =>
      paths.map((path) => path.replaceAll('<provider>', provider)).filter((path) => !existsSync(`${ROOT}${path}`)),
    )
    t.strictSame([...new Set(missing)], [])
  })

  t.test('sends nobody to a file that knows no provider', async (t) => {
    const where = ['libs/payments/provider-names.ts', 'infra/storm/provider.ts', 'infra/storm/simulators.ts']
    t.ok(providerNames.length >= 4, listed)
    for (const path of where) {
      t.ok(paths.includes(path), path)
      for (const name of providerNames) t.match(read(path), new RegExp(`\\b${name}\\b`), `${name} in ${path}`)
    }
  })

  t.test('every variable of a provider stands wherever it is to be set', async (t) => {
    const variables = [...read('services/orders/config.ts').matchAll(/^ {2}([A-Z]+)_([A-Z_]+): /gm)]
      .filter(([, prefix]) => PREFIXES.includes(prefix!))
      .map(([, prefix, rest]) => `${prefix}_${rest}`)
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
