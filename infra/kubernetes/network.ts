import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import type { INetworkPolicyEgressRule } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyEgressRule'
import { labelsOf } from './pods.ts'
import { commonSettings, type Program } from './settings.ts'

/** Namespaces with these labels may come in: whatever leads requests to the services, and whatever reads their metrics. */
export const MAY_CALL = { 'vilkar/may-call': 'true' }
export const MAY_MEASURE = { 'vilkar/may-measure': 'true' }

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP' as const, port }))
const names: INetworkPolicyEgressRule = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
  ports: [{ protocol: 'UDP', port: 53 }, ...tcp(53)],
}
const database: INetworkPolicyEgressRule = { ports: tcp(5432) }
const broker: INetworkPolicyEgressRule = { ports: tcp(4222) }
/** Partners outside: payment providers, the issuer, receivers of webhooks. Nothing of the cluster's own network. */
const partners: INetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'] } }],
  ports: tcp(443),
}
const mail: INetworkPolicyEgressRule = { ports: tcp(465, 587) }
/** Mailboxes to which people write that they opt out. */
const mailboxes: INetworkPolicyEgressRule = { ports: tcp(993) }
const traces: INetworkPolicyEgressRule = { ports: tcp(4318) }

/** The services that hold something of an order, on the port on which they answer: privacy asks them what, for who wants to see it. */
const holders: INetworkPolicyEgressRule[] = ['orders', 'shipping', 'returns'].map(portOf)
/** The services that the console asks. */
const servicesBehind = [...holders, portOf('privacy')]

function portOf(service: string): INetworkPolicyEgressRule {
  return { to: [{ podSelector: { matchLabels: labelsOf(service) } }], ports: tcp(Number(commonSettings.PORT)) }
}

/** Where each may go; a pod of the namespace that is not named goes nowhere and is reached by nobody. */
const egress: Record<string, INetworkPolicyEgressRule[]> = {
  orders: [names, database, broker, partners, mail, traces],
  shipping: [names, database, broker, partners, traces],
  returns: [names, database, broker, partners, mail, traces],
  privacy: [names, database, broker, partners, mail, mailboxes, traces, ...holders],
  console: [names, database, partners, traces, ...servicesBehind],
  'orders-migration': [names, database],
  'shipping-migration': [names, database],
  'returns-migration': [names, database],
  'privacy-migration': [names, database],
  'console-migration': [names, database],
  'nats-operator': [names, broker],
}

/** Who may reach whom: nobody but who is named here. */
export function networkPolicies(services: readonly Program[]) {
  const comingIn = (name: string) => [
    {
      from: [
        { namespaceSelector: { matchLabels: MAY_CALL } },
        // The console asks services as whoever is signed in there, privacy what they hold.
        ...(name === 'console' ? [] : [{ podSelector: { matchLabels: labelsOf('console') } }]),
        ...(name === 'console' || name === 'privacy' ? [] : [{ podSelector: { matchLabels: labelsOf('privacy') } }]),
      ],
      ports: tcp(Number(commonSettings.PORT)),
    },
    { from: [{ namespaceSelector: { matchLabels: MAY_MEASURE } }], ports: tcp(Number(commonSettings.METRICS_PORT)) },
  ]
  return [
    new NetworkPolicy({
      metadata: { name: 'nobody', labels: labelsOf('vilkar') },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }),
    ...Object.entries(egress).map(
      ([name, rules]) =>
        new NetworkPolicy({
          metadata: { name, labels: labelsOf(name) },
          spec: {
            podSelector: { matchLabels: labelsOf(name) },
            policyTypes: ['Ingress', 'Egress'],
            ingress: services.includes(name as Program) ? comingIn(name) : [],
            egress: rules,
          },
        }),
    ),
  ]
}
