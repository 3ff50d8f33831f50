import { coverage } from '../coverage.ts'
import type { LineKind, Money, PaymentLine } from '../port.ts'

/** Klarna's limits: order management, order lines and amounts. */
const MAX_AMOUNT = coverage.klarna.maxAmount
const MAX_LINES = 1_000
const MAX_TEXT = 255
const MAX_TAX_RATE = 10_000
const TAX_TOLERANCE = 1

const TAKES_OFF: ReadonlySet<LineKind> = new Set(['discount', 'gift_card', 'store_credit', 'return_fee'])

const exactTax = (total: number, taxRate: number) => total - (total * 10_000) / (10_000 + taxRate)

/**
 * Why Klarna would not take these lines for this total, as a sentence, or null. Checked here, since a sum that is one
 * øre off is a mistake of ours that must not get as far as the customer. `tax` is the order's, where it is told.
 */
export function problemWith({ total, tax, lines }: { total: Money; tax?: number; lines: PaymentLine[] }) {
  if (!isAmount(total.amount) || total.amount === 0) return `${total.amount} is not an amount to move.`
  if (lines.length === 0 || lines.length > MAX_LINES) return `There are ${lines.length} lines, not 1 to ${MAX_LINES}.`
  for (const [index, line] of lines.entries()) {
    const problem = problemWithLine(line)
    if (problem !== null) return `Line ${index + 1}: ${problem}`
  }
  const sum = lines.reduce((all, line) => all + line.total, 0)
  if (sum !== total.amount) return `The lines add up to ${sum}, not to ${total.amount}.`
  const taxes = lines.reduce((all, line) => all + line.tax, 0)
  if (tax !== undefined && tax !== taxes) return `The lines' tax adds up to ${taxes}, not to ${tax}.`
  return null
}

function problemWithLine({ kind, reference, name, quantity, unitPrice, discount, total, taxRate, tax }: PaymentLine) {
  const takesOff = TAKES_OFF.has(kind)
  if (name.length === 0 || name.length > MAX_TEXT || reference.length > MAX_TEXT)
    return 'its texts are empty or too long.'
  if (!isAmount(quantity)) return `${quantity} is not a number of pieces.`
  if (!isAmount(discount)) return `${discount} is not a discount.`
  if (!isAmount(takesOff ? -unitPrice : unitPrice) || !isAmount(takesOff ? -total : total)) {
    return `${unitPrice} and ${total} are not amounts of a line of kind ${kind}.`
  }
  if (total !== quantity * unitPrice - discount) return `${total} is not ${quantity} × ${unitPrice} − ${discount}.`
  if (!Number.isInteger(taxRate) || taxRate < 0 || taxRate > MAX_TAX_RATE) return `${taxRate} is not a tax rate.`
  if (!Number.isInteger(tax) || Math.abs(tax - exactTax(total, taxRate)) > TAX_TOLERANCE) {
    return `${tax} is not the tax at ${taxRate / 100} % within ${total}.`
  }
  return null
}

const isAmount = (value: number) => Number.isInteger(value) && value >= 0 && value <= MAX_AMOUNT

/** A line in Klarna's words. Its tax rates have two implied decimals, as ours do. */
export const klarnaLine = (line: PaymentLine) => ({
  type: line.kind,
  reference: line.reference,
  name: line.name,
  quantity: line.quantity,
  unit_price: line.unitPrice,
  total_discount_amount: line.discount,
  total_amount: line.total,
  tax_rate: line.taxRate,
  total_tax_amount: line.tax,
})
