/** Which units a recall is of: all of a product, or those of its lots or of ranges of serial numbers, all in capitals. */
export type Recall = {
  recallId: string
  sku: string
  lotNumbers?: string[]
  /** Both ends are in it; digits count as numbers, so that SN-9 is before SN-10. */
  serialNumbers?: { from: string; to: string }[]
}
/** What of a product a recall is of. */
export type Scope = Omit<Recall, 'recallId' | 'sku'>

/** The recall that a row tells of. */
export const recallIn = ({ id: recallId, sku, scope }: { id: string; sku: string; scope: Scope }): Recall => ({
  ...{ recallId, sku, ...scope },
})

type Numbers = { serialNumber?: string; lotNumber?: string }

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare
/** Whether a range begins before it ends. */
export const isRange = ({ from, to }: { from: string; to: string }) => inOrder(from, to) <= 0

/** Whether a recall is of all of its product, with or without a number. */
const isOfAll = ({ lotNumbers, serialNumbers }: Recall) => lotNumbers === undefined && serialNumbers === undefined

/** Whether a unit of the product with these numbers is recalled. */
export const isRecalled = (recall: Recall, { serialNumber, lotNumber }: Numbers) =>
  isOfAll(recall) ||
  (lotNumber !== undefined && recall.lotNumbers?.includes(lotNumber) === true) ||
  (serialNumber !== undefined &&
    recall.serialNumbers?.some(({ from, to }) => inOrder(from, serialNumber) <= 0 && inOrder(serialNumber, to) <= 0) ===
      true)

/** The recall that any of these units of a product is of: its id. What has no number is taken to be of none but one of all. */
export const recallOf = (recalls: readonly Recall[], sku: string, units: readonly Numbers[]) =>
  recalls.find((recall) => recall.sku === sku && (isOfAll(recall) || units.some((unit) => isRecalled(recall, unit))))
    ?.recallId
