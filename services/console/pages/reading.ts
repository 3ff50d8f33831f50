import { answered, isProblemError } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { isUnreachable } from './faults.ts'
import { notice } from './parts.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'

export type Service = 'orders' | 'shipping' | 'returns' | 'privacy'
type Missing = { service: Service; detail?: string }
type Call<Data> = Parameters<typeof answered<Data>>[0]

/**
 * Reads what a page can do without: what a service does not answer is undefined, and noted, so that the page shows the rest and says
 * what is missing. What is not there (404) or not for this person (403) is undefined without a word. One reading belongs to one page.
 */
export function createReading() {
  const missing: Missing[] = []
  return {
    async of<Data>(service: Service, call: Call<Data>): Promise<Data | undefined> {
      try {
        return await answered(call)
      } catch (error) {
        if (isUnreachable(error)) missing.push({ service })
        else if (!isProblemError(error)) throw error
        else if (error.problem.status >= 500) missing.push({ service })
        else if (![403, 404].includes(error.problem.status)) missing.push({ service, detail: error.message })
        return undefined
      }
    },
    /** An answer of several parts, of which some could not be read just now, as it says itself. */
    async parts<Whole extends { unread: readonly string[] } | undefined>(
      service: Service,
      whole: Whole | Promise<Whole>,
    ): Promise<Whole> {
      const found = await whole
      if (found !== undefined && found.unread.length > 0) missing.push({ service })
      return found
    },
    /** What could not be read, in words; nothing where all was. */
    notice(view: View): Html {
      const silent = [...new Set(missing.filter(({ detail }) => detail === undefined).map(({ service }) => service))]
      const refused = missing.filter(({ detail }) => detail !== undefined)
      return html`${silent.map((service) => notice('warning', view.say('unread', { service: view.say(`service_${service}`) })))}
${refused.map(({ service, detail }) => notice('warning', view.say('refusedPart', { service: view.say(`service_${service}`), detail })))}`
    },
  }
}
export type Reading = ReturnType<typeof createReading>
