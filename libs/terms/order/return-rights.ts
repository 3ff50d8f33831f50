import { instantOf } from './entitlement.ts'
import type { EntitlementQuery } from './line-entitlements.ts'
import { firstReceiptOf, type Line, lastOf } from './lines.ts'
import { flags, remembered } from './remembered.ts'
import { rulingOfUnits } from './replaced-units.ts'

/**
 * What gives goods back without a defect, of a line of which units can still go back: the law's right, and the offer of the terms. Where other units
 * were withdrawn from on their way and never had, the Act does not say whether the days for the rest count from its receipt or from that notice
 * (angrerettloven § 21): the doubt is the consumer's, and the later one counts (avtaleloven § 37).
 */
export function returnRightsOf({ facts, terms, agreed, lines, at }: EntitlementQuery) {
  const { customerKind, country, disclosures } = facts
  const { withdrawalInformationGivenAt: givenAt } = disclosures
  const lastReceivedAt = lastOf(lines, 'receivedAt')
  // Of regular deliveries the first begins the law's period; the offer of the terms still waits for the last.
  const begunAt = facts.regularDeliveries ? firstReceiptOf(facts.parcels) : withNotices(lastReceivedAt, lines)
  const expectedAt = lastReceivedAt === undefined ? lastOf(lines, 'expectedAt') : undefined
  const period = {
    country,
    informationGiven: disclosures.withdrawalInformation,
    informationGivenAt: instantOf(givenAt),
    customerKind,
    agreed: agreed.withdrawalDays,
  }
  const asked = { ...period, declaredAt: at, exceptionDisclosed: disclosures.exceptions }
  const rightsOf = (line: Line) => {
    const { traits, sealBroken, unused, undamaged, originalPackaging } = line
    const found = { traits, sealBroken, unused, undamaged, originalPackaging }
    const condition = { ...found, requestedAt: at, country, customerKind, agreed: agreed.voluntaryReturnDays }
    const whenExpected = expectedAt && {
      withdrawal: terms.withdrawalPeriod({ ...period, lastReceivedAt: expectedAt })?.lastDay,
      voluntaryReturn: terms.voluntaryReturn({ ...condition, lastReceivedAt: expectedAt }).lastDay,
    }
    return {
      withdrawal: rulingOfUnits(
        facts,
        line,
        (replacedAt) => terms.withdrawal({ ...asked, lastReceivedAt: begunAt, replacedAt, traits, sealBroken }),
        begunAt === undefined ? whenExpected?.withdrawal : undefined,
      ),
      voluntaryReturn: rulingOfUnits(
        facts,
        line,
        (replacedAt) => terms.voluntaryReturn({ ...condition, lastReceivedAt, replacedAt }),
        whenExpected?.voluntaryReturn,
      ),
    }
  }
  const ofPlainLine = remembered(
    ({ traits, sealBroken, unused, undamaged, originalPackaging }: Line) =>
      flags(
        ...[traits.madeToOrder, traits.hygieneSealed, traits.sealedMedia, sealBroken],
        ...[unused, undamaged, originalPackaging],
      ),
    rightsOf,
  )
  // A line of which units were replaced is like no other.
  return (line: Line) => (line.replacedAt === undefined ? ofPlainLine(line) : rightsOf(line))
}

/** The last receipt, or the last notice of a withdrawal from units that never came to the customer, whichever is later. */
const withNotices = (lastReceivedAt: Temporal.Instant | undefined, lines: readonly Line[]) =>
  lastReceivedAt &&
  lines.reduce(
    (last, { withdrawnAt: at }) => (at && Temporal.Instant.compare(at, last) > 0 ? at : last),
    lastReceivedAt,
  )
