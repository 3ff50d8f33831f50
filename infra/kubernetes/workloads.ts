import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { Job } from 'kubernetes-models/batch/v1/Job'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap'
import { Service } from 'kubernetes-models/v1/Service'
import { containerOf, fromSecret, GRACE_SECONDS, labelsOf, podOf, watched } from './pods.ts'
import {
  commonSettings,
  IMAGE,
  OPERATOR_SECRET,
  operatorSecrets,
  operatorSettings,
  ownerSecretOf,
  type Program,
  secretOf,
  services,
  tracedOf,
} from './settings.ts'

const REPLICAS = 2
const COMMON = 'vilkar'
const MIGRATE = ['node', 'infra/migrate/main.ts']
/** A Job is never changed, so that each version has its own. */
const VERSION = IMAGE.split(':')[1]!.replaceAll('.', '-')
const MIGRATION_ENDS_AFTER_SECONDS = 3_600
const KEPT_SECONDS = 7 * 24 * 3_600

const small = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } }
const working = { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '1Gi' } }

/** What all services are told alike. */
export const commonConfig = () =>
  new ConfigMap({ metadata: { name: COMMON, labels: labelsOf('vilkar') }, data: commonSettings })

/** All that one service is: its processes, how they are reached, how many must stay, and who migrates for them. */
export function workloadsOf(service: Program) {
  const { settings } = services[service]
  const labels = labelsOf(service)
  const metadata = { name: service, labels }
  const ports = { http: Number(commonSettings.PORT), metrics: Number(commonSettings.METRICS_PORT) }
  return [
    ...(Object.keys(settings).length > 0 ? [new ConfigMap({ metadata, data: settings })] : []),
    migrationOf(service),
    deploymentOf(service, ports),
    new Service({
      metadata,
      spec: {
        selector: labels,
        ports: Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: name })),
      },
    }),
    new PodDisruptionBudget({ metadata, spec: { minAvailable: 1, selector: { matchLabels: labels } } }),
  ]
}

/** The ConfigMaps that a program is told from: what is common is not the console's. */
const mapsOf = (service: Program) => [
  ...(service === 'console' ? [] : [COMMON]),
  ...(Object.keys(services[service].settings).length > 0 ? [service] : []),
]

/** Runs once for a version, with the role that owns the tables, which nobody else knows. */
function migrationOf(service: Program) {
  const name = `${service}-migration`
  const labels = labelsOf(name)
  const env = [{ name: 'SERVICE', value: service }, ...fromSecret(ownerSecretOf(service), ['MIGRATION_DATABASE_URL'])]
  return new Job({
    metadata: { name: `${name}-${VERSION}`, labels },
    spec: {
      backoffLimit: 10,
      activeDeadlineSeconds: MIGRATION_ENDS_AFTER_SECONDS,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels },
        spec: podOf({
          restartPolicy: 'OnFailure',
          containers: [containerOf('migrate', MIGRATE, { env, resources: small })],
        }),
      },
    },
  })
}

function deploymentOf(service: Program, ports: Record<string, number>) {
  const { secrets, optional } = services[service]
  const labels = labelsOf(service)
  const waiting = [{ name: 'SERVICE', value: service }, ...fromSecret(secretOf(service), ['DATABASE_URL'])]
  return new Deployment({
    metadata: { name: service, labels },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: labels },
      // Two versions work side by side (decision 34): a new process is there before an old one goes, so that nobody is missed.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      minReadySeconds: 5,
      template: {
        metadata: { labels },
        spec: podOf({
          terminationGracePeriodSeconds: GRACE_SECONDS,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
          // Its schema is there first: expand, then the version that uses it.
          initContainers: [containerOf('await-migration', [...MIGRATE, '--await'], { env: waiting, resources: small })],
          containers: [
            containerOf(service, ['node', `services/${service}/main.ts`], {
              envFrom: mapsOf(service).map((name) => ({ configMapRef: { name } })),
              env: [
                ...fromSecret(secretOf(service), secrets),
                ...fromSecret(secretOf(service), [...optional, ...tracedOf(service)], true),
              ],
              ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
              resources: working,
              ...watched,
            }),
          ],
        }),
      },
    },
  })
}

/** Who alone makes streams and durables: one process, and none beside it while it is changed. */
export function natsOperator() {
  const labels = labelsOf('nats-operator')
  const env = [
    ...Object.entries(operatorSettings).map(([name, value]) => ({ name, value })),
    ...fromSecret(OPERATOR_SECRET, operatorSecrets),
  ]
  return new Deployment({
    metadata: { name: 'nats-operator', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: { type: 'Recreate' },
      template: {
        metadata: { labels },
        spec: podOf({
          terminationGracePeriodSeconds: GRACE_SECONDS,
          containers: [
            containerOf('nats-operator', ['node', 'infra/nats/main.ts'], {
              env,
              ports: [{ name: 'http', containerPort: Number(operatorSettings.PORT) }],
              resources: small,
              readinessProbe: watched.readinessProbe,
            }),
          ],
        }),
      },
    },
  })
}
