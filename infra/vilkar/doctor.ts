import { alarmsOf, backlogOf } from './backlog.ts'
import type { Command } from './commands.ts'
import { isSaid, said } from './exit.ts'
import type { Service } from './services.ts'
import { ago, plain } from './words.ts'

/** Every service is looked at, also when one of them does not answer; that is what one asks a doctor about. */
export const doctor: Command = async ({ services, say }) => {
  const found = await Promise.all(services.map(async (service) => ({ service, ...(await wrongWith(service)) })))
  for (const { service, wrong } of found) {
    say(`${service.name} (${service.url}): ${wrong.length === 0 ? 'all is well' : ''}`.trimEnd())
    for (const line of wrong) say(`  - ${plain(line)}`)
  }
  const silent = found.filter(({ isAsked }) => !isAsked).map(({ service }) => service.name)
  if (silent.length > 0) throw said('unreachable', `Not all could be asked: ${silent.join(', ')}.`)
  return found.every(({ wrong }) => wrong.length === 0)
}

async function wrongWith(service: Service): Promise<{ wrong: string[]; isAsked: boolean }> {
  const [live, ready] = await Promise.all([service.health('/health/live'), service.health('/health/ready')])
  if (live?.status !== 200) return { wrong: ['does not run, or cannot be reached from here'], isAsked: false }
  const notReady = ready?.status === 200 ? [] : [`is not ready: ${ready?.detail ?? 'it does not say why'}`]
  try {
    const [backlog, alarms] = await Promise.all([backlogOf(service), alarmsOf(service)])
    const { outbox, relay, inbox, partitions, jobs } = backlog
    const failing = jobs.filter((queue) => queue.failing > 0)
    const kinds = [...Map.groupBy(alarms, ({ kind }) => kind)].map(([kind, { length }]) => `${length} ${kind}`)
    const wrong = [
      ...notReady,
      ...(relay.leader === undefined ? ['nobody publishes its events: no relay has the lease'] : []),
      ...(outbox.waiting > 0 && isOld(outbox.oldestAt)
        ? [
            `${outbox.waiting} events are not published, the oldest ${ago(outbox.oldestAt)}: look at the broker and its operator`,
          ]
        : []),
      ...(inbox.dead + inbox.failing > 0
        ? [`${inbox.dead} events are dead and ${inbox.failing} fail: pnpm vilkar dead-letters says why`]
        : []),
      ...(partitions.idle > 0
        ? [`nobody applies ${partitions.idle} of ${partitions.all} parts of what others tell`]
        : []),
      ...failing.map(
        ({ queue, failing: count, tries }) =>
          `${count} jobs of ${queue} fail, one for the ${tries}th time: look at its partner`,
      ),
      ...(kinds.length > 0 ? [`open alarms: ${kinds.join(', ')}; pnpm vilkar alarms lists them`] : []),
    ]
    return { wrong, isAsked: true }
  } catch (error) {
    if (!isSaid(error)) throw error
    return { wrong: [...notReady, error.message], isAsked: false }
  }
}

const OLD_SECONDS = 60
const isOld = (moment: string | undefined) =>
  moment !== undefined && Temporal.Instant.from(moment).until(Temporal.Now.instant()).total('seconds') > OLD_SECONDS
