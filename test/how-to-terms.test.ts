import { globSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sellers } from '@vilkar/terms/editions/registry.ts'
import { optionalSentences } from '@vilkar/terms/rules/sentences.ts'
import { edition as changed } from '@vilkar/terms/test/fixtures/smartgroup/2026-07-01/edition.ts'
import t from 'tap'

/** Walks the recipes about terms: what they name is there, for every seller and edition, and the fixtures cost what they say. */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')
const recipe = (name: string) => read(`docs/how-to/${name}.md`)
/** What is set as code and begins in a folder of ours, and what the commands run. */
const pathsIn = (text: string) => [
  ...new Set(
    [...text.matchAll(/`((?:libs|services|docs|test)\/[^`\s]+)`|^ {4}.*?((?:libs|services|test)\/\S+)/gm)].map(
      ([, set, run]) => (set ?? run)!.replace(/'$/, ''),
    ),
  ),
]
const commandsIn = (text: string) =>
  [...text.matchAll(/(?<=\s)(?:libs|services|test)\/\S+\.test\.ts/g)].map(([path]) => path)

t.test('the recipes about terms', async (t) => {
  for (const name of ['clause', 'edition', 'seller'])
    t.test(`"${name}" names what is there, for every seller`, async (t) => {
      const text = recipe(name)
      const paths = [...pathsIn(text), ...commandsIn(text)]
      t.ok(paths.length >= 6, String(paths))
      for (const { id, editions } of sellers())
        for (const edition of editions) {
          const day = edition.id.slice(id.length + 1)
          const filled = paths.map((path) => path.replaceAll('<seller>', id).replaceAll('<day>', day))
          t.strictSame(
            filled.filter((path) => globSync(path, { cwd: ROOT }).length === 0),
            [],
          )
        }
    })

  t.test('"clause" explains every column of the worked cases', async (t) => {
    const [header = ''] = read('libs/terms/cases/cases.csv').split(/\r?\n/)
    const columns = header.split(',')
    t.ok(columns.length >= 5)
    for (const column of columns) t.match(recipe('clause'), new RegExp(`^ *\\| .*\`${column}\`.* \\| \\S`, 'm'), column)
  })

  t.test('"clause" names what a new name makes fail, and how an edition is silent', async (t) => {
    const text = recipe('clause')
    for (const word of ['optionalSentences', 'not mentioned', 'edition.mentions', 'unenforced', 'sentences'])
      t.ok(text.includes(`\`${word}\``), word)
    t.ok(optionalSentences.length > 0)
    for (const [path, word] of [
      ['libs/terms/rules/sentences.ts', 'optionalSentences'],
      ['libs/terms/rules/rule.ts', 'mentions'],
      ['libs/terms/editions/load.ts', 'not mentioned'],
      ['services/orders/order/payment.ts', '.capture('],
    ] as const)
      t.ok(read(path).includes(word), `${word} in ${path}`)
  })

  t.test('"clause" runs every test of the terms', async (t) => {
    const run = commandsIn(recipe('clause')).flatMap((path) => globSync(path!, { cwd: ROOT }))
    const all = globSync('libs/terms/test/*.test.ts', { cwd: ROOT })
    t.strictSame(
      all.filter((path) => !run.includes(path)),
      [],
    )
  })

  t.test('an edition with one changed figure consists of the files that its recipe lists', async (t) => {
    const texts = [...recipe('edition').matchAll(/`((?:terms|withdrawal-form)\.(?:nb|en)\.md)`/g)].map(
      ([, file]) => file!,
    )
    t.equal(texts.length, 4)
    t.strictSame(readdirSync(changed.folder).sort(), ['edition.ts', ...texts].sort())
  })

  t.test('the recipe of a seller tells of everything in a record but what names them', async (t) => {
    const [record = ''] = /export type Seller = \{[\s\S]*?\n\}/.exec(read('libs/terms/sellers/seller.ts')) ?? []
    const fields = [...record.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field!)
    const told: Record<string, RegExp> = {
      ...Object.fromEntries(
        ['id', 'name', 'organisationNumber', 'address', 'email', 'phone'].map((field) => [field, /who they are/]),
      ),
      orderNumberPrefix: /prefix of order numbers/,
      registeredIn: /registers that their invoices name/,
      mailFrom: /sender of their mails/,
      currencies: /currencies with whether/,
      bankAccount: /bank account that what is claimed is paid to/,
      markets: /markets/,
      deliveryOptions: /ways of delivery/,
      concessions: /how much staff may give beyond duty/,
      credentialsPrefix: /provider credentials begin with/,
      editions: /first edition/,
    }
    t.strictSame(fields.toSorted(), Object.keys(told).sort())
    const text = recipe('seller').replaceAll(/\s+/g, ' ')
    for (const [field, words] of Object.entries(told)) t.match(text, words, field)
  })

  t.test('the recipe of an edition names all that one is made of', async (t) => {
    for (const part of Object.keys(sellers()[0]!.editions[0]))
      t.match(recipe('edition'), new RegExp(`\`${part}\``), part)
  })
})
