import type { Books } from './records.ts'

/** Books as `writeBooks` wrote them; empty ones from nothing. Throws SyntaxError when the text is something else. */
export function readBooks(text = '{}'): Books {
  const kept = JSON.parse(text)
  return {
    payments: new Map(kept.payments),
    widgets: new Map(kept.widgets),
    authorizations: new Map(kept.authorizations),
    hosted: new Map(kept.hosted),
    checkouts: new Map(kept.checkouts),
    orders: new Map(kept.orders),
    callbacks: new Map(kept.callbacks),
    acknowledged: new Set(kept.acknowledged),
  }
}

/** Books as JSON. */
export const writeBooks = (books: Books) =>
  JSON.stringify(Object.fromEntries(Object.entries(books).map(([name, kept]) => [name, [...kept]])))
