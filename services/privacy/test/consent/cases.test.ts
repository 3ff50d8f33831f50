import { readFileSync } from 'node:fs'
import { type Answer, readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt, notAsked } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, consenting } from './a-consent.ts'

/** Worked cases of consent, children, marketing and breaches, asked at the doors that apply them. */

const house = await startPrivacyForTest()
const { call, clock, hear } = house
const { give, askGuardian, permission } = consenting(house)
type Facts = Record<string, string> & { existingCustomer?: boolean; optOutOffered?: boolean; similarGoods?: boolean }

async function marketing({ policy = 'smartgroup', existingCustomer, optOutOffered, similarGoods }: Facts) {
  const person = { ...aPerson(), controller: policy }
  if (existingCustomer) {
    const sold = { orderId: crypto.randomUUID(), seller: policy, disclosures: { marketingOptOut: optOutOffered } }
    await hear('OrderPlaced', { ...sold, personal: { email: person.value, shippingAddress: {} } } as never)
    await hear('ContractFormed', { orderId: sold.orderId, formedAt: clock.at } as never)
  }
  const { outcome } = await permission(person, { ...(similarGoods && { similarGoods: 'true' }) })
  return { allowed: outcome === 'granted' }
}

const cookies = async ({ category }: Facts) => {
  const { outcome } = await permission(aPerson(), { purpose: `${category}-cookies` })
  return { allowed: outcome === 'granted' }
}

/** Full years on a day: what a child's birthday comes to is counted by who asks for the age. */
const ageOn = ({ birthDate, at }: Facts) =>
  Temporal.PlainDate.from(birthDate!).until(at!, { largestUnit: 'year' }).years

async function child(facts: Facts): Promise<Answer> {
  const age = ageOn(facts)
  if (facts.policy !== 'smartorg') return { allowed: (await give(aPerson(), { age })).status === 200 }
  const said = { category: 'member', identifiers: [{ kind: 'email', value: aPerson().value }], facts: {}, age }
  const { status } = await call('holder', 'PUT', `/holdings/smartorg/members/${crypto.randomUUID()}`, said)
  return { allowed: status === 200 }
}

/** Where they live decides from which age they consent alone, and a guardian is asked below it. */
async function abroad({ age, country }: Facts): Promise<Answer> {
  const { status, body } = await give(aPerson(), { age, country })
  const asked = await askGuardian(aPerson(), { age, country, guardianEmail: `ola-${crypto.randomUUID()}@example.com` })
  return { guardianConsentNeeded: status === 409 && /guardian-must-consent/.test(body.type) && asked.status === 202 }
}

async function breach({ foundAt }: Facts): Promise<Answer> {
  clock.at = foundAt!
  const said = {
    controller: 'smartgroup',
    foundAt,
    risk: 'risk',
    nature: 'A list went astray.',
    categories: ['contact'],
  }
  const { body } = await call('support', 'PUT', `/breaches/${crypto.randomUUID()}`, said)
  const hours = Temporal.Instant.from(body.authorityBy).since(foundAt!).total('hours')
  return { authorityBy: body.authorityBy, weekendExtension: hours !== 72 }
}

const asked: Record<string, (facts: Facts) => Promise<Answer>> = {
  ...{ X007: marketing, X008: marketing, X009: cookies, X011: marketing },
  ...{ Y002: child, Y004: child, Y005: child, Y006: child, Y007: abroad, G028: breach },
}

t.test('the file asks what is said that it asks', async (t) =>
  t.strictSame(Object.keys(asked).toSorted(), askedAt['services/privacy/test/consent/cases.test.ts']?.toSorted()),
)

t.test('doors answer what the bank expects', async (t) => {
  const bank = readCases(readFileSync(new URL('../../../../libs/terms/cases/cases.csv', import.meta.url), 'utf8'))
  for (const { id, title, facts, expected } of bank.filter(({ id }) => id in asked))
    t.test(`${id} ${title}`, async (t) => {
      const got = await asked[id]!(facts as Facts)
      const said = Object.keys(expected).filter((key) => !(`${id}.${key}` in notAsked))
      t.ok(said.length > 0)
      for (const key of said) t.strictSame(got[key], expected[key], key)
    })
})
