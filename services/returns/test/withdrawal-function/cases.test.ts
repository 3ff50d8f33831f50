import { orderLink } from '@vilkar/server/signed-links.ts'
import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, at, deps } = desk

const shown = async (id: string) => (await call('support', 'GET', `/orders/${id}/withdrawal-function`)).body
/** A name of a field in the words of the cases. */
const FIELDS: Record<string, string> = { name: 'name', orderNumber: 'contractId', email: 'electronicContact' }
const PERSON = { name: 'Kari Eksempel', orderNumber: 'SG-7K2M9-4QXTB', email: 'kari@eksempel.example' }
const drafted = (more: object = {}) => call('nobody', 'POST', '/withdrawal-function/drafts', { ...PERSON, ...more })

/** An order of a day and a country, whose confirmation tells of the function or does not: until when it is there. */
async function until(facts: CaseFacts, functionTold: boolean) {
  const receivedAt = later(momentOf((facts.orderDate ?? '2026-11-22') as string), 96)
  const country = (facts.market ?? 'NO') as string
  const id = await tell(desk, {
    ...facts,
    receivedAt,
    country,
    functionTold,
    ...(country !== 'NO' && { infoLocale: 'en' }),
  })
  at(later(receivedAt, 24))
  return Temporal.PlainDate.from((await shown(id)).until).since(receivedAt.slice(0, 10), { largestUnit: 'month' })
}
const A_YEAR = 12

/** Where the law has the function, who was not told of it may withdraw for a year more. */
async function duty(facts: CaseFacts): Promise<Answer> {
  const [silent, told] = [await until(facts, false), await until(facts, true)]
  const mandatory = silent.months >= A_YEAR && told.months < A_YEAR
  return { mandatory, withdrawalInfoComplete: silent.months < A_YEAR, enabledByDefault: told.months < A_YEAR }
}

/** The buttons bear the words of the door, and no others. */
async function words({ label, confirmLabel, locale }: CaseFacts): Promise<Answer> {
  const { languages } = (await call('nobody', 'GET', '/withdrawal-function')).body
  const asked = (locale === undefined ? Object.values(languages) : [languages[locale as string]]) as {
    withdraw: string
    confirm: string
  }[]
  if (confirmLabel !== undefined) return { confirmOk: asked.some(({ confirm }) => confirm === confirmLabel) }
  return { labelOk: asked.some(({ withdraw }) => withdraw === label) }
}

/** Who withdraws, from what, and where the receipt goes: whoever asks for more is turned down. */
async function fields({ requiredFields }: CaseFacts): Promise<Answer> {
  const { languages } = (await call('nobody', 'GET', '/withdrawal-function')).body
  const more = (requiredFields as string[]).filter((name) => !['name', 'contractId', 'email'].includes(name))
  const { status } = await drafted(Object.fromEntries(more.map((name) => [name, 'It is too large.'])))
  const allowed = Object.keys(languages.nb.fields).map((name) => FIELDS[name])
  return { violation: status === 400 && (await drafted()).status === 200, allowed }
}

async function visible(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(momentOf(facts.now as string))
  return { functionVisible: (await shown(id)).available }
}

/** Who is known by a link need not say again who they are; who is not says it once. */
async function known(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  const link = await deps.links.sign({ ...orderLink(id, `kari.${id}@example.com`), expiresAt: later(RECEIVED, 48) })
  const { status } = await call('nobody', 'POST', '/linked-order/withdrawals', { link })
  return { violation: (await drafted()).status !== 200, recommend: status === 201 ? 'prefill' : null }
}

const guest = async (): Promise<Answer> => ({ functionReachable: (await drafted()).status === 200 })

askCases(import.meta.url, {
  ...{ W100: duty, W101: duty, W113: duty, W102: words, W103: words, W104: words, W105: words, W106: words },
  ...{ W107: fields, W109: visible, W110: visible, W111: known, W112: guest },
})
