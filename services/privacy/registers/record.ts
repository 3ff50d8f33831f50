import type { Cites, Policy } from '@vilkar/terms/privacy/policy.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import { inWords, spanOf } from './words.ts'

/**
 * What a controller processes, as the record of it has to say, in a language: made of the policy that is kept, so that the two cannot
 * differ. Source: GDPR Art. 30(1)(a), (c), (d) and (f).
 */
export function recordOf(policy: Policy, locale: Locale) {
  const citesIn = (cites: Cites) => cites.map((cite) => citationIn(cite, locale))
  return {
    activities: Object.entries(policy.retention).map(([category, rules]) => ({
      category,
      kept: rules.map(({ from, keep, duties = [], cites }) => {
        return { from: [...from], for: spanOf(locale, keep), duties: [...duties], cites: citesIn(cites) }
      }),
    })),
    roles: Object.entries(policy.roles).map(([purpose, { controller, processor, cites }]) => {
      return { purpose, controller, processor, cites: citesIn(cites) }
    }),
    recipients: policy.recipients.map(({ kind, names, basis, minimum, cites }) => {
      const fields = minimum.map((field) => inWords(locale, field))
      return { kind, names: [...names], basis, minimum: fields, cites: citesIn(cites) }
    }),
  }
}
