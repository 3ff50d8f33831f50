import { agreementOf, agreements } from '@vilkar/payments/providers.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
// Alone in its process, which sells for one more.
import { addSeller } from '@vilkar/terms/editions/registry.ts'
import { nordlys } from '@vilkar/terms/test/fixtures/nordlys/seller.ts'
import t from 'tap'
import { Config, settingsOf } from '../../config.ts'
import { methodOf, openProviders } from '../../money/providers.ts'

const service = {
  PORT: '0',
  DATABASE_URL: 'postgres://orders@127.0.0.1/orders',
  NATS_URL: 'nats://127.0.0.1',
  AUTH_ISSUER: 'http://127.0.0.1',
  SMTP_URL: 'smtp://127.0.0.1',
  PUBLIC_URL: 'http://127.0.0.1',
  STOREFRONT_URL: 'http://127.0.0.1',
}
/** Every variable of a provider, with a value. */
const valuesOf = ({ properties }: { properties: object }) =>
  Object.fromEntries(
    Object.keys(properties).map((name) => [name, name.endsWith('_URL') ? 'http://127.0.0.1:1' : 'any']),
  )
const klarna = valuesOf(agreementOf('klarna').variables)
const vipps = valuesOf(agreementOf('vipps').variables)
const open = (env: NodeJS.ProcessEnv) => openProviders(readConfig(Config, { ...service, ...env }), systemClock, env)

t.test('customers pay at Klarna unless it is said otherwise', async (t) => {
  const { providers, close } = open({ ...klarna, ...vipps })
  t.equal(providers.current.name, 'klarna')
  t.equal(providers.named('vipps').name, 'vipps')
  await close()
})

t.test('what was paid where nothing is set any more is a sentence that says so', async (t) => {
  const { providers, close } = open({ ...vipps, PAYMENT_PROVIDER: 'vipps' })
  t.throws(() => providers.named('klarna'), /made at klarna, which is not configured/)
  await close()
})

t.test('a start without what is needed is stopped by a sentence that names it', async (t) => {
  t.throws(() => open({}), /PAYMENT_PROVIDER is klarna, whose variables are not set/)
  t.throws(() => open({ KLARNA_URL: 'http://127.0.0.1' }), /KLARNA_USERNAME \(is missing: .*KLARNA_PASSWORD/)
  t.throws(() => open({ ...klarna, VIPPS_CLIENT_ID: 'id' }), /VIPPS_URL \(is missing/)
  t.throws(() => open({ ...klarna, PAYMENT_PROVIDER: 'cash' }), /PAYMENT_PROVIDER \(has a wrong value/)
})

t.test(
  'a provider that is set by half is refused by each name that is missing, and set whole it is opened',
  async (t) => {
    for (const { variables, names } of agreements) {
      const set = Object.entries(valuesOf(variables))
      for (const [missing] of set) {
        const half = Object.fromEntries(set.filter(([name]) => name !== missing))
        t.throws(() => open({ ...half, PAYMENT_PROVIDER: names[0] }), new RegExp(`${missing} \\(is missing`))
      }
      for (const name of names) {
        const { providers, close } = open({ ...Object.fromEntries(set), PAYMENT_PROVIDER: name })
        t.strictSame([providers.current.name, providers.named(names[0]!).name], [name, names[0]])
        await close()
      }
    }
  },
)

t.test('an address of ours may be given with a slash at its end', async (t) => {
  const env = { ...service, PUBLIC_URL: 'https://shop.example/api/', STOREFRONT_URL: 'https://shop.example//' }
  const { publicUrl, storefrontUrl } = settingsOf(readConfig(Config, env))
  t.strictSame([publicUrl, storefrontUrl], ['https://shop.example/api', 'https://shop.example'])
})

t.test('a seller with a prefix has credentials of their own, under names that begin with the seller', async (t) => {
  addSeller({ ...nordlys, credentialsPrefix: 'NORDLYS_' })
  const own = Object.fromEntries(Object.entries(vipps).map(([name, value]) => [`NORDLYS_${name}`, value]))
  const { providers, close } = open({ ...klarna, ...own, NORDLYS_PAYMENT_PROVIDER: 'vipps' })
  t.equal(providers.currentFor('smartgroup').name, 'klarna')
  t.equal(providers.currentFor('nordlys').name, 'nordlys.vipps')
  t.equal(providers.named('nordlys.vipps').name, 'nordlys.vipps')
  t.throws(() => providers.named('vipps'), /made at vipps, which is not configured/)
  t.strictSame(['nordlys.vipps', 'kustom', 'klarna-payments'].map(methodOf), ['vipps', 'klarna', 'klarna'])
  await close()
  t.throws(
    () => open({ ...klarna, ...own }),
    /nordlys, whose variables begin with NORDLYS_: .*PAYMENT_PROVIDER is klarna, whose variables are not set/,
  )
})
