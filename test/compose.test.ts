import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { listensTo } from '@vilkar/contracts/listens-to.ts'
import { producersOf } from '@vilkar/messaging/inbox/reactions.ts'
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import { Config as MigrationConfig } from '@vilkar/migrate/config.ts'
import { accountsConf } from '@vilkar/nats/accounts.ts'
import { startBroker } from '@vilkar/testing/broker.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { readConfig } from '../libs/server/config.ts'
import { createLog } from '../libs/server/log.ts'
import { SERVICE_ROLE } from '../libs/server/roles.ts'
import { Config as ConsoleConfig } from '../services/console/config.ts'
import { Config as OrdersConfig } from '../services/orders/config.ts'
import { Config as PrivacyConfig } from '../services/privacy/config.ts'
import { Config as ReturnsConfig } from '../services/returns/config.ts'
import { Config as ShippingConfig } from '../services/shipping/config.ts'

type Service = {
  image: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: string[]; disable?: boolean }
  build?: { context: string; dockerfile: string }
  volumes?: string[]
  ports?: string[]
  cap_drop?: string[]
  cap_add?: string[]
  security_opt?: string[]
  read_only?: boolean
}

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFile(join(ROOT, path), 'utf8')
const source = await read('docker-compose.yml')
const dockerfile = await read('infra/container/Dockerfile')
const initSql = await read('infra/postgres/init.sql')
const natsConf = await read('infra/nats/nats.conf')
const { services, volumes } = parse(source, { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const configs = {
  ...{ orders: OrdersConfig, shipping: ShippingConfig, returns: ReturnsConfig, privacy: PrivacyConfig },
  console: ConsoleConfig,
}
const names = Object.keys(configs) as (keyof typeof configs)[]
/** Those that tell events and hear them. */
const onBroker = names.filter((name) => name !== 'console') as ServiceName[]

/** Stand-ins for what `.env` must say: the password of a variable is the variable's own name. */
const addresses: Record<string, string> = {
  AUTH_ISSUER: 'https://issuer.example',
  STOREFRONT_URL: 'https://shop.example',
  SMTP_URL: 'smtp://mailpit:1025',
  LINK_SECRETS: 'a'.repeat(48),
  SESSION_SECRETS: 'a'.repeat(48),
  SUBJECT_SECRET: 'a'.repeat(48),
}
const VARIABLE = /\$\{(\w+)(?::([?-])([^}]*))?\}/g
const substituted = (value: string) =>
  value.replaceAll(VARIABLE, (_, name: string, kind?: string, word?: string) =>
    kind === '-' ? word! : (addresses[name] ?? name),
  )
const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [variable, substituted(value)]),
  )

t.test('a service in docker-compose.yml', async (t) => {
  for (const name of names) {
    t.test(`${name} starts with the environment that it is given`, async (t) => {
      const config = readConfig(configs[name], environmentOf(name))
      t.equal(config.HOST, '0.0.0.0', 'reachable from outside its container')
      const unknown = Object.keys(environmentOf(name)).filter((variable) => !(variable in configs[name].properties))
      t.strictSame(unknown, [])
    })

    t.test(`${name} runs its own program, from the one image`, async (t) => {
      const { command = [], build } = services[name]!
      t.strictSame(command, ['node', `services/${name}/main.ts`])
      t.ok(existsSync(join(ROOT, command[1]!)))
      t.strictSame(build, { context: '.', dockerfile: 'infra/container/Dockerfile' })
    })
  }

  t.test('knows nothing of the role that owns its tables: a program that ends migrates before it', async (t) => {
    for (const name of names) {
      const { command, depends_on } = services[name]!
      t.notMatch(JSON.stringify(services[name]), /owner|OWNER|MIGRATION_DATABASE_URL/, name)
      t.equal(readConfig(configs[name], environmentOf(name)).MIGRATE, false)
      t.strictSame(depends_on![`migrate-${name}`], { condition: 'service_completed_successfully' })
      const migration = environmentOf(`migrate-${name}`)
      t.equal(readConfig(MigrationConfig, migration).SERVICE, name)
      t.strictSame(
        Object.keys(migration).filter((variable) => !(variable in MigrationConfig.properties)),
        [],
      )
      t.not(command, services[`migrate-${name}`]!.command)
      t.strictSame(services[`migrate-${name}`]!.command, ['node', 'infra/migrate/main.ts'])
    }
  })

  t.test('takes no money but play money unless told otherwise', async (t) => {
    t.match(environmentOf('orders').KLARNA_URL!, /\.playground\.klarna\.com$/)
  })
})

t.test('docker-compose.yml', async (t) => {
  t.test('gives no process more than it needs', async (t) => {
    for (const [name, service] of Object.entries(services)) {
      t.strictSame(service.cap_drop, ['ALL'], `${name} has no capability`)
      t.equal(service.read_only, true, `${name} writes on volumes only`)
      t.strictSame(service.security_opt, ['no-new-privileges:true'], `${name} gains no right`)
      for (const port of service.ports ?? [])
        t.match(port, /^127\.0\.0\.1:/, `${name} is reached from this machine only`)
    }
    const regained = Object.entries(services).filter(([, { cap_add = [] }]) => cap_add.length > 0)
    t.strictSame(
      regained.map(([name]) => name),
      ['postgres'],
    )
  })

  t.test('sends no mail to nowhere: the mail server has no default', async (t) => {
    t.match(source, /SMTP_URL: \$\{SMTP_URL:\?/)
    t.match(await read('.env.example'), /^SMTP_URL=$/m)
    t.throws(() => readConfig(OrdersConfig, { ...environmentOf('orders'), SMTP_URL: '' }), /SMTP_URL \(is missing/)
  })

  t.test('names a version of every image', async (t) => {
    const unpinned = Object.entries(services).filter(([, { image }]) => !/^[\w./-]+:v?\d+\.\d+[\w.-]*$/.test(image))
    t.strictSame(unpinned, [])
  })

  t.test('says of every secret and address what is missing, and keeps none itself', async (t) => {
    const bare = [...source.matchAll(VARIABLE)].filter(([, , kind]) => kind === undefined).map(([, name]) => name!)
    const required = [...source.matchAll(VARIABLE)].filter(([, , kind]) => kind === '?').map(([, name]) => name!)
    t.strictSame(
      bare.filter((name) => !required.includes(name)),
      [],
    )
    const secrets = [...source.matchAll(/^ +(\w*(?:PASSWORD|SECRET|KEY)): *(.*)$/gm)]
    t.ok(secrets.length > 0)
    for (const [, name, value] of secrets) t.match(value!, /^'?"?\$\{\w+:(\?.+|-)\}"?'?$/, name!)
  })

  t.test('.env.example names every variable, and no other', async (t) => {
    const named = [...(await read('.env.example')).matchAll(/^(\w+)=/gm)].map(([, name]) => name!)
    t.strictSame(named.sort(), [...new Set([...source.matchAll(VARIABLE)].map(([, name]) => name!))].sort())
  })

  t.test('has Prometheus ask each service that serves figures', async (t) => {
    const { scrape_configs: asked } = parse(await read('infra/observability/prometheus.yml'))
    const targets = asked.flatMap((each: { static_configs: { targets: string[] }[] }) =>
      each.static_configs.flatMap((one) => one.targets),
    )
    const serving = names.flatMap((name) => {
      const { METRICS_PORT } = environmentOf(name)
      return METRICS_PORT === undefined ? [] : `${name}:${METRICS_PORT.match(/\d+/)![0]}`
    })
    t.ok(serving.length > 0)
    t.strictSame(targets.sort(), serving.sort())
  })

  t.test('.env.example gives no secret, and shows the form of one only in what it says', async (t) => {
    const given = [...(await read('.env.example')).matchAll(/^(\w*(?:SECRET|KEY|PASSWORD|TOKEN)\w*)=(.+)$/gm)]
    t.strictSame(
      given.filter(([, , value]) => /[…,=]/.test(value!)).map(([line]) => line),
      [],
    )
  })

  t.test('waits only for services that exist and can say that they are well', async (t) => {
    for (const [name, { depends_on = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const ends = services[other]?.healthcheck?.disable === true
        t.equal(condition, ends ? 'service_completed_successfully' : 'service_healthy', `${name} waits for ${other}`)
        // What is built here has the health check of the image.
        t.ok(services[other]?.healthcheck ?? services[other]?.build, `${other} has no health check`)
      }
  })

  t.test('waits for every host of its own that a service is told of', async (t) => {
    for (const name of names) {
      const hosts = Object.values(environmentOf(name)).map((value) => URL.parse(value)?.hostname ?? '')
      const own = hosts.filter((host) => host in services).sort()
      t.strictSame(
        Object.keys(services[name]!.depends_on ?? {}).sort(),
        [...new Set([...own, `migrate-${name}`])].sort(),
        name,
      )
    }
  })

  t.test('mounts files and volumes that exist', async (t) => {
    const mounts = Object.values(services).flatMap((service) => service.volumes ?? [])
    t.ok(mounts.length > 0)
    for (const mount of mounts) {
      const [from = ''] = mount.split(':')
      t.ok(from.startsWith('.') ? existsSync(join(ROOT, from)) : from in volumes, mount)
    }
  })
})

t.test('the image', async (t) => {
  t.test('copies what exists, and .dockerignore lets it in', async (t) => {
    const ignore = (await read('.dockerignore')).split('\n')
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' '))
    t.ok(copied.length > 0)
    for (const path of copied) {
      t.ok(existsSync(join(ROOT, path)), path)
      t.ok(ignore.includes(`!${path}`), `.dockerignore keeps ${path} out`)
    }
  })

  t.test('has every package of the workspace, so that the frozen lockfile fits', async (t) => {
    const { packages } = parse(await read('pnpm-workspace.yaml')) as { packages: string[] }
    for (const pattern of packages) {
      t.ok(globSync(join(ROOT, pattern, 'package.json')).length > 0, pattern)
      t.match(dockerfile, new RegExp(`^COPY ${pattern.split('/')[0]} `, 'm'))
    }
  })

  const isNode = (name: string) => /^node-(bin-)?(darwin|linux|win)-/.test(name)
  t.test('runs the Node that the tests run on, as a user without rights', async (t) => {
    const { catalog } = parse(await read('pnpm-workspace.yaml')) as { catalog: Record<string, string> }
    const versions = new Set(Object.keys(catalog).flatMap((name) => (isNode(name) ? [catalog[name]!] : [])))
    t.equal(versions.size, 1, 'one Node for every machine')
    t.match(dockerfile, new RegExp(`^FROM node:${RegExp.escape([...versions][0]!)}-slim$`, 'm'))
    t.match(dockerfile, /^USER node$/m)
    t.match(dockerfile, /pnpm install --prod --frozen-lockfile /)
  })

  t.test('runs a program that exists, and asks it whether it is ready', async (t) => {
    const command = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)![1]!) as string[]
    t.ok(existsSync(join(ROOT, command[1]!)))
    const [, probe] = /HEALTHCHECK .*\\\n +CMD (.+)$/m.exec(dockerfile)!
    const path = /PORT\}(\/[\w/]+)`/.exec(probe!)?.[1]
    t.match(await read('libs/server/http.ts'), new RegExp(`server\\.get\\('${path}'`))
  })
})

t.test('init.sql makes the databases and roles that the services connect to, and no others', async (t) => {
  const urls = names.map((name) => new URL(environmentOf(name).DATABASE_URL!))
  const owners = names.map((name) => new URL(environmentOf(`migrate-${name}`).MIGRATION_DATABASE_URL!))
  const made = (pattern: RegExp) => [...initSql.matchAll(pattern)].map(([, name]) => name!).sort()
  const variables = new Map([...initSql.matchAll(/^\\getenv (\w+) (\w+)$/gm)].map(([, name, from]) => [name!, from!]))
  t.strictSame(made(/^create role (\w+) login/gm), [...urls, ...owners].map(({ username }) => username).sort())
  t.strictSame(made(/^create database (\w+) /gm), urls.map(({ pathname }) => pathname.slice(1)).sort())
  for (const { username, password } of [...urls, ...owners]) {
    const [, variable] = new RegExp(`^create role ${username} login password :'(\\w+)'`, 'm').exec(initSql)!
    t.equal(environmentOf('postgres')[variables.get(variable!)!], password, `the password of ${username}`)
  }
  const [, closed] = /^revoke all on database (.+) from public;$/m.exec(initSql)!
  t.strictSame(closed!.split(', ').sort(), [...names, 'postgres', 'template1'].sort(), 'nobody enters unless named')
  for (const [i, { username, pathname }] of urls.entries()) {
    const database = pathname.slice(1)
    t.match(initSql, new RegExp(`^create database ${database} owner ${owners[i]!.username};$`, 'm'))
    t.equal(owners[i]!.pathname, pathname)
    t.match(initSql, new RegExp(`^create role ${username} login .* in role ${SERVICE_ROLE};$`, 'm'))
    t.match(initSql, new RegExp(`^grant connect on database ${database} to ${username};$`, 'm'))
  }
})

t.test('nats.conf', async (t) => {
  t.test('syncs before it acknowledges, and keeps its store on the volume', async (t) => {
    t.match(natsConf, /^ +sync_interval: always$/m)
    const store = /store_dir: "([^"]+)"/.exec(natsConf)![1]
    t.ok(services.nats!.volumes!.includes(`nats:${store}`))
  })

  t.test('includes the accounts that the code gives', async (t) => {
    t.match(natsConf, /^include "accounts.conf"$/m)
    t.ok((await read('infra/nats/accounts.conf')) === accountsConf(), 'accounts.conf differs: run "pnpm run docs"')
    const mounted = services.nats!.volumes!.map((mount) => mount.split(':')[0])
    t.ok(mounted.includes('./infra/nats/accounts.conf') && mounted.includes('./infra/nats/nats.conf'))
  })

  t.test('has a user for every service, whose reactions are to what it hears', async (t) => {
    for (const name of onBroker) {
      const { reactions } = await import(`@vilkar/${name}/service.ts`)
      t.strictSame(producersOf(reactions).sort(), listensTo[name].toSorted(), name)
    }
  })

  t.test('lets each service tell its own events and hear those that it listens to', async (t) => {
    const wires = await openWires(t)
    if (wires === undefined) return
    const signal = AbortSignal.timeout(PATIENCE_MS)
    for (const name of onBroker) {
      await wires[name].ready(signal)
      await wires[name].openStream(name)
      const message = { subject: `evt.${name}.0.Told.a-1`, id: `${name}:0`, eventNo: 1, body: name }
      t.equal((await wires[name].publish(name, [message])).length, 1)
      t.equal(await wires[name].lastEventNo(name), 1)
    }
    for (const name of onBroker)
      for (const producer of listensTo[name]) {
        for await (const { messages, ack } of wires[name].consume(producer, name, 0, signal)) {
          t.strictSame(messages, [{ eventNo: 1, body: producer }])
          ack()
          break
        }
      }
    await wires.orders.rebuildStream('orders')
  })

  t.test('lets nobody tell the events of another, or in without a password', async (t) => {
    const wires = await openWires(t)
    if (wires === undefined) return
    const signal = AbortSignal.timeout(PATIENCE_MS)
    await wires.orders.ready(signal)
    await wires.orders.openStream('orders')
    await wires.shipping.ready(signal)
    const forged = { subject: 'evt.orders.0.OrderCancelled.a-1', id: 'forged:0', eventNo: 1, body: '{}' }
    await t.rejects(wires.shipping.publish('orders', [forged]))
    t.equal((await wires.orders.openStream('orders')).messages, 0)

    const waited = AbortSignal.timeout(300)
    await wires.stranger.ready(waited)
    await assert.rejects(wires.stranger.openStream('orders'), { code: 'WIRE_LOST' })
  })
})

/** A broker with nats.conf, its operator, and each service on it with the user that it is given. */
async function openWires(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-nats-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const broker = await startBroker({ directory })
  if (broker === undefined) {
    t.pass('There is no nats-server on the PATH.', { skip: true })
    return undefined
  }
  const log = createLog('test', 'silent')
  const at = (servers: string) => connectNats({ servers, log })
  const wires = {
    orders: at(broker.url('orders')),
    shipping: at(broker.url('shipping')),
    returns: at(broker.url('returns')),
    privacy: at(broker.url('privacy')),
    stranger: at(`nats://127.0.0.1:${broker.port}`),
  }
  t.teardown(async () => {
    for (const wire of Object.values(wires)) await wire.close()
    await broker.stop()
  })
  return wires
}
