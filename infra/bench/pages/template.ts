import type { Model } from './models.ts'

const UUID = /[0-9a-f]{8}((?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g
const KEYED_HASH = /\b[0-9a-f]{64}\b/g
const FIRST_NAMES = "array['Anne','Berit','Carl','Dag','Eva','Finn','Gro','Hans','Ida','Jon']"
const LAST_NAMES = "array['Aas','Berg','Dahl','Eide','Foss','Haug','Lie','Moe','Ness','Vik']"
/** So many orders have the same customer, about. */
const ORDERS_EACH = 3
/** One order of so many is of one customer, who has ordered often. */
const LOYAL = 300
/** Of a copied mail its beginning is enough: only those of the models are opened. */
const MESSAGE = /("message": "\\\\x[0-9a-f]{0,4000})[0-9a-f]*/
/** Numbers of rows, which copies have of their own; each is below ten thousand in a model. */
const NUMBERED: Record<string, string[]> = {
  ledger_entry: ['id'],
  sales_document: ['number', 'entry_id'],
  credit_note_invoice: ['credit_note', 'invoice'],
  outbox: ['seq', 'pub_no'],
}

export type Copying = {
  service: string
  words: Model | undefined
  /** How many steps of an id lie between two orders, and how many seconds each is. */
  steps: number
  idSeconds: number
  /** Before any of what is copied was made, so that no copy has the id of one of those. */
  begun: Temporal.Instant
}

/**
 * A row as the format of its n-th copy: what is to differ are the values that `format` puts in, as SQL over `n`. Ids keep all but their first
 * eight digits, and so what belonged together does.
 */
export function templateOf(table: string, text: string, { service, words, steps, idSeconds, begun }: Copying) {
  const first = Math.floor(begun.epochMilliseconds / 1_000 / idSeconds)
  const today = begun.toString().slice(0, 10)
  const days = `(n * ${steps} * ${idSeconds} / 86400)::int`
  const values = [
    `lpad(to_hex(${first} - n * ${steps}), 8, '0')`,
    `to_char(date '${today}' - ${days}, 'YYYY-MM-DD')`,
    'n',
    `upper(lpad(to_hex(n), 5, '0'))`,
    `(${FIRST_NAMES})[1 + n % 10] || ' ' || (${LAST_NAMES})[1 + n / 10 % 10] || ' ' || n / 1000`,
    `case when n % ${LOYAL} = 0 then 'storkunde' else 'kunde-' || n / ${ORDERS_EACH} end`,
    `md5((n / ${ORDERS_EACH})::text) || md5((n / ${ORDERS_EACH})::text || 'a')`,
  ]
  let template = text.replaceAll('%', '%%').replace(UUID, '%1$s$1').replaceAll(`${today}T`, '%2$sT')
  if (service === 'privacy') template = template.replace(KEYED_HASH, '%7$s')
  if (words !== undefined)
    template = template
      .replaceAll(words.number, `${words.number.slice(0, words.number.lastIndexOf('-'))}-%4$s`)
      .replaceAll(words.tracking, 'SPOR-%3$s')
      .replaceAll(`RETUR-${words.kind.toUpperCase()}`, 'RETUR-%3$s')
      .replaceAll(words.email, '%6$s@example.com')
      .replaceAll(words.name, '%5$s')
  else template = template.replaceAll('UKJENT-0', 'UKJENT-%3$s')
  if (template.includes('"pub_no": null')) throw new Error('An event of a model has not been told yet.')
  // What is numbered below nought was told before: no relay looks for it.
  for (const name of NUMBERED[table] ?? [])
    template = template.replace(
      new RegExp(`("${name}": )(\\d+)`),
      (_, key, old) => `${key}${name === 'pub_no' ? '-' : ''}%3$s${old.padStart(4, '0')}`,
    )
  if (table === 'mail') template = template.replace(MESSAGE, '$1')
  return { template, values }
}
