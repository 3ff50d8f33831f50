import { Namespace } from 'kubernetes-models/v1/Namespace'
import { Secret } from 'kubernetes-models/v1/Secret'
import { stringify } from 'yaml'
import { networkPolicies } from './network.ts'
import { labelsOf } from './pods.ts'
import {
  OPERATOR_SECRET,
  operatorSecrets,
  ownerSecretOf,
  type Program,
  secretOf,
  services,
  tracedOf,
} from './settings.ts'
import { commonConfig, natsOperator, workloadsOf } from './workloads.ts'

export const NAMESPACE = 'vilkar'
const names = Object.keys(services) as Program[]

/** Everything but secrets, in the order in which it is made. */
export const manifests = () => [
  new Namespace({
    metadata: {
      name: NAMESPACE,
      labels: { ...labelsOf('vilkar'), 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  }),
  commonConfig(),
  ...networkPolicies(names),
  natsOperator(),
  ...names.flatMap(workloadsOf),
]

/** The Secrets that the manifests name, with every key and no value. */
export const secrets = () => {
  const empty = (name: string, keys: readonly string[]) =>
    new Secret({
      metadata: { name, labels: labelsOf(name) },
      type: 'Opaque',
      stringData: Object.fromEntries(keys.map((key) => [key, ''])),
    })
  return [
    empty(OPERATOR_SECRET, operatorSecrets),
    ...names.flatMap((service) => [
      empty(ownerSecretOf(service), ['MIGRATION_DATABASE_URL']),
      empty(secretOf(service), [...services[service].secrets, ...services[service].optional, ...tracedOf(service)]),
    ]),
  ]
}

/** Read by the Prometheus operator, where there is one: a kind of its own, which a cluster without it does not know. */
export const serviceMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'vilkar', namespace: NAMESPACE, labels: labelsOf('vilkar') },
  spec: {
    // The rules ask for the job `vilkar`; without this it would be the name of each Service.
    jobLabel: 'app.kubernetes.io/part-of',
    selector: { matchLabels: { 'app.kubernetes.io/part-of': 'vilkar' } },
    endpoints: [{ port: 'metrics', interval: '15s' }],
  },
}

type Model = { apiVersion: string; kind: string; metadata?: { namespace?: string } }

const asText = (head: string, models: readonly Model[]) =>
  `# Written by "pnpm run docs" from infra/kubernetes: ${head}\n${models
    .map((model) => {
      const plain = JSON.parse(JSON.stringify(model)) as Model
      if (plain.kind !== 'Namespace') plain.metadata = { ...plain.metadata, namespace: NAMESPACE }
      return `---\n${stringify(plain, { lineWidth: 120, aliasDuplicateObjects: false })}`
    })
    .join('')}`

/** The files, by name. */
export const files = (): Record<string, string> => ({
  'vilkar.yaml': asText(
    'kubectl apply --filename vilkar.yaml. What it needs: docs/kubernetes.md.',
    manifests() as Model[],
  ),
  'secrets.example.yaml': asText(
    'every Secret and key; leave out of those that are optional what is not used.',
    secrets() as Model[],
  ),
  'service-monitor.yaml': asText('only where the Prometheus operator runs.', [serviceMonitor]),
})
