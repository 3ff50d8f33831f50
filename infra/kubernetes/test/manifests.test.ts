import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Config as ConsoleConfig } from '@vilkar/console/config.ts'
import { Config as MigrationConfig, WaitConfig } from '@vilkar/migrate/config.ts'
import { Config as OperatorConfig } from '@vilkar/nats/config.ts'
import { Config as OrdersConfig } from '@vilkar/orders/config.ts'
import { Config as PrivacyConfig } from '@vilkar/privacy/config.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import t from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { files, manifests, NAMESPACE, secrets, serviceMonitor } from '../manifests.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(ROOT + path, 'utf8')
const configs = {
  ...{ orders: OrdersConfig, shipping: ShippingConfig, returns: ReturnsConfig, privacy: PrivacyConfig },
  console: ConsoleConfig,
}
const names = Object.keys(configs) as (keyof typeof configs)[]
/** Stand-ins for secrets that must have a form. */
const STAND_INS: Record<string, string> = {
  DATABASE_URL: 'postgres://a:b@postgres/a',
  MIGRATION_DATABASE_URL: 'postgres://a_owner:b@postgres/a',
  NATS_URL: 'nats://a:b@nats-0.nats:4222,nats://a:b@nats-1.nats:4222,nats://a:b@nats-2.nats:4222',
  SMTP_URL: 'smtps://mail.example',
  LINK_SECRETS: 'a'.repeat(48),
  BREVO_WEBHOOK_TOKEN: 'a'.repeat(48),
  OPT_OUT_MAILBOXES: 'shop=imaps://user:secret@mail.example/INBOX',
  SESSION_SECRETS: 'a'.repeat(48),
  SUBJECT_SECRET: 'a'.repeat(48),
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  CARRIER_SECRETS: 'a'.repeat(48),
  SIGNING_CARRIERS: `name=whsec_${'A'.repeat(32)}`,
  PHOTO_STORE: 's3://pictures?region=eu-north-1',
  KUSTOM_URL: 'https://kustom.example',
  VIPPS_URL: 'https://vipps.example',
  ORDER_PAGE_URL: 'https://shop.example/order',
}

// biome-ignore lint/suspicious/noExplicitAny: as it stands in the file, which the schemas of Kubernetes have judged.
type Plain = any
const plain: Plain[] = parseAllDocuments(read('infra/kubernetes/vilkar.yaml')).map((document) => document.toJS())
const named = (kind: string, name: string) =>
  plain.find(
    (each) => each.kind === kind && (each.metadata.name === name || each.metadata.name.startsWith(`${name}-0`)),
  )!
const podOf = (each: Plain): IPodSpec => each.spec.template.spec
const pods = plain.filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
const secretKeys = new Map(secrets().map(({ metadata, stringData }) => [metadata!.name!, Object.keys(stringData!)]))

/** The environment of a container, with the name of each secret in its place. */
function environmentOf({ env = [], envFrom = [] }: IContainer) {
  const settings = envFrom.map(({ configMapRef }) => named('ConfigMap', configMapRef!.name!).data)
  const own = env.map(({ name, value, valueFrom }) => {
    const { name: secret, key } = valueFrom?.secretKeyRef ?? {}
    if (value === undefined)
      t.ok(secretKeys.get(secret!)?.includes(key!), `${secret}/${key} is in secrets.example.yaml`)
    return [name, value ?? STAND_INS[name] ?? `${secret}/${key}`]
  })
  return Object.assign({}, ...settings, Object.fromEntries(own)) as Record<string, string>
}
const unknownTo = (schema: { properties: object }, environment: object) =>
  Object.keys(environment).filter((name) => !(name in schema.properties))

t.test('the manifests', async (t) => {
  t.test('are what the schemas of Kubernetes say, and the files what the code says', async (t) => {
    for (const each of [...manifests(), ...secrets()]) each.validate()
    t.throws(() => {
      const wrong = manifests().find(({ kind }) => kind === 'Deployment')! as Plain
      wrong.spec.replicas = 'two'
      wrong.validate()
    }, /replicas/)
    for (const [name, text] of Object.entries(files()))
      t.ok(read(`infra/kubernetes/${name}`) === text, `${name} differs: run "pnpm run docs"`)
    for (const { kind, metadata } of plain.slice(1)) t.equal(metadata.namespace, NAMESPACE, `${kind} ${metadata.name}`)
  })

  t.test('name each thing once', async (t) => {
    const all = plain.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    t.strictSame(all.length, new Set(all).size)
  })

  t.test('give no process more than it needs', async (t) => {
    t.equal(plain[0].metadata.labels['pod-security.kubernetes.io/enforce'], 'restricted')
    for (const pod of pods.map(podOf)) {
      t.match(pod.securityContext, { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      t.equal(pod.automountServiceAccountToken, false)
      for (const { name, securityContext, resources, image } of [...pod.containers, ...(pod.initContainers ?? [])]) {
        t.match(securityContext, {
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        })
        t.ok(resources?.requests && resources.limits?.memory, `${name} says what it takes`)
        t.equal(image, parse(read('docker-compose.yml'), { merge: true }).services.orders.image)
      }
    }
  })

  t.test('run programs that exist', async (t) => {
    for (const pod of pods.map(podOf))
      for (const { command } of [...pod.containers, ...(pod.initContainers ?? [])])
        t.ok(command![0] === 'node' && existsSync(ROOT + command![1]), command!.join(' '))
  })
})

for (const name of names)
  t.test(`${name} in Kubernetes`, async (t) => {
    const deployment = named('Deployment', name)
    const pod = podOf(deployment)
    const [container] = pod.containers
    const labels = deployment.spec.template.metadata.labels

    t.test('starts with the environment that it is given, as in docker-compose.yml', async (t) => {
      const environment = environmentOf(container!)
      t.strictSame(unknownTo(configs[name], environment), [])
      const config = readConfig(configs[name], environment)
      t.match(config, { HOST: '0.0.0.0', MIGRATE: false })
      const { services } = parse(read('docker-compose.yml'), { merge: true })
      const differing = new Set(Object.keys(environment)).symmetricDifference(
        new Set(Object.keys(services[name].environment)),
      )
      t.strictSame([...differing], [])
      for (const variable of ['KLARNA_URL', 'PAYMENT_PROVIDER'].filter((each) => each in environment))
        t.match(services[name].environment[variable], `:-${environment[variable]}}`, 'no real money unless told')
    })

    t.test('knows nothing of the role that owns its tables, which migrates before it', async (t) => {
      t.notMatch(JSON.stringify(deployment), /owner|MIGRATION_DATABASE_URL/)
      const job = named('Job', `${name}-migration`)
      const migration = environmentOf(podOf(job).containers[0]!)
      t.strictSame(unknownTo(MigrationConfig, migration), [])
      t.equal(readConfig(MigrationConfig, migration).SERVICE, name)
      t.match(
        job.metadata.name,
        new RegExp(`-${container!.image!.split(':')[1]!.replaceAll('.', '-')}$`),
        'of this version',
      )
      const [waiting] = pod.initContainers!
      t.strictSame(waiting!.command, ['node', 'infra/migrate/main.ts', '--await'])
      t.strictSame(unknownTo(WaitConfig, environmentOf(waiting!)), [])
      t.equal(readConfig(WaitConfig, environmentOf(waiting!)).SERVICE, name)
    })

    t.test('is replaced one by one, without anybody missing, and has the time that a stop takes', async (t) => {
      t.match(deployment.spec.strategy, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } })
      t.ok(deployment.spec.replicas >= 2)
      const [, stopMs] = /STOP_WITHIN_MS = ([\d_]+)/.exec(read('libs/server/run-service.ts'))!
      const stop = Number(stopMs!.replaceAll('_', '')) / 1_000
      t.ok(container!.lifecycle!.preStop!.sleep!.seconds + stop < pod.terminationGracePeriodSeconds!)
      const { spec } = named('PodDisruptionBudget', name)
      t.ok(spec.minAvailable >= 1 && spec.minAvailable < deployment.spec.replicas)
      t.strictSame(spec.selector.matchLabels, deployment.spec.selector.matchLabels)
    })

    t.test('is asked how it is where it says so, for longer than its own look takes', async (t) => {
      const http = read('libs/server/http.ts')
      const ports = new Map(container!.ports!.map(({ name, containerPort }) => [name, containerPort]))
      for (const probe of [container!.startupProbe, container!.livenessProbe, container!.readinessProbe]) {
        t.ok(http.includes(`server.get('${probe!.httpGet!.path}'`), String(probe!.httpGet!.path))
        t.ok(ports.has(String(probe!.httpGet!.port)))
      }
      const [, readyMs] = /READY_WITHIN_MS = ([\d_]+)/.exec(read('libs/server/service.ts'))!
      t.ok(container!.readinessProbe!.timeoutSeconds! > Number(readyMs!.replaceAll('_', '')) / 1_000)
    })

    t.test('is reached on the ports on which it listens, by whom the policy lets in', async (t) => {
      const { PORT, METRICS_PORT } = environmentOf(container!)
      const { spec } = named('Service', name)
      t.strictSame(spec.selector, labels)
      const listens = new Map(container!.ports!.map(({ name, containerPort }) => [name, containerPort]))
      t.strictSame([...listens.values()].map(String), [PORT, METRICS_PORT])
      for (const { port, targetPort } of spec.ports) t.equal(listens.get(targetPort), port)
      t.ok(spec.ports.some((port: { name: string }) => port.name === serviceMonitor.spec.endpoints[0]!.port))
      t.match(labels, serviceMonitor.spec.selector.matchLabels)
      const policy = named('NetworkPolicy', name)
      t.strictSame(
        policy.spec.ingress.map(({ ports }: Plain) => String(ports[0].port)),
        [PORT, METRICS_PORT],
      )
    })
  })

t.test('the operator of the broker is one, and makes streams with three copies', async (t) => {
  const deployment = named('Deployment', 'nats-operator')
  const environment = environmentOf(podOf(deployment).containers[0]!)
  t.strictSame(unknownTo(OperatorConfig, environment), [])
  t.match(readConfig(OperatorConfig, environment), { NATS_REPLICAS: 3, HOST: '0.0.0.0' })
  t.match(deployment.spec, { replicas: 1, strategy: { type: 'Recreate' } })
})

t.test('nobody reaches anybody who is not named', async (t) => {
  t.strictSame(named('NetworkPolicy', 'nobody').spec, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
  for (const { metadata, spec } of pods) {
    const { labels } = spec.template.metadata
    const policy = named('NetworkPolicy', labels['app.kubernetes.io/name'])
    t.strictSame(policy.spec.podSelector.matchLabels, labels, metadata.name)
    const { NATS_URL } = environmentOf(spec.template.spec.containers[0])
    const open = policy.spec.egress.flatMap(({ ports }: Plain) => ports.map(({ port }: Plain) => port))
    t.equal(open.includes(4222), NATS_URL !== undefined, `${metadata.name} reaches the broker if it must`)
    t.equal(
      open.includes(5432),
      metadata.name !== 'nats-operator',
      `${metadata.name} reaches its database if it has one`,
    )
  }
})
