import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { currentPolicy } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Kysely } from 'kysely'
import { readLog, readSuppressions, readText } from '../consent/store.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { dueOf } from '../subjects/due.ts'
import { SHOP } from '../subjects/of-the-shop.ts'
import { type HoldingRow, holdingsOf } from '../subjects/store.ts'
import { type Datum, PHOTO_PLACE } from './holders.ts'
import { fileOf, type Pictures, whyGone } from './pictures.ts'
import { requestsOf, salesOf } from './reads.ts'
import { type ExportContents, SCHEMA } from './schema.ts'
import { contentsOf, type ExportRow, partsOf } from './store.ts'
import { ofEveryOrder, ofOthers, whyWithheld } from './withheld.ts'

type Db = Kysely<Database>
/** What a part has in it once it is opened: data, and what its holder says that it left out. */
export type PartContent = { items: Datum[]; withheld?: string[]; pictures?: Pictures }
type Withheld = ExportContents['withheld'][number]

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** All that is held of a person, as far as it was delivered and may be shown. Source: GDPR Art. 15(1) and (3), 20(1). */
export async function contentsFor(
  db: Db,
  { consent }: Pick<Deps, 'consent'>,
  row: ExportRow,
  at: Temporal.Instant,
): Promise<{ contents: ExportContents; files: Record<string, Uint8Array> }> {
  const controller = row.controller as PolicyId
  const { controller: company, contact, authorities, recipients } = policyOf(controller)
  const requests = await requestsOf(db, controller, row.subjects)
  const own = requests.find(({ id }) => id === row.id)!
  const delivered = await openParts(db, consent.seal, row.id)
  const holdings = await holdingsOf(db, controller, row.subjects)
  const parts = await partsOf(db, row.id)
  const isLeftOut = parts.filter(({ status }) => status === 'left-out')
  const contents: ExportContents = {
    schema: SCHEMA,
    controller: {
      id: controller,
      name: company.name,
      contact,
      authorities: [...authorities],
      policy: currentPolicy(controller).id,
    },
    request: { id: row.id, kind: row.kind, receivedOn: own.receivedOn },
    madeAt: at.toString(),
    records: holdings.map((holding) => recordShown(row, holding, delivered, at)),
    ...(await saidOf(db, row.subjects)),
    sales: await salesOf(db, row.subjects),
    requests,
    recipients: recipients.map(({ kind, names, basis }) => ({ kind, names: [...names], basis })),
    withheld: withheldOf(row, holdings, delivered),
    missing: [
      ...isLeftOut.map(({ system, holder, record }) => ({ system, holder, record })),
      ...delivered.flatMap(tooLarge),
    ],
  }
  return { contents, files: filesOf(delivered) }
}

/** The pictures that were delivered, by their name in the archive. */
function filesOf(delivered: Delivered) {
  const all = delivered.flatMap(({ content }) => Object.entries(content.pictures ?? {}))
  return Object.fromEntries(
    all.flatMap(([sha256, picture]) =>
      'jpeg' in picture ? [[`photos/${sha256}.jpg`, Buffer.from(picture.jpeg, 'base64')] as const] : [],
    ),
  )
}

const tooLarge = ({ system, holder, record, content }: Delivered[number]) =>
  Object.entries(content.pictures ?? {}).flatMap(([photo, picture]) =>
    'lacking' in picture && whyGone(picture.lacking) === undefined ? [{ system, holder, record, photo }] : [],
  )

type Delivered = { system: string; holder: string; record: string; content: PartContent }[]

async function openParts(db: Db, { openBytes }: Deps['consent']['seal'], id: string): Promise<Delivered> {
  return (await contentsOf(db, id)).flatMap(({ sealed, ...named }) =>
    sealed === null ? [] : [{ ...named, content: JSON.parse(openBytes(sealed).toString('utf8')) as PartContent }],
  )
}

const of = ({ system, record }: Pick<HoldingRow, 'system' | 'record'>, delivered: Delivered) =>
  delivered.filter((part) => part.system === system && part.record === record)

function recordShown({ kind }: ExportRow, holding: HoldingRow, delivered: Delivered, at: Temporal.Instant) {
  const { system, record, category, facts, due_at } = holding
  const { holds, reasons } = dueOf(holding.controller as PolicyId, category, facts, at)
  const data = of(holding, delivered).flatMap(({ holder, content }) =>
    content.items.filter((item) => whyWithheld(kind, item) === undefined).map((item) => shown(holder, item, content)),
  )
  return {
    ...{ system, record, category, keptBy: holds, why: reasons, data },
    ...(due_at !== null && { keptUntil: instant(due_at) }),
  }
}

/** A datum as it is shown: one that names a picture with its file, where it is in the archive. */
function shown(holder: string, item: Datum, { pictures = {} }: PartContent) {
  const file = fileOf(item)
  const isThere = file !== undefined && 'jpeg' in (pictures[item.value as string] ?? {})
  return { holder, ...item, ...(isThere && { file }) }
}

/** Each kind of thing that is left out of a record, once, with how often. */
function withheldOf({ kind }: ExportRow, holdings: HoldingRow[], delivered: Delivered): Withheld[] {
  return holdings.flatMap((holding) => {
    const { system, record } = holding
    const named: { what: string; reason: Reason }[] = of(holding, delivered).flatMap(({ content }) => [
      ...content.items.flatMap(({ place, ...item }) => {
        const reason = whyWithheld(kind, item)
        return reason === undefined ? [] : [{ what: place, reason }]
      }),
      ...Object.values(content.pictures ?? {}).flatMap((picture) => {
        const reason = 'lacking' in picture ? whyGone(picture.lacking) : undefined
        return reason === undefined ? [] : [{ what: PHOTO_PLACE, reason }]
      }),
      ...(content.withheld ?? []).map((what) => ({ what, reason: ofOthers() })),
    ])
    const all = [...named, ...(system === SHOP ? ofEveryOrder : [])]
    return [...Map.groupBy(all, ({ what, reason }) => `${what} ${reason.code}`).values()].map((each) => ({
      ...{ system, record, what: each[0]!.what, reason: each[0]!.reason, count: each.length },
    }))
  })
}

/** What was said of consent, with the words that were agreed to, and what was opted out of. */
async function saidOf(db: Db, keys: readonly string[]) {
  const consents: ExportContents['consents'] = []
  const optOuts: ExportContents['optOuts'] = []
  for (const key of keys) {
    for (const { purpose, what, at, by, source, text_sha256 } of await readLog(db, key)) {
      const text = text_sha256 === null ? undefined : (await readText(db, text_sha256))?.text
      consents.push({ purpose, what, at: instant(at), by, source, ...(text !== undefined && { text }) })
    }
    for (const { purpose, at, source } of await readSuppressions(db, key))
      optOuts.push({ purpose, at: instant(at), source })
  }
  return { consents, optOuts }
}
