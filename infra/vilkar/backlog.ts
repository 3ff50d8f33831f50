import { askAll } from './ask-all.ts'
import type { Command } from './commands.ts'
import { said } from './exit.ts'
import type { Service } from './services.ts'
import { ago, table } from './words.ts'

type Alarm = {
  id: string
  orderId?: string
  about?: string
  kind: string
  detail: { aggregateId?: string }
  raisedAt: string
  resolvedAt?: string
}
type Failed = {
  eventId: string
  type: string
  aggregateId: string
  attempts: number
  dead: boolean
  receivedAt: string
  error?: string
}
export type Backlog = {
  outbox: { waiting: number; oldestAt?: string }
  relay: { leader?: string; numbered: number; published: number; epoch: number }
  inbox: { waiting: number; failing: number; dead: number; oldestAt?: string }
  partitions: { idle: number; all: number }
  jobs: {
    queue: string
    waiting: number
    later: number
    active: number
    failing: number
    tries: number
    oldestAt?: string
  }[]
}

export const backlogOf = (service: Service) => service.ask<Backlog>('GET', '/backlog')

const PAGE = 200
const MAX_PAGES = 50

/** Open alarms come first, so that the first that ended ends the reading. */
export async function alarmsOf(service: Service, { all = false, kind }: { all?: boolean; kind?: string } = {}) {
  const found: Alarm[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }), ...(kind && { kind }) })
    const { items, next } = await service.ask<{ items: Alarm[]; next?: string }>('GET', `/alarms?${query}`)
    found.push(...items.filter(({ resolvedAt }) => all || resolvedAt === undefined))
    after = next
    if (after === undefined || (!all && items.at(-1)?.resolvedAt !== undefined)) break
  }
  return found
}

export const alarms: Command = async ({ services, say }, { all, kind }) => {
  const { answered, tellSilent } = await askAll(services, (service) =>
    alarmsOf(service, { all: all === true, kind: kind as string | undefined }),
  )
  const rows = answered.flatMap(({ service, answer }) => answer.map((alarm) => ({ service, ...alarm })))
  const open = rows.filter(({ resolvedAt }) => resolvedAt === undefined)
  say(
    table(
      ['service', 'kind', 'about', 'raised', 'state', 'id', 'facts'],
      rows.map(({ service, kind, orderId, about, raisedAt, resolvedAt, id, detail }) => [
        ...[
          service.name,
          kind,
          orderId ?? detail.aggregateId ?? about ?? '',
          ago(raisedAt),
          resolvedAt === undefined ? 'open' : 'ended',
        ],
        ...[id, JSON.stringify(detail)],
      ]),
    ) ?? nothing(answered, 'No alarms.'),
  )
  if (open.length > 0)
    say('docs/operations.md says what each kind means. PUT /alarms/{id}/resolution ends one with what was done.')
  tellSilent()
  return open.length === 0
}

export const deadLetters: Command = async ({ services, say }, { revive, about }) => {
  if (about !== undefined && !revive) throw said('usage', '--about goes with --revive.')
  if (revive) {
    const body = about === undefined ? {} : { aggregateId: about as string }
    const { answered, tellSilent } = await askAll(services, (service) =>
      service.ask<{ revived: number }>('POST', '/dead-letters/revival', body),
    )
    for (const { service, answer } of answered) say(`${service.name}: ${answer.revived} tried again.`)
    tellSilent()
    return true
  }
  const { answered, tellSilent } = await askAll(services, (service) =>
    service.ask<{ items: Failed[] }>('GET', '/dead-letters'),
  )
  const rows = answered.flatMap(({ service, answer }) => answer.items.map((event) => ({ service, ...event })))
  say(
    table(
      ['service', 'event', 'about', 'state', 'tries', 'here', 'error'],
      rows.map(({ service, type, aggregateId, dead, attempts, receivedAt, error = '' }) => [
        ...[service.name, type, aggregateId, dead ? 'dead' : 'failing', String(attempts), ago(receivedAt), error],
      ]),
    ) ?? nothing(answered, 'No event has failed.'),
  )
  tellSilent()
  return !rows.some(({ dead }) => dead)
}

export const jobs: Command = async ({ services, say }) => {
  const { answered, tellSilent } = await askAll(services, backlogOf)
  const rows = answered.flatMap(({ service, answer }) => answer.jobs.map((queue) => ({ service, ...queue })))
  say(
    table(
      ['service', 'queue', 'waiting', 'later', 'active', 'failing', 'tries', 'oldest'],
      rows.map(({ service, queue, waiting, later, active, failing, tries, oldestAt }) => [
        ...[service.name, queue, ...[waiting, later, active, failing, tries].map(String), ago(oldestAt)],
      ]),
    ) ?? nothing(answered, 'All jobs are done.'),
  )
  tellSilent()
  return true
}

export const relay: Command = async ({ services, say }) => {
  const { answered, tellSilent } = await askAll(services, backlogOf)
  const rows = answered.map(({ service, answer }) => ({ service, ...answer }))
  say(
    table(
      ['service', 'to publish', 'oldest', 'published', 'leader', 'to apply', 'oldest', 'failing', 'dead', 'idle parts'],
      rows.map(({ service, outbox, relay: { published, leader = 'none' }, inbox, partitions }) => [
        ...[service.name, String(outbox.waiting), ago(outbox.oldestAt), String(published), leader],
        ...[String(inbox.waiting), ago(inbox.oldestAt), String(inbox.failing), String(inbox.dead)],
        `${partitions.idle} of ${partitions.all}`,
      ]),
    ) ?? nothing(answered),
  )
  tellSilent()
  return true
}

/** What is said where nothing was found: not that there is nothing, if nobody could be asked. */
const nothing = (answered: unknown[], sentence = '') =>
  answered.length === 0 ? 'No service could be asked.' : sentence
