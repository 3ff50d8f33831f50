import { html } from 'hono/html'
import { v7 as uuidv7 } from 'uuid'
import type { Html } from './show.ts'
import type { View } from './view.ts'

type Form = {
  action: string
  submit: string
  danger?: boolean
  quiet?: boolean
  /** Whether it bears files. */
  files?: boolean
  /** Its id, where it was minted with a page before. */
  id?: string
}

/**
 * A form that is sent by POST. It bears the session's token and an id of its own, minted with the page: whoever is told the same id twice,
 * a service or `once`, does it once, so that a second press of the button, or of the browser's way back, changes nothing.
 */
export const form = (view: View, { action, submit, danger, quiet, files, id }: Form, fields: Html): Html => html`
<form class="form" method="post" action="${action}"${files && html` enctype="multipart/form-data"`}>
<input type="hidden" name="_csrf" value="${view.csrf()}">
<input type="hidden" name="id" value="${id ?? mintId()}">
${fields}
<p><button class="ds-button" type="submit"${danger && html` data-color="danger"`}${quiet && html` data-variant="secondary"`}>${submit}</button></p>
</form>`

/** A UUID of version 7 (RFC 9562), as ids of the house are. */
export const mintId = () => uuidv7()
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The id that a form or an address bears; a new one for whoever bears none. */
export const idIn = ({ id }: Pick<SentForm, 'id'>) => (UUID.test(id) ? id : mintId())

type Field = {
  name: string
  label: string
  value?: string
  help?: string
  required?: boolean
  type?: string
  /** What a browser may fill in (HTML, § Autofill), such as `email`. */
  autocomplete?: string
  /** Of a number, the least and the most. */
  min?: number
  max?: number
  prefix?: string
  /** The label is for those who hear the page: what stands beside says the same. */
  hidden?: true
  /** Digits with a point or a comma: a telephone shows those keys. */
  decimal?: true
}

const idOf = ({ name, prefix }: Field) => `${prefix ?? 'field'}-${name}`
const told = (field: Field) =>
  html`${field.help && html` aria-describedby="${idOf(field)}-help"`}${field.required && html` required`}${field.autocomplete && html` autocomplete="${field.autocomplete}"`}${field.min !== undefined && html` min="${field.min}"`}${field.max !== undefined && html` max="${field.max}"`}${field.decimal && html` inputmode="decimal"`}`
const labelled = (field: Field, control: Html): Html => html`<div class="ds-field">
<label class="ds-label${field.hidden && html` ds-sr-only`}" for="${idOf(field)}">${field.label}</label>
${field.help && html`<p class="help" data-field="description" id="${idOf(field)}-help">${field.help}</p>`}
${control}</div>`

/** A field of one line; `type` as HTML has it, such as `date`. */
export const input = (field: Field): Html =>
  labelled(
    field,
    html`<input class="ds-input" id="${idOf(field)}" name="${field.name}" type="${field.type ?? 'text'}" value="${field.value ?? ''}"${told(field)}>`,
  )

/** A choice of files, such as pictures (`accept` as HTML has it). */
export const fileInput = (field: Field & { accept: string }): Html =>
  labelled(
    field,
    html`<input class="ds-input" id="${idOf(field)}" name="${field.name}" type="file" accept="${field.accept}" multiple${told(field)}>`,
  )

export const textarea = (field: Field): Html =>
  labelled(
    field,
    html`<textarea class="ds-input" id="${idOf(field)}" name="${field.name}" rows="3"${told(field)}>${field.value ?? ''}</textarea>`,
  )

/** A choice of one: `[value, label]` of each. */
export const select = (field: Field, options: readonly (readonly [string, string])[]): Html =>
  labelled(
    field,
    html`<select class="ds-input" id="${idOf(field)}" name="${field.name}"${told(field)}>
${options.map(([value, label]) => html`<option value="${value}"${value === field.value && html` selected`}>${label}</option>`)}
</select>`,
  )

/** A box to tick. */
export const checkbox = (field: Field & { checked?: boolean }): Html => html`<div class="ds-field tick">
<input class="ds-input" type="checkbox" id="${idOf(field)}" name="${field.name}" value="${field.value ?? 'yes'}"${field.checked === true && html` checked`}${field.required && html` required`}>
<label class="ds-label" data-weight="regular" for="${idOf(field)}">${field.label}</label></div>`

const SUM = /^(\d+)(?:[.,](\d{1,2}))?$/
/** Minor units of a sum with a point or a comma before at most two decimals: what could be thousands is none. */
function minorOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [, whole, part = ''] = SUM.exec(text.replaceAll(/\s/g, '')) ?? []
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

/** A field for a sum, in the currency that its label names. `minor`: what stands in it at first, in minor units. */
export const sumInput = ({ minor, ...field }: Field & { minor?: number }): Html =>
  input({ ...field, decimal: true, value: field.value ?? (minor === undefined ? undefined : (minor / 100).toFixed(2)) })

/** What a form said: text without space around it, undefined where nothing was written. */
export function readForm(body: unknown) {
  const fields = (body ?? {}) as Record<string, unknown>
  const text = (name: string) => {
    const value = [fields[name]].flat()[0]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  return {
    text,
    /** All values of a name, such as of boxes that were ticked. */
    all: (name: string) => [fields[name] ?? []].flat().filter((value): value is string => typeof value === 'string'),
    /** A whole number; undefined where none was written, NaN where it is none. */
    number: (name: string) => (text(name) === undefined ? undefined : Number(text(name))),
    /** A sum as people write it, such as "1 299,50", in minor units; undefined where none was written, NaN where it is none. */
    sum: (name: string) => minorOf(text(name)),
    /** The id that was minted with the form; a new one for whoever sent none. */
    id: text('id') ?? mintId(),
    names: Object.keys(fields),
  }
}
export type SentForm = ReturnType<typeof readForm>

/** What a field says, where it is one of these values. */
export const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text)

/** What a field of day and time says, as clocks in Oslo show it; undefined where nothing was written, or no such moment. */
export function momentOf(text: string | undefined) {
  if (text === undefined) return undefined
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Oslo').toInstant().toString()
  } catch {
    return undefined
  }
}

/** The same for a service that takes "now" for nothing: what is no such moment stays as it was written, for it to refuse. */
export const momentSaid = (text: string | undefined) => momentOf(text) ?? text
