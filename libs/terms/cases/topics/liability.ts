import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { dayOf, type Moment } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

type Claimed = {
  customerType?: CustomerKind
  loss?: 'direct' | 'indirect'
  grossNegligence?: boolean
  mandatoryLaw?: boolean
}

function liability({ customerType = 'consumer', loss = 'direct', grossNegligence, mandatoryLaw }: Claimed): Answer {
  const ruling = terms.liability({ customerKind: customerType, loss, grossNegligence, mandatoryLaw })
  return { liable: ruling.liable, unless: ruling.unless ? 'mandatory law / gross negligence' : null }
}

type Happened = {
  customerType?: CustomerKind
  event?: string
  /** What the seller holds the event against; left out, a claim for damages. */
  basis?: 'statutory' | 'voluntary'
  beyondControl?: boolean
  foreseeable?: boolean
  avoidable?: boolean
  supplierExempt?: boolean
  ended?: boolean
  notified?: boolean
}

const EVENTS: Readonly<Record<string, string>> = {
  government: 'act-of-government',
  'government-act': 'act-of-government',
}

function forceMajeure({ customerType = 'consumer', event = '', basis, notified, ...facts }: Happened): Answer {
  const impediment = { ...facts, customerKind: customerType, event: EVENTS[event] ?? event, customerTold: notified }
  const ruling = terms.impediment(impediment)
  return {
    exempt: ruling.exempt,
    damages: !ruling.exempt,
    mayStillCancelAfterExtraTime: ruling.rescission.outcome === 'granted',
    refundRight: ruling.refund.outcome === 'granted',
    allowed: terms.impedimentAllows(impediment, basis === undefined ? 'damages' : 'refund'),
  }
}

type Disputed = { customerType?: CustomerKind; country?: string; at?: Moment; odrLink?: boolean }

function disputes({ customerType = 'consumer', country, at, odrLink = false }: Disputed): Answer {
  const on = at === undefined ? undefined : dayOf(at)
  const route = terms.dispute({ customerKind: customerType, country, on })
  return {
    law: 'Norwegian',
    plus: route.keepsOwnMandatoryRules ? "mandatory rules of consumer's country kept" : null,
    venue: route.venue === 'oslo-district-court' ? 'Oslo District Court' : null,
    mediator: route.mediator ?? null,
    thenTribunal: route.tribunal ?? null,
    termsName: route.named ?? null,
    fix: route.termsNameAnother ?? false,
    cisg: route.unConvention,
    ok: !odrLink || terms.platformLink(on).allowed,
  }
}

export const liabilityTopics: Record<string, Topic> = { liability, 'force-majeure': forceMajeure, disputes }
