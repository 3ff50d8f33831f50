import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import { IMAGE } from './settings.ts'

/** After it is told to stop: nobody is sent to it any more once this is over, wherever they look up who there is. */
const UNTIL_UNLISTED_SECONDS = 5
/** What it is given to stop in: the above, the eight seconds that a stop takes at most, and a margin. */
export const GRACE_SECONDS = 20

/** Labels by which what belongs to an instance is found. */
export const labelsOf = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'vilkar' })

export const fromSecret = (secret: string, names: readonly string[], optional = false): IEnvVar[] =>
  names.map((name) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key: name, ...(optional && { optional }) } },
  }))

/** A container of the one image: it writes nothing and gains no right. */
export const containerOf = (name: string, command: string[], rest: Omit<IContainer, 'name'>): IContainer => ({
  name,
  image: IMAGE,
  command,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  ...rest,
})

/** The user `node` of the image. */
const USER = 1_000

/** A pod that no one else's rights are borrowed by. */
export const podOf = (spec: IPodSpec): IPodSpec => ({
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  ...spec,
})

const asks = (path: string) => ({ httpGet: { path, port: 'http' } })

/** How it is known that a process lives, takes requests, and is to be let go of. */
export const watched: Pick<IContainer, 'startupProbe' | 'livenessProbe' | 'readinessProbe' | 'lifecycle'> = {
  startupProbe: { ...asks('/health/live'), periodSeconds: 2, failureThreshold: 60 },
  livenessProbe: { ...asks('/health/live'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  // Longer than the two seconds that a look at the database may take.
  readinessProbe: { ...asks('/health/ready'), periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 2 },
  lifecycle: { preStop: { sleep: { seconds: UNTIL_UNLISTED_SECONDS } } },
}
