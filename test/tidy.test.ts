import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { circlesOf } from '../infra/docs/circles.ts'
import { readArrows } from '../infra/docs/imports.ts'
import { compare } from './tidy/exceptions.ts'
import { DATE_ALLOWED, fileRules, SELLER, SOUND, UNFINISHED } from './tidy/file-rules.ts'
import { functionsOf } from './tidy/functions.ts'
import { lengthOf, longFiles, longFunctions, MAX_LINES_PER_FILE, MAX_LINES_PER_FUNCTION } from './tidy/limits.ts'
import { MAX_README_LINES, unexplained } from './tidy/readmes.ts'
import { absent, strangersIn, uninvited } from './tidy/rooms.ts'
import {
  find,
  folderOf,
  isPackage,
  isTest,
  manifests,
  packageOf,
  ROOT,
  read,
  runs,
  type Source,
  sourceOf,
  sources,
} from './tidy/sources.ts'
import { sharedTables, tableExceptions, tablesMade } from './tidy/tables.ts'

/** The rules of the house that no compiler checks. Each is also shown a file that breaks it. */

/** What stands in the root: anything else was written there by mistake, as by a test that takes an address for a path. */
const IN_ROOT = ['docs', 'infra', 'libs', 'node_modules', 'services', 'test']
const strayIn = (names: string[]) =>
  names.filter(
    (name) => !name.startsWith('.') && !IN_ROOT.includes(name) && !/^(LICENSE|[A-Za-z-]+\.(md|json|ya?ml))$/.test(name),
  )

t.test('nothing is written into the root by mistake', async (t) => {
  t.strictSame(strayIn(['docs', 'README.md', '.ci', 'LICENSE', 'file:']), ['file:'])
  t.strictSame(strayIn(readdirSync(ROOT)), [])
})

t.test('every file', async (t) => {
  for (const [rule, breaks, [path, text]] of fileRules) {
    t.test(rule, async (t) => {
      t.ok(breaks(sourceOf(path, text)), 'the rule lets its own counterexample pass')
      t.ok(!breaks(sourceOf('libs/mail/mailer.ts', SOUND)), 'the rule refuses a file that is in order')
      t.strictSame(
        sources.filter(breaks).map((source) => source.path),
        [],
      )
    })
  }

  t.test('where Date is allowed, it is used', async (t) => {
    const unused = Object.keys(DATE_ALLOWED).filter(
      (path) => !sources.some((source) => source.path === path && /\bDate\b/.test(source.code)),
    )
    t.strictSame(unused, [])
  })

  t.test('other texts are finished too', async (t) => {
    const texts = find('{*.{md,yml,json,yaml},docs/**/*.md,{libs,services,infra}/**/*.{md,sql,conf,json},.ci/run}')
    t.ok(texts.length > 0)
    t.strictSame(
      texts.filter((path) => UNFINISHED.test(read(path))),
      [],
    )
  })
})

t.test('no seller is named in settings, migrations and other configuration', async (t) => {
  const texts = find('{.*.example,*.{yml,yaml,json},{libs,services,infra}/**/*.{sql,conf,yml}}')
  t.ok(texts.includes('.env.example') && texts.some((path) => path.endsWith('.sql')))
  t.strictSame(
    texts.filter((path) => SELLER.test(read(path))),
    [],
  )
})

t.test('the house', async (t) => {
  const arrows = readArrows(ROOT)
  const value = (from: string, to: string) => ({ from, to, typeOnly: false })
  const clean = { breaches: [], unusedExceptions: [] }

  t.test(`every room says in a README of at most ${MAX_README_LINES} lines what stands in it`, async (t) => {
    const texts: Record<string, string> = { 'a/README.md': '# A\n', 'b/README.md': '\n'.repeat(MAX_README_LINES + 1) }
    const textOf = (path: string) => texts[path]
    t.strictSame(unexplained(['a', 'b', 'c'], textOf), ['b', 'c'])
    const rooms = find('{libs/*/,services/*/,infra/*/,{services/*,libs/terms,libs/messaging,libs/payments}/*/}')
      .map((path) => path.replace(/\/$/, ''))
      .filter((path) => !['test', 'migrations', 'node_modules'].includes(basename(path)))
    t.ok(rooms.includes('services/orders/order'))
    const found = (path: string) => (existsSync(join(ROOT, path)) ? read(path) : undefined)
    t.strictSame(unexplained(rooms, found), [])
  })

  t.test("a service's root holds its seven files and nothing else flat", async (t) => {
    t.strictSame(strangersIn(['services/orders/ledger.ts', 'services/orders/money/ledger.ts']), [
      'services/orders/ledger.ts',
    ])
    t.strictSame(strangersIn(find('services/*/*')), [])
  })

  t.test('rooms import what the matrix says', async (t) => {
    for (const [folder, from, to] of [
      ['services/orders', 'money/ledger.ts', 'order/order.ts'],
      ['services/orders', 'checkout/quote.ts', 'order/quote.ts'],
      ['services/shipping', 'service.ts', 'shipment/handle.ts'],
      ['services/returns', 'withdrawal/decider.ts', 'refund/decide-refund.ts'],
      ['services/returns', 'withdrawal/decider.ts', 'order-facts/store.ts'],
      ['libs/payments', 'providers.ts', 'another-provider/another-provider.ts'],
      ['libs/payments', 'another-provider/another-provider.ts', 'port.ts'],
    ] as const) {
      const [down, up] = [`${folder}/${from}`, `${folder}/${to}`]
      t.strictSame(uninvited([value(down, up), value(up, down)]), [`${up} → ${down}`])
    }
    const siblings = value('libs/payments/vipps/vipps.ts', 'libs/payments/klarna/klarna.ts')
    const stranger = value('services/returns/cases/store.ts', 'services/returns/refund/decide-refund.ts')
    const unseen = value('services/orders/order/order.ts', 'services/orders/money/ledger.ts')
    for (const arrow of [siblings, stranger, unseen]) t.strictSame(uninvited([arrow]), [`${arrow.from} → ${arrow.to}`])
    t.strictSame(uninvited(arrows), [])
  })

  t.test('the matrix names only rooms that stand', async (t) => {
    t.ok(absent([]).includes('services/orders/money/'))
    t.strictSame(absent(find('{libs,services}/**/*.ts')), [])
  })

  t.test('no files import values of each other in a circle', async (t) => {
    const circle = [value('libs/mail/a.ts', 'libs/mail/b.ts'), value('libs/mail/b.ts', 'libs/mail/a.ts')]
    t.strictSame(circlesOf(circle), [['libs/mail/a.ts', 'libs/mail/b.ts']])
    t.strictSame(circlesOf(arrows.filter(({ typeOnly }) => !typeOnly)), [])
  })

  t.test('a table is written by one file', async (t) => {
    const write = (path: string, text: string) => sourceOf(`libs/mail/${path}`, text)
    const two = [write('a.ts', "db.updateTable('mail')"), write('b.ts', 'sql`update mail m set sent = true`')]
    const neither = write('c.ts', "// delete from mail\ndb.selectFrom('mail').forUpdate()")
    t.strictSame(sharedTables([...two, neither], [['libs/mail', 'mail']]), [
      'libs/mail: mail ← libs/mail/a.ts',
      'libs/mail: mail ← libs/mail/b.ts',
    ])
    const migrations = find('{libs,services}/**/*.sql').filter((path) => !isTest(path))
    const made = tablesMade(migrations.map((path) => ({ path, text: read(path) })))
    const shipped = sources.filter((source) => runs(source) && !source.path.startsWith('infra/'))
    const shared = sharedTables(shipped, made)
    t.strictSame(compare(shared, tableExceptions), clean)
  })

  t.test(`a file has at most ${MAX_LINES_PER_FILE} lines`, async (t) => {
    t.equal(lengthOf('export const one = 1\n'.repeat(MAX_LINES_PER_FILE + 1)), MAX_LINES_PER_FILE + 1)
    const long = sources.filter(runs).filter(({ text }) => lengthOf(text) > MAX_LINES_PER_FILE)
    t.strictSame(
      compare(
        long.map(({ path }) => path),
        longFiles,
      ),
      clean,
    )
  })

  t.test(`a function has at most ${MAX_LINES_PER_FUNCTION} lines`, async (t) => {
    const text = `export const send = async () => {\n${'  await 1\n'.repeat(MAX_LINES_PER_FUNCTION - 1)}}\n`
    t.strictSame(functionsOf(new Map([['libs/mail/send.ts', text]])), [
      { path: 'libs/mail/send.ts', name: 'send', lines: MAX_LINES_PER_FUNCTION + 1 },
    ])
    const functions = functionsOf(new Map(sources.filter(runs).map((source) => [source.path, source.text])))
    const long = functions.filter(({ lines }) => lines > MAX_LINES_PER_FUNCTION)
    t.strictSame(
      compare(
        long.map(({ path, name }) => `${path}: ${name}`),
        longFunctions,
      ),
      clean,
    )
  })
})

/** What the root declares for its commands, or as types for others, without importing it. */
const TOOLS = new Set(['@biomejs/biome', '@types/node'])
/** Packages of files that are read and not imported. */
const FILES = new Set(['dejavu-fonts-ttf', '@digdir/designsystemet-css', 'htmx.org', 'axe-core'])
/** What another package imports and leaves to whoever uses it to declare. */
const PEERS = new Set(['@aws-sdk/s3-request-presigner'])
const root = manifests.find(({ folder }) => folder === '.')!
const packagesIn = (files: Source[]) =>
  new Set(files.flatMap(({ imports }) => imports.filter(isPackage).map(packageOf)))

t.test('every package', async (t) => {
  t.test('takes its versions from the catalog and its neighbours from the workspace', async (t) => {
    const wrong = manifests.flatMap(({ path, declared }) =>
      Object.entries(declared)
        .filter(([name, version]) => version !== (name.startsWith('@vilkar/') ? 'workspace:*' : 'catalog:'))
        .map(([name, version]) => `${path}: ${name} ${version}`),
    )
    t.strictSame(wrong, [])
  })

  t.test('declares what it imports; its tests may also use what the root declares', async (t) => {
    const undeclared = manifests.flatMap(({ folder, declared }) => {
      const own = sources.filter(({ path }) => folderOf(path) === folder)
      const shipped = packagesIn(own.filter(({ path }) => !isTest(path)))
      const tested = packagesIn(own.filter(({ path }) => isTest(path)))
      const missing = [...shipped].filter((name) => !(name in declared))
      const missingInTests = [...tested].filter((name) => !(name in declared) && !(name in root.declared))
      return [...new Set([...missing, ...missingInTests])].map((name) => `${folder}: ${name}`)
    })
    t.strictSame(undeclared, [])
  })

  t.test('imports what it declares', async (t) => {
    const unused = manifests.flatMap(({ folder, declared }) => {
      const users = sources.filter(({ path }) => folderOf(path) === folder || (folder === '.' && isTest(path)))
      const used = packagesIn(users)
      const typed = packagesIn(sources)
      return Object.keys(declared)
        .filter(
          (name) => !used.has(name) && !FILES.has(name) && !PEERS.has(name) && !(folder === '.' && TOOLS.has(name)),
        )
        .filter((name) => !(name.startsWith('@types/') && typed.has(name.replace('@types/', ''))))
        .map((name) => `${folder}: ${name}`)
    })
    t.strictSame(unused, [])
  })

  t.test('is named in a tree that a newcomer reads', async (t) => {
    const texts = ['README.md', 'docs/architecture.md'].filter((path) => existsSync(join(ROOT, path))).map(read)
    if (texts.length === 0)
      return t.pass('There is neither a README.md nor a docs/architecture.md yet.', { skip: true })
    const unnamed = manifests
      .map(({ folder }) => folder)
      .filter((folder) => folder !== '.')
      .filter((folder) => !texts.some((text) => new RegExp(`\\b${RegExp.escape(basename(folder))}\\b/?`).test(text)))
    t.strictSame(unnamed, [])
  })
})

t.test('decision notes are numbered without gaps', async (t) => {
  const notes = find('docs/decisions/*').map((path) => basename(path))
  if (notes.length === 0) return t.pass('There are no decision notes yet.', { skip: true })
  const numbers = notes.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1] ?? name)
  t.strictSame(
    numbers,
    notes.map((_, index) => String(index + 1).padStart(4, '0')),
  )
})
