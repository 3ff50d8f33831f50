import { transact } from '@vilkar/server/transact.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Deps } from '../deps.ts'
import { archiveOf } from './archive.ts'
import { partsToAsk } from './begin.ts'
import { contentsFor, type PartContent } from './contents.ts'
import { type Holder, holders } from './holders.ts'
import { fetchPictures, MOST_COLLECTED_BYTES } from './pictures.ts'
import {
  claimExport,
  collectedBytes,
  endExports,
  goOnLater,
  goOnNow,
  lockExport,
  type PartRow,
  partsOf,
  putArchive,
  putPart,
  readExport,
  wantParts,
} from './store.ts'
import type { ExportKind } from './tables.ts'

const EXPORTS_PER_LOOK = 20
const PARTS_AT_ONCE = 100
/** How long the link is good, and the archive kept. */
export const LINK_DAYS = 7

/** One look: archives whose link has ended go, and exports are gone on with. */
export async function collectExports(deps: Deps) {
  await endExports(deps.db, deps.clock.now().toString())
  for (let count = 0; count < EXPORTS_PER_LOOK; count += 1) {
    const now = deps.clock.now().toString()
    const claimed = await claimExport(deps.db, now)
    if (claimed === undefined) return
    await goOn(deps, claimed, now)
  }
}

/** Asks our services for what is wanted of them, and makes the archive once nothing is. */
async function goOn(deps: Deps, { id, kind, tries }: { id: string; kind: ExportKind; tries: number }, now: string) {
  const wanted = (await partsOf(deps.db, id)).filter(({ status }) => status === 'wanted')
  const ours = wanted.filter(({ holder }) => isOurs(holder))
  let silent = 0
  for (const part of ours.slice(0, PARTS_AT_ONCE)) if (!(await askFor(deps, { id, kind }, part))) silent += 1
  if (silent > 0 || (ours.length === 0 && wanted.length > 0)) await goOnLater(deps.db, id, { now, tries })
  else if (ours.length > 0) await goOnNow(deps.db, id, now)
  else await make(deps, id)
}

const isOurs = (holder: string): holder is Holder => holders.some((each) => each === holder)

/** Whether the holder answered. What it answered is sealed before it is kept. */
async function askFor(deps: Deps, { id, kind }: { id: string; kind: ExportKind }, part: PartRow) {
  const { db, log, consent, holders } = deps
  const { record } = part
  const holder = part.holder as Holder
  const silent = (said: string) => {
    log.warn({ export: id, holder, said }, 'a holder was asked for an export and did not answer')
    return false
  }
  const answer = await holders.ask(holder, record)
  if ('silent' in answer) return silent(answer.silent)
  const { items } = answer
  const room = MOST_COLLECTED_BYTES - (await collectedBytes(db, id))
  const pictures = await fetchPictures(holders, { holder, record, items, kind, room })
  if (pictures === undefined) return silent('a picture')
  const content: PartContent = { items, pictures }
  await putPart(db, id, part, consent.seal.sealBytes(Buffer.from(JSON.stringify(content))))
  return true
}

/** What came to be held since it was begun is asked for too; of an export that was erased meanwhile nothing is made. */
async function make(deps: Deps, id: string) {
  const at = deps.clock.now()
  const row = await readExport(deps.db, id)
  if (row?.status !== 'collecting') return
  const keys = row.subjects
  const more = await transact(deps, async (trx) =>
    wantParts(trx, id, await partsToAsk(trx, { controller: row.controller as PolicyId, keys }, at)),
  )
  if (more.length > 0) return void (await goOnNow(deps.db, id, at.toString()))
  const archive = await archiveOf(await contentsFor(deps.db, deps, row, at), row.language)
  const sealed = deps.consent.seal.sealBytes(archive)
  const until = at.add({ hours: LINK_DAYS * 24 }).toString()
  await transact(deps, async (trx) => {
    const locked = await lockExport(trx, id)
    if (locked?.status === 'collecting') await putArchive(trx, id, { archive: sealed, at: at.toString(), until })
  })
}
