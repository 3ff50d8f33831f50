import t from 'tap'
import { agreementOf, agreements, paymentMethods, providerNames } from '../providers.ts'

const now = () => Temporal.Instant.from('2026-06-01T10:00:00Z')
const baseUrl = 'http://127.0.0.1:1'

/** Values as somebody would set them: a base URL for what ends in `_URL`, any text for the rest. */
const setOf = (variables: readonly string[]) =>
  Object.fromEntries(variables.map((name) => [name, name.endsWith('_URL') ? baseUrl : 'any']))

t.test('the table of payment providers', async (t) => {
  t.test('has each name once, and a method in the words of the terms for each', async (t) => {
    t.ok(providerNames.length >= 4)
    t.equal(new Set(providerNames).size, providerNames.length)
    t.strictSame(Object.keys(paymentMethods).sort(), [...providerNames].sort())
    for (const method of Object.values(paymentMethods)) t.match(method, /^[a-z]+(-[a-z]+)*$/)
  })

  t.test('has each variable in one row, one base URL a row, and says what each is for', async (t) => {
    const all = agreements.flatMap(({ variables }) => Object.keys(variables.properties))
    t.equal(new Set(all).size, all.length)
    for (const { variables, names } of agreements) {
      const urls = Object.keys(variables.properties).filter((name) => name.endsWith('_URL'))
      t.equal(urls.length, 1, String(names))
      for (const [name, property] of Object.entries(variables.properties)) {
        t.match((property as { description?: string }).description, /^\S.+\.$/, name)
        t.equal(name.split('_')[0], urls[0]!.split('_')[0], `${name} begins as the others of its row do`)
      }
    }
  })

  for (const name of providerNames)
    t.test(`${name} is opened under the name that payments bear`, async (t) => {
      const { variables, open } = agreementOf(name)
      const provider = open(name, setOf(Object.keys(variables.properties)), { now })
      t.equal(provider.name, name)
      await provider.close()
    })
})
