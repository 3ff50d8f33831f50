import { globSync } from 'node:fs'
import { isTableShort, KNOWN_YEARS } from '../holidays/holidays.ts'
import type { Standing } from './act.ts'
import { RATES_KNOWN_TO, RATES_LOOKED_UP_DAYS } from './forsinkelsesrenteloven.ts'

/** An Act in the register of law: what it is called, and how far it is law as far as we know. */
export type Registered = Standing & { act: string }

/** Days after which an Act is due for another look. */
export const LOOK_AGAIN_DAYS = 30

/** Every Act of this folder, by name: what the product rests on, and what changes it. */
export async function readRegister(): Promise<Registered[]> {
  const files = globSync('*.ts', { cwd: new URL('./', import.meta.url) }).filter((file) => file !== 'run.ts')
  const modules = await Promise.all(files.map((file) => import(`./${file}`)))
  return modules
    .flatMap((module) => Object.values<{ act?: string; standing?: Standing } | undefined>(module))
    .flatMap((each) =>
      each?.act === undefined || each.standing === undefined ? [] : [{ act: each.act, ...each.standing }],
    )
    .sort((one, other) => one.act.localeCompare(other.act))
}

/** What nobody has looked at for so long that it is due, the longest ago first. */
export const dueOn = (register: readonly Registered[], today: Temporal.PlainDate): Registered[] =>
  register
    .filter(({ checked }) => lookAgainOn(checked.on).since(today).sign <= 0)
    .sort((one, other) => one.checked.on.localeCompare(other.checked.on))

/** The day on which what was looked at on a day is due again. */
export const lookAgainOn = (day: string) => Temporal.PlainDate.from(day).add({ days: LOOK_AGAIN_DAYS })

/** Tables of the law that end on a day, ISO 8601, and whether somebody must make them longer by now. */
export const tablesOn = (today: Temporal.PlainDate) => [
  { table: 'public-holidays' as const, knownTo: `${KNOWN_YEARS.last}-12-31`, due: isTableShort(today) },
  { table: 'late-payment-rates' as const, knownTo: RATES_KNOWN_TO, due: isRateShort(today) },
]

/** A person is called before the half-year begins whose rate is missing, and not once somebody is owed interest by it. */
const isRateShort = (today: Temporal.PlainDate) => today.add({ days: RATES_LOOKED_UP_DAYS }).toString() > RATES_KNOWN_TO

/** The register as it stands on a day, for people: what is due, what is enacted or unknown, and how many there are. */
export function report(register: readonly Registered[], today: Temporal.PlainDate): string {
  const due = dueOn(register, today)
  const open = register.filter(({ status }) => status !== 'in-force')
  return [
    ...due.map((each) => `due: ${line(each)}`),
    ...open.map((each) => `${each.status}: ${line(each)}`),
    ...tablesOn(today).flatMap(({ table, knownTo, due }) => (due ? [`due: ${SHORT[table](knownTo)}`] : [])),
    `law: ${register.length} Acts, ${due.length} due for a look on ${today}, ${open.length} not known to be in force`,
  ].join('\n')
}

const SHORT = {
  'public-holidays': (day: string) => `public holidays are known to ${day.slice(0, 4)} only: pnpm holidays`,
  'late-payment-rates': (day: string) =>
    `rates of interest on late payment are known to ${day} only (forsinkelsesrenteloven § 3)`,
}

const line = ({ act, checked: { on, how }, version, note, source }: Registered) =>
  [
    `${act}${version === undefined ? '' : `, text of ${version}`}, ${how} on ${on}`,
    ...(note === undefined ? [] : [note]),
    source,
  ].join('\n     ')
