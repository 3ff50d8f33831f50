import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** The rules of the house that no compiler checks. Each rule of the table is also shown a file that breaks it. */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const MAX_LINES = 300
const find = (pattern: string) => globSync(pattern, { cwd: ROOT, exclude: ['**/node_modules/**'] }).sort()
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

type Source = { path: string; text: string; code: string; imports: string[] }

const NOT_CODE = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
const IMPORT =
  /^(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})?\s*from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm

/** A file with what the rules look at: `code` is the text without comments and without what stands in quotes. */
const sourceOf = (path: string, text: string): Source => ({
  path,
  text,
  code: text.replace(NOT_CODE, (match) => (/^['"`]/.test(match) ? `''` : '')),
  imports: [...text.matchAll(IMPORT)].map(([, from, bare, dynamic]) => (from ?? bare ?? dynamic)!),
})

const sources = find('{libs,services,infra,test}/**/*.ts').map((path) => sourceOf(path, read(path)))
const manifests = find('{package.json,{libs,services,infra}/*/package.json}').map((path) => {
  const { name, dependencies = {}, devDependencies = {} } = JSON.parse(read(path))
  return { path, folder: dirname(path), name, declared: { ...dependencies, ...devDependencies } as Declared }
})
type Declared = Record<string, string>

const isTest = (path: string) => /(^|\/)test\//.test(path)
const isEntry = (path: string) => /(^|\/)(main|run)\.ts$/.test(path)
const folderOf = (path: string) => (path.startsWith('test/') ? '.' : path.split('/').slice(0, 2).join('/'))
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
const isPackage = (specifier: string) => !/^(\.|node:)/.test(specifier)
/** The folder that an import leads to, such as `services/orders`; undefined for what is not ours. */
const targetOf = (path: string, specifier: string) =>
  specifier.startsWith('.')
    ? folderOf(normalize(join(dirname(path), specifier)))
    : manifests.find(({ name }) => name === packageOf(specifier))?.folder
const leadsTo = ({ path, imports }: Source, folder: RegExp) =>
  imports.some((specifier) => {
    const target = targetOf(path, specifier)
    return target !== undefined && target !== folderOf(path) && folder.test(target)
  })

/** Where a Date may be made or named, and why; days and periods are Temporal's everywhere. */
const DATE_ALLOWED: Record<string, string> = {
  'libs/server/clock.ts': "the machine's clock is read here, and only here",
  'libs/messaging/uuid.ts': 'UUIDv7 holds the milliseconds of the machine (RFC 9562)',
  'libs/mail/mail.ts': 'nodemailer writes the Date header from one',
  'infra/vipps-simulator/webhooks.ts': 'x-ms-date is an HTTP date, which Temporal does not write',
  'libs/terms/test/arbitraries.ts': 'fast-check draws instants between two numbers of milliseconds',
}
const UNFINISHED = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b|@ts-(ignore|nocheck)`,
)

/** `[rule, does the file break it?, a file that does]` */
const rules: [string, (source: Source) => boolean, [path: string, text: string]][] = [
  [
    'there are no barrels: a file does more than pass on what others export',
    ({ path, code }) =>
      basename(path) === 'index.ts' ||
      code.replace(/^export\s+(type\s+)?(\*[^'{]*|\{[^}]*\}) from ''$/gm, '').trim() === '',
    ['libs/mail/all.ts', "// All.\nexport * from './mail.ts'\nexport { outgoing } from './outgoing.ts'\n"],
  ],
  [
    'no file or folder is named for nothing in particular',
    ({ path }) => path.split('/').some((part) => /^(utils?|helpers?|common|shared|types)(\.|$)/.test(part)),
    ['libs/mail/helpers/format.ts', 'export const one = 1\n'],
  ],
  [
    'there are no classes, enums, decorators or namespaces',
    ({ code }) =>
      /\bclass\s+\w+[^=]*\{|\bclass\s*\{|^\s*(export |declare |const )*enum\s+\w+\s*\{|^\s*@\w+|^(export |declare )*namespace\s/m.test(
        code,
      ),
    ['libs/mail/mailer.ts', 'export class Mailer {\n}\n'],
  ],
  [
    'exports are named',
    ({ code }) => /\bexport\s+default\b|\bas\s+default\b/.test(code),
    ['libs/mail/mailer.ts', 'export default 1\n'],
  ],
  [
    'files of the house are imported by their whole name',
    ({ imports }) => imports.some((from) => /^(\.|@vilkar\/)/.test(from) && !/\.(ts|json)$/.test(from)),
    ['libs/mail/mailer.ts', "import { mail } from './mail'\n"],
  ],
  [
    'a relative import stays within its package',
    ({ path, imports }) =>
      folderOf(path) !== '.' && imports.some((from) => from.startsWith('.') && targetOf(path, from) !== folderOf(path)),
    ['libs/mail/mailer.ts', "import { createLog } from '../server/log.ts'\n"],
  ],
  [
    'a service is imported by infra/ and test/ only: services never import each other, and libs know none',
    (source) => /^(libs|services)\//.test(source.path) && leadsTo(source, /^services\//),
    ['services/orders/app.ts', "import { decider } from '@vilkar/returns/withdrawal/decider.ts'\n"],
  ],
  [
    'libs and services use infra/ in their tests only',
    (source) => /^(libs|services)\//.test(source.path) && !isTest(source.path) && leadsTo(source, /^infra\//),
    ['services/orders/app.ts', "import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'\n"],
  ],
  [
    'importing a file does nothing: only main.ts and run.ts have effects',
    ({ path, code }) =>
      !isEntry(path) &&
      !isTest(path) &&
      /^(await|for|if|try|while|switch|do|void|new|throw)\b|^[\w$.]+(\(|\s*[+-]?=[^>])|^(export )?(const|let) [^=]+= await\b/m.test(
        code,
      ),
    ['libs/mail/mailer.ts', "import { connect } from './mail.ts'\n\nconnect('smtp://localhost')\n"],
  ],
  [
    'days and periods are Temporal: Date is used where a reason is written down, nowhere else',
    ({ path, code }) => !(path in DATE_ALLOWED) && /\bDate\b/.test(code),
    ['libs/mail/mailer.ts', 'export const now = () => new Date()\n'],
  ],
  ['nothing is left unfinished', ({ text }) => UNFINISHED.test(text), ['libs/mail/mailer.ts', `// TO${'DO'}: later\n`]],
  [
    'every test runs',
    ({ path, code }) => isTest(path) && /\b(test|describe|it|suite)\.(only|todo)\b|\bonly: true/.test(code),
    ['libs/mail/test/mail.test.ts', "test.only('one', () => {})\n"],
  ],
  [
    `a file has at most ${MAX_LINES} lines, tests and worked cases aside`,
    ({ path, text }) => !isTest(path) && !path.includes('/cases/') && text.split('\n').length - 1 > MAX_LINES,
    ['libs/mail/mailer.ts', 'export const one = 1\n'.repeat(MAX_LINES + 1)],
  ],
]

describe('every file', () => {
  for (const [rule, breaks, [path, text]] of rules) {
    test(rule, () => {
      assert.ok(breaks(sourceOf(path, text)), 'the rule lets its own counterexample pass')
      assert.ok(!breaks(sourceOf('libs/mail/mailer.ts', SOUND)), 'the rule refuses a file that is in order')
      assert.deepEqual(
        sources.filter(breaks).map((source) => source.path),
        [],
      )
    })
  }

  const SOUND = `/** A class of mails, by Date; if (it) is: await. */
import { join } from 'node:path'
import type { Mail } from './mail.ts'

export { join }
const kinds = { receipt: 'class Date { }' }
export const kindOf = (mail: Mail) => kinds[mail.kind] ?? \`enum Kind {
if (there) is \${none}\`
`

  test('where Date is allowed, it is used', () => {
    const unused = Object.keys(DATE_ALLOWED).filter(
      (path) => !sources.some((source) => source.path === path && /\bDate\b/.test(source.code)),
    )
    assert.deepEqual(unused, [])
  })

  test('other texts are finished too', () => {
    const texts = find('{*.{md,yml,json,yaml},docs/**/*.md,{libs,services,infra}/**/*.{md,sql,conf,json},.ci/run}')
    assert.ok(texts.length > 0)
    assert.deepEqual(
      texts.filter((path) => UNFINISHED.test(read(path))),
      [],
    )
  })
})

/** What the root declares for its commands, or as types for others, without importing it. */
const TOOLS = new Set(['node', 'typescript', '@biomejs/biome', '@types/node'])
const root = manifests.find(({ folder }) => folder === '.')!
const packagesIn = (files: Source[]) =>
  new Set(files.flatMap(({ imports }) => imports.filter(isPackage).map(packageOf)))

describe('every package', () => {
  test('takes its versions from the catalog and its neighbours from the workspace', () => {
    const wrong = manifests.flatMap(({ path, declared }) =>
      Object.entries(declared)
        .filter(([name, version]) => version !== (name.startsWith('@vilkar/') ? 'workspace:*' : 'catalog:'))
        .map(([name, version]) => `${path}: ${name} ${version}`),
    )
    assert.deepEqual(wrong, [])
  })

  test('declares what it imports; its tests may also use what the root declares', () => {
    const undeclared = manifests.flatMap(({ folder, declared }) => {
      const own = sources.filter(({ path }) => folderOf(path) === folder)
      const shipped = packagesIn(own.filter(({ path }) => !isTest(path)))
      const tested = packagesIn(own.filter(({ path }) => isTest(path)))
      const missing = [...shipped].filter((name) => !(name in declared))
      const missingInTests = [...tested].filter((name) => !(name in declared) && !(name in root.declared))
      return [...new Set([...missing, ...missingInTests])].map((name) => `${folder}: ${name}`)
    })
    assert.deepEqual(undeclared, [])
  })

  test('imports what it declares', () => {
    const unused = manifests.flatMap(({ folder, declared }) => {
      const users = sources.filter(({ path }) => folderOf(path) === folder || (folder === '.' && isTest(path)))
      const used = packagesIn(users)
      const typed = packagesIn(sources)
      return Object.keys(declared)
        .filter((name) => !used.has(name) && !(folder === '.' && TOOLS.has(name)))
        .filter((name) => !(name.startsWith('@types/') && typed.has(name.replace('@types/', ''))))
        .map((name) => `${folder}: ${name}`)
    })
    assert.deepEqual(unused, [])
  })

  test('is named in a tree that a newcomer reads', (t) => {
    const texts = ['README.md', 'docs/architecture.md'].filter((path) => existsSync(join(ROOT, path))).map(read)
    if (texts.length === 0) return t.skip('There is neither a README.md nor a docs/architecture.md yet.')
    const unnamed = manifests
      .map(({ folder }) => folder)
      .filter((folder) => folder !== '.')
      .filter((folder) => !texts.some((text) => new RegExp(`\\b${RegExp.escape(basename(folder))}\\b/?`).test(text)))
    assert.deepEqual(unnamed, [])
  })
})

test('decision notes are numbered without gaps', (t) => {
  const notes = find('docs/decisions/*').map((path) => basename(path))
  if (notes.length === 0) return t.skip('There are no decision notes yet.')
  const numbers = notes.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1] ?? name)
  assert.deepEqual(
    numbers,
    notes.map((_, index) => String(index + 1).padStart(4, '0')),
  )
})
