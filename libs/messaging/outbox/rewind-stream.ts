import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Log } from '../outage-log.ts'
import { MAX_BATCH, type StreamState, type Wire } from '../wire/wire.ts'
import type { Leadership } from './relay-store.ts'

/** How far before the last surviving event a rewind starts: the last batch may have arrived in part. */
const MARGIN = 2 * MAX_BATCH

type Deps = {
  wire: Wire
  service: ServiceName
  leadership: Leadership
  log: Log
  retentionDays: number
  /** How long at least a stream stays that was filled anew since events were blanked in the log. */
  refillPauseMs: number
}

/**
 * Compares the stream with what the relay remembers of it and goes back in the log when the broker has lost something, or holds what
 * was blanked in the log since.
 * `doubt`: why the stream cannot be trusted whatever it says of itself.
 */
export async function rewindStream(deps: Deps, doubt?: 'store broken' | 'sequence went backwards') {
  const { wire, service, leadership, log, retentionDays, refillPauseMs } = deps
  const staleSince = await leadership.staleSince(refillPauseMs)
  const opened = await wire.openStream(service)
  const broken = doubt === 'store broken' || hasHoles(opened)
  if (broken) log.warn({ service, doubt, ...opened }, 'relay: the stream is damaged and is built anew')
  if (staleSince) log.info({ service }, 'relay: events were erased, and the stream is filled anew from the log')
  const stream = broken || staleSince ? await wire.rebuildStream(service) : opened

  const known = await leadership.state()
  const isNew = stream.created !== known.streamCreated
  const tailLost = stream.lastSeq < known.streamLastSeq
  if (!isNew && !tailLost && doubt === undefined) return

  const last = !isNew && doubt === undefined && stream.messages > 0 ? await wire.lastEventNo(service) : undefined
  const toNo = last === undefined ? await leadership.floor(retentionDays) : Math.max(0, last - MARGIN)
  await leadership.rewind(toNo, stream)
  if (staleSince) await leadership.noteRefilled(staleSince)
  // The very first stream of a service is new as well, but nothing was lost.
  if (known.publishedNo > toNo && !staleSince) {
    const why = isNew ? 'the stream is new' : (doubt ?? 'the end of the stream is lost')
    log.warn({ service, from: known.publishedNo, to: toNo, why }, 'relay: publishing again')
  }
}

const hasHoles = ({ deleted, messages, firstSeq, lastSeq }: StreamState) =>
  deleted > 0 || (messages > 0 && messages !== lastSeq - firstSeq + 1)
