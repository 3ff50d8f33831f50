import { type Cite, citesOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'

/** Sentences that something rests on, which no reason gathers. */
export const citesIn = (view: View, cites: readonly Cite[]): Html => citesOf(view, [{ cites: [...cites] }])
