import { type Country, isAfter } from '../calendar.ts'
import { byLaw } from '../ruling/citing.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import { COMMENCEMENT_OF_LOV_2026_34 } from './amending-acts.ts'
import { angrerettloven } from './angrerettloven.ts'
import { commencing, dated } from './dated.ts'
import { directive201183 } from './directive-2011-83.ts'
import { isInTheUnion } from './european-union.ts'

/*
 * The withdrawal function: two buttons and a receipt by which a consumer withdraws where they bought. Directive 2011/83/EU,
 * Art. 11a, in the EU since 19 June 2026; angrerettloven § 20 a, enacted in Norway on that day (lov 19 June 2026 no. 34) and
 * without a known day of commencement. The shop offers it to everyone, which no law forbids.
 */

const mandatoryInTheEu = dated({ from: '2026-06-19', value: true })
const mandatoryInNorway = dated(...commencing(COMMENCEMENT_OF_LOV_2026_34, true))

const why = {
  inForce: byLaw('withdrawal-function-in-force', directive201183('Art. 11a')),
  notInForce: byLaw('withdrawal-function-enacted', angrerettloven('§ 20 a')),
  elsewhere: byLaw('withdrawal-function-offered', directive201183('Art. 11a')),
  wording: byLaw('withdrawal-function-wording', angrerettloven('§ 20 a'), directive201183('Art. 11a')),
  fields: byLaw('withdrawal-function-fields', angrerettloven('§ 20 a'), directive201183('Art. 11a')),
  receipt: byLaw('withdrawal-function-receipt', angrerettloven('§ 20 a'), directive201183('Art. 11a')),
  access: byLaw('withdrawal-function-access', angrerettloven('§ 20 a'), directive201183('Art. 11a')),
}

/**
 * Whether the law of the consumer's country demands the function for an order of a day, and whether that should be looked up
 * again because the country's own law is enacted but its commencement is not known.
 */
export function withdrawalFunctionDuty({ market, orderedOn }: { market: Country; orderedOn?: Temporal.PlainDate }) {
  const norwegian = market === 'NO'
  const held = norwegian ? mandatoryInNorway : isInTheUnion(market) ? mandatoryInTheEu : undefined
  const mandatory = orderedOn === undefined ? false : (held?.(orderedOn) ?? false)
  const reason = mandatory ? why.inForce : norwegian ? why.notInForce : why.elsewhere
  return { mandatory, offered: true, lookUpAgain: norwegian && !mandatory, reasons: [reason] }
}

/** What the two buttons are called, by language: the words of the law first, then those of other national laws. */
export const FUNCTION_LABELS: Readonly<Record<string, { withdraw: string; confirm: string }>> = {
  en: { withdraw: 'Withdraw from contract here', confirm: 'Confirm withdrawal' },
  nb: { withdraw: 'Angre avtalen', confirm: 'Bekreft bruk av angrerett' },
  nn: { withdraw: 'Angre avtalen', confirm: 'Stadfest bruk av angrerett' },
  sv: { withdraw: 'Ångra avtalet här', confirm: 'Bekräfta frånträde' },
  da: { withdraw: 'Fortryd aftale', confirm: 'Bekræft fortrydelse' },
  de: { withdraw: 'Vertrag widerrufen', confirm: 'Widerruf bestätigen' },
  fr: { withdraw: 'Renoncer au contrat ici', confirm: 'Confirmer la rétractation' },
  it: { withdraw: 'Recedere dal contratto qui', confirm: 'Conferma recesso' },
}

const NOTICES: Record<Locale, string> = {
  nb: 'Så lenge du har angrerett, kan du bruke den på den siden. Du trenger ikke å logge inn, og du får en kvittering på e-post.',
  en: 'As long as you may withdraw, you can do so on that page. You need not sign in, and you get a receipt by email.',
}

/**
 * How a consumer is told that there is a withdrawal function, and where (Directive 2011/83/EU, Art. 6(1)(h) and 8(7)): its words are
 * evidence, so they change only together with whoever reads it. `page` is where the function is.
 */
export const functionNotice = (locale: Locale, page: string) =>
  `${FUNCTION_LABELS[locale]!.withdraw}: ${page}\n${NOTICES[locale]}`

/** Other wordings as free of doubt as those of the law; the confirming button has to say nothing else. */
const EQUIVALENT_WITHDRAW = [
  'withdraw from contract',
  'withdraw from the contract',
  'withdraw from the contract here',
  'angre avtalen her',
  'angre kjøpet',
]

/** Whether the first button says without ambiguity what it does. "Cancel order" does not: cancelling is something else. */
export function withdrawLabelRuling(label: string, locale?: string): { clear: boolean; reasons: Reason[] } {
  return { clear: wordings('withdraw', locale).includes(plain(label)), reasons: [why.wording] }
}

/** Whether the second button says that it confirms the withdrawal, and nothing else. */
export function confirmLabelRuling(label: string, locale?: string): { clear: boolean; reasons: Reason[] } {
  return { clear: wordings('confirm', locale).includes(plain(label)), reasons: [why.wording] }
}

function wordings(button: 'withdraw' | 'confirm', locale: string | undefined): string[] {
  const locales = locale !== undefined && locale in FUNCTION_LABELS ? [locale] : Object.keys(FUNCTION_LABELS)
  return [
    ...locales.map((each) => plain(FUNCTION_LABELS[each]![button])),
    ...(button === 'withdraw' ? EQUIVALENT_WITHDRAW : []),
  ]
}

const plain = (label: string) => label.trim().replace(/\s+/g, ' ').toLowerCase()

/** All that a consumer may be asked for, or asked to confirm. */
export const FUNCTION_FIELDS = ['name', 'contractId', 'electronicContact'] as const

const ELECTRONIC_CONTACT = new Set(['email', 'phone', 'mobile'])

/** Which of the fields that a form demands the law does not let it demand: a reason and proof of identity among them. */
export function demandedTooMuch(required: readonly string[]): { tooMuch: string[]; reasons: Reason[] } {
  const allowed = (field: string) =>
    (FUNCTION_FIELDS as readonly string[]).includes(field) || ELECTRONIC_CONTACT.has(field)
  return { tooMuch: required.filter((field) => !allowed(field)), reasons: [why.fields] }
}

/** What the fields are called, by language, in the words of Directive 2011/83/EU, Art. 11a(2), as a form says them. */
export const FIELD_LABELS: Readonly<Record<string, Record<(typeof FUNCTION_FIELDS)[number], string>>> = {
  en: { name: 'Your name', contractId: 'Order number', electronicContact: 'E-mail address for the receipt' },
  nb: { name: 'Navnet ditt', contractId: 'Ordrenummer', electronicContact: 'E-postadresse for kvitteringen' },
  nn: { name: 'Namnet ditt', contractId: 'Ordrenummer', electronicContact: 'E-postadresse for kvitteringa' },
  sv: { name: 'Ditt namn', contractId: 'Ordernummer', electronicContact: 'E-postadress för bekräftelsen' },
  da: { name: 'Dit navn', contractId: 'Ordrenummer', electronicContact: 'E-mailadresse til kvitteringen' },
  de: {
    name: 'Ihr Name',
    contractId: 'Bestellnummer',
    electronicContact: 'E-Mail-Adresse für die Eingangsbestätigung',
  },
  fr: {
    name: 'Votre nom',
    contractId: 'Numéro de commande',
    electronicContact: "Adresse e-mail pour l'accusé de réception",
  },
  it: { name: 'Il suo nome', contractId: "Numero d'ordine", electronicContact: 'Indirizzo e-mail per la ricevuta' },
}

/** Whether a receipt holds the content of the statement with the date and the time at which it was sent. */
export function receiptRuling(receipt: { content: boolean; date: boolean; time: boolean; durableMedium?: boolean }) {
  const { content, date, time, durableMedium = true } = receipt
  return { complete: content && date && time && durableMedium, reasons: [why.receipt] }
}

/** Whether the function must be there on a day: for as long as the period runs, or has not begun. */
export function functionAvailable({ on, lastDay }: { on: Temporal.PlainDate; lastDay?: Temporal.PlainDate }) {
  return { available: lastDay === undefined || !isAfter(on, lastDay), reasons: [why.access] }
}

/**
 * Who reaches the function, and how: nobody needs an account to withdraw from what was bought without one, and what a
 * customer has told already need not be asked again.
 */
export function functionAccess({ loggedIn = false, prefilled = false }: { loggedIn?: boolean; prefilled?: boolean }) {
  return { reachable: true, advised: loggedIn && !prefilled ? ('prefill' as const) : undefined, reasons: [why.access] }
}
