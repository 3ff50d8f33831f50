import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

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

describe('"add a payment provider"', () => {
  test('names files that every provider has', () => {
    assert.ok(paths.length >= 25, String(paths))
    const missing = ADAPTERS.flatMap((provider) =>
      paths.map((path) => path.replaceAll('<provider>', provider)).filter((path) => !existsSync(`${ROOT}${path}`)),
    )
    assert.deepEqual([...new Set(missing)], [])
  })

  test('sends nobody to a file that knows no provider', () => {
    const where = ['libs/payments/provider-names.ts', 'infra/storm/provider.ts', 'infra/storm/simulators.ts']
    assert.ok(providerNames.length >= 4, listed)
    for (const path of where) {
      assert.ok(paths.includes(path), path)
      for (const name of providerNames) assert.match(read(path), new RegExp(`\\b${name}\\b`), `${name} in ${path}`)
    }
  })

  test('every variable of a provider stands wherever it is to be set', () => {
    const variables = [...read('services/orders/config.ts').matchAll(/^ {2}([A-Z]+)_([A-Z_]+): /gm)]
      .filter(([, prefix]) => PREFIXES.includes(prefix!))
      .map(([, prefix, rest]) => `${prefix}_${rest}`)
    assert.ok(variables.length >= 12, String(variables))
    for (const path of ['docker-compose.yml', '.env.example', 'docs/configuration.md']) {
      const text = read(path)
      assert.deepEqual(
        variables.filter((name) => !text.includes(name)),
        [],
        path,
      )
    }
  })
})
