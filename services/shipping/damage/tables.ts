import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import type { Json } from '@vilkar/server/postgres.ts'

/** The list of what was reported, as a type. */
export type DamageTables = {
  damage_report: {
    id: string
    shipment_id: string
    order_id: string
    kind: DamageKind
    reported_by: DamageReporter
    reported_at: string
    late: boolean
    outcome: 'granted' | 'review'
    lines: Json<UnitsSent[]>
    claim_due_on: string
    claimed_at: string | null
    settled: 'replacement' | 'refund' | null
    replacement_id: string | null
    ended_at: string | null
    ended: 'arrived' | 'reported-otherwise' | null
    seen_to_at: string | null
    answer: 'accepted' | 'refused' | 'paid' | null
    amount: number | null
    currency: string | null
    answered_at: string | null
    personal: Json<{ by: string; what: string; photos: string[]; reference?: string; done?: string; seenToBy?: string }>
  }
}
