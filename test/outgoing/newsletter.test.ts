import t from 'tap'
import { startBrevoSimulator } from '../../infra/brevo-simulator/simulator.ts'
import { createBrevo } from '../../services/privacy/consent/brevo/api.ts'
import { syncContacts } from '../../services/privacy/consent/brevo/sync.ts'
import { consenting } from '../../services/privacy/test/consent/a-consent.ts'
import { startPrivacyForTest } from '../../services/privacy/test/privacy-service.ts'
import { kindsIn, needlesOf, PERSON, untrueOf } from './a-needle.ts'

const house = await startPrivacyForTest()
const { deps, clock, hear } = house
const { give, withdraw, later } = consenting(house)
const webhook = { url: 'http://127.0.0.1:9', token: deps.consent.brevoToken! }
const simulator = await startBrevoSimulator({ now: clock.now, webhook })
const brevo = createBrevo({ baseUrl: simulator.url, apiKey: 'a-key-of-tests' })
t.teardown(async () => {
  await brevo.close()
  await simulator.stop()
})

t.test('Brevo is told of a customer what the register of ways out says, no more and no less', async (t) => {
  const orderId = crypto.randomUUID()
  const { email, address: shippingAddress } = PERSON
  await hear('OrderPlaced', { orderId, seller: 'smartgroup', personal: { email, shippingAddress } })
  const person = { controller: 'smartgroup', kind: 'email', value: email }
  const sync = () => syncContacts({ ...deps, brevo, lists: new Map([['newsletter', 3]]) })
  await give(person)
  await sync()
  later(60)
  await withdraw(person)
  await sync()
  const sent = simulator.journal().map(({ path, body }) => [path, body])
  t.ok(sent.length > 1)
  t.strictSame(untrueOf('Brevo', kindsIn(sent, needlesOf([orderId], []))), [])
})
