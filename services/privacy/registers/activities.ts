import type { Activity, OnBehalf, Use } from '@vilkar/terms/privacy/activity.ts'
import type { Cites, Finding } from '@vilkar/terms/privacy/policy.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { activitiesOf } from '@vilkar/terms/sellers/privacy-policies/activities.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import { measures } from './measures.ts'
import type { ProcessorRow } from './processor-store.ts'
import { isOutsideEea } from './processors.ts'
import { recordOf } from './record.ts'

const citesIn = (cites: Cites | Finding['cites'], locale: Locale) => cites.map((cite) => citationIn(cite, locale))
const useIn = ({ purpose, ground, cites }: Use, locale: Locale) => ({
  ...{ purpose: purpose[locale], cites: citesIn(cites, locale) },
  ...(ground && { ground: `Art. 6(1)(${ground})` }),
})
const findingsIn = (findings: readonly Finding[], locale: Locale) =>
  findings.map(({ code, finding, cites }) => ({ code, says: finding[locale], cites: citesIn(cites, locale) }))

function activityIn({ uses, subjects, findings }: Activity, locale: Locale) {
  return {
    uses: uses.map((each) => useIn(each, locale)),
    ...(subjects && { subjects: { who: subjects.who[locale], cites: citesIn(subjects.cites, locale) } }),
    findings: findingsIn(findings, locale),
  }
}

/**
 * What a controller processes and why, where it goes outside the EEA and what keeps it safe, in a language. Source: GDPR Art. 30(1)(b), (c),
 * (e) and (g), and 30(2).
 */
export function fullRecordOf(controller: PolicyId, processors: readonly ProcessorRow[], today: string, locale: Locale) {
  const policy = policyOf(controller)
  const { byCategory, further, onBehalf } = activitiesOf(controller)
  const record = recordOf(policy, locale)
  return {
    ...record,
    activities: record.activities.map((each) => ({ ...each, ...activityIn(byCategory[each.category]!, locale) })),
    further: further.map((each) => useIn(each, locale)),
    transfers: transfersOf(processors, today),
    measures: measures.map(({ says, keptBy }) => ({ says: says[locale], keptBy })),
    ...(onBehalf && { onBehalf: { processor: policy.controller.name, ...onBehalfIn(onBehalf, locale) } }),
  }
}

function onBehalfIn({ controllers, categories, processing, cites, findings }: OnBehalf, locale: Locale) {
  return {
    ...{ controllers: controllers[locale], categories: [...categories], cites: citesIn(cites, locale) },
    processing: processing.map(({ what, cites }) => ({ what: what[locale], cites: citesIn(cites, locale) })),
    findings: findingsIn(findings, locale),
  }
}

/** Processors of today that are outside the EEA, with what protects data there; where nothing is written the country is found adequate. */
const transfersOf = (processors: readonly ProcessorRow[], today: string) =>
  processors
    .filter(({ facts, since, until }) => isOutsideEea(facts.country) && since <= today && (until ?? today) >= today)
    .map(({ facts: { name, kind, country, safeguard } }) => ({ name, kind, country, ...(safeguard && { safeguard }) }))
