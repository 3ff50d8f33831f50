import { vatOutOf } from '../../amounts/vat.ts'
import type { Currency, CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { dayOf, type Moment, minorUnitsOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

const { chargedAsShown, priceCheck, priceReduction } = terms

type Facts = {
  customerType?: CustomerKind
  currency?: Currency
  display?: 'incl' | 'excl' | 'both' | 'unlabelled'
  grossOre?: number
  vatPct?: number
  shownTotal?: number
  chargedTotal?: number
  list?: number
  lowest30?: number
  now?: number
  claimedPct?: number
  date?: Moment
}

const FIXES = {
  'state-vat': 'state incl. or excl. VAT',
  'show-total-incl': 'show total payable incl. taxes',
  'show-without-vat': 'show price excl. VAT',
}

function priceDisplay(facts: Facts): Answer {
  if (facts.grossOre !== undefined) return contained(facts)
  if (facts.chargedTotal !== undefined) return charged(facts)
  return facts.now === undefined ? displayed(facts) : reduced(facts)
}

function displayed({ customerType = 'consumer', currency = 'NOK', display = 'unlabelled' }: Facts): Answer {
  const { outcome, fix } = priceCheck({ customerKind: customerType, currency, shown: display })
  return { ok: outcome === 'granted', fix: fix === undefined ? null : FIXES[fix] }
}

function contained({ grossOre = 0, vatPct = 0 }: Facts): Answer {
  const { net, vat } = vatOutOf({ gross: grossOre, rate: vatPct * 100 })
  return { netOre: net, vatOre: vat }
}

function charged({ shownTotal = 0, chargedTotal = 0 }: Facts): Answer {
  const totals = { shownTotal: minorUnitsOf(shownTotal), chargedTotal: minorUnitsOf(chargedTotal) }
  return { ok: chargedAsShown(totals).outcome === 'granted' }
}

function reduced({ list, lowest30, now = 0, claimedPct, date }: Facts): Answer {
  const reference = list ?? lowest30 ?? now
  const { outcome, greatestPercent } = priceReduction({
    reference: minorUnitsOf(reference),
    lowestBefore: minorUnitsOf(lowest30 ?? reference),
    now: minorUnitsOf(now),
    claimedPercent: claimedPct,
    on: date === undefined ? undefined : dayOf(date),
  })
  return { ok: outcome === 'granted', maxAllowedClaimPct: greatestPercent }
}

export const pricesTopics: Record<string, Topic> = { 'price-display': priceDisplay }
