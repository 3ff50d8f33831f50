import { wrongGlobalField, wrongMarketField } from './markets.ts'

const MAX_AMOUNT = 200_000_000
/** A line of Kustom's checkout (v3). */
const MAX_KUSTOM_LINE = 100_000_000
const MAX_LINES = 1_000
const TYPES = ['physical', 'discount', 'shipping_fee', 'sales_tax', 'digital', 'gift_card', 'store_credit', 'surcharge']
const REQUIRED = ['purchase_country', 'purchase_currency', 'order_amount', 'order_lines'] as const

/**
 * The first field of a payment session that Klarna would refuse, or null; of a checkout order, that Kustom would. Written
 * apart from the adapter's own check.
 */
export function wrongCartField(session: Record<string, unknown>, at: 'klarna' | 'kustom' = 'klarna'): string | null {
  const missing = REQUIRED.find((name) => session[name] === undefined)
  if (missing !== undefined) return missing
  const abroad = at === 'klarna' ? wrongMarketField(session) : wrongGlobalField(session)
  if (abroad !== null) return abroad
  if (!Array.isArray(session.order_lines) || session.order_lines.length > MAX_LINES) return 'order_lines'

  const lines: Record<string, unknown>[] = session.order_lines
  for (const [index, line] of lines.entries()) {
    const bad = badField(line)
    if (at === 'kustom' && Number(line.total_amount) > MAX_KUSTOM_LINE) return `order_lines[${index}].total_amount`
    if (bad !== null) return `order_lines[${index}].${bad}`
  }
  const sum = (name: string) => lines.reduce((all, line) => all + Number(line[name] ?? 0), 0)
  if (!isAmount(session.order_amount) || sum('total_amount') !== session.order_amount) return 'order_amount'
  const taxOff = Math.abs(sum('total_tax_amount') - Number(session.order_tax_amount ?? 0))
  return taxOff <= lines.length ? null : 'order_tax_amount'
}

function badField(line: Record<string, unknown>): string | null {
  if (line === null || typeof line !== 'object') return 'type'
  const { type = 'physical', name, quantity, unit_price, total_amount } = line
  const { tax_rate = 0, total_tax_amount = 0, total_discount_amount = 0 } = line
  if (!TYPES.includes(String(type))) return 'type'
  if (typeof name !== 'string' || name.length === 0 || name.length > 255) return 'name'
  if (!isAmount(quantity)) return 'quantity'
  if (!Number.isInteger(unit_price)) return 'unit_price'
  if (!isAmount(total_discount_amount)) return 'total_discount_amount'
  if (total_amount !== quantity * Number(unit_price) - total_discount_amount) return 'total_amount'
  if (!isAmount(tax_rate) || tax_rate > 10_000) return 'tax_rate'
  const net = (total_amount * 10_000) / (10_000 + tax_rate)
  if (!Number.isInteger(total_tax_amount)) return 'total_tax_amount'
  return Math.abs(total_amount - net - Number(total_tax_amount)) <= 1 ? null : 'total_tax_amount'
}

const isAmount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_AMOUNT
