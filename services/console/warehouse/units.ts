import type { SentForm } from '../pages/forms.ts'

const FIELD = 'units-'

/** What a form says of units by line (fields `units-{lineId}`): all that it names, so that the same form sent again says the same. */
export const unitsSaid = (sent: SentForm) =>
  sent.names
    .filter((name) => name.startsWith(FIELD) && sent.text(name) !== undefined)
    .map((name) => ({ lineId: name.slice(FIELD.length), quantity: sent.number(name)! }))
    .filter(({ quantity }) => quantity !== 0)
