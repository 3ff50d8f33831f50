import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
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
const klarna = { KLARNA_URL: 'http://127.0.0.1:1', KLARNA_USERNAME: 'u', KLARNA_PASSWORD: 'p' }
const kustom = { KUSTOM_URL: 'http://127.0.0.1:1', KUSTOM_USERNAME: 'u', KUSTOM_PASSWORD: 'p' }
const vipps = {
  VIPPS_URL: 'http://127.0.0.1:1',
  VIPPS_CLIENT_ID: 'id',
  VIPPS_CLIENT_SECRET: 'secret',
  VIPPS_SUBSCRIPTION_KEY: 'key',
  VIPPS_MERCHANT_SERIAL_NUMBER: '123456',
  VIPPS_WEBHOOK_SECRET: 'hush',
}
const open = (env: NodeJS.ProcessEnv) => openProviders(readConfig(Config, { ...service, ...env }), systemClock, env)

t.test('customers pay at Klarna unless it is said otherwise', async (t) => {
  const { providers, close } = open({ ...klarna, ...vipps })
  t.equal(providers.current.name, 'klarna')
  t.equal(providers.named('vipps').name, 'vipps')
  await close()
})

t.test('each provider can be the one that customers pay at, and those with variables stay known', async (t) => {
  for (const [name, env] of Object.entries({ 'klarna-payments': klarna, kustom, vipps })) {
    const { providers, close } = open({ ...env, PAYMENT_PROVIDER: name })
    t.equal(providers.current.name, name)
    await close()
  }
  const { providers, close } = open({ ...vipps, PAYMENT_PROVIDER: 'vipps' })
  t.throws(() => providers.named('klarna'), /made at klarna, which is not configured/)
  await close()
})

t.test('a start without what is needed is stopped by a sentence that names it', async (t) => {
  t.throws(() => open({}), /PAYMENT_PROVIDER is klarna, whose variables are not set/)
  t.throws(() => open({ KLARNA_URL: 'http://127.0.0.1' }), /KLARNA_USERNAME \(is missing: .*KLARNA_PASSWORD/)
  t.throws(() => open({ ...klarna, VIPPS_CLIENT_ID: 'id' }), /VIPPS_URL \(is missing/)
  const { VIPPS_WEBHOOK_SECRET: _, ...unsigned } = vipps
  t.throws(() => open({ ...klarna, ...unsigned }), /VIPPS_WEBHOOK_SECRET \(is missing/)
  t.throws(() => open({ ...klarna, PAYMENT_PROVIDER: 'cash' }), /PAYMENT_PROVIDER \(has a wrong value/)
})

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
