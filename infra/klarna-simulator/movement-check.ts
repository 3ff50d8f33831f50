const MAX_AMOUNT = 200_000_000
const MAX_TEXT = 255
const MAX_LINES = 1_000
const MAX_SHIPPING_INFO = 500
const SHIPPING_TEXTS = { shipping_company: 100, shipping_method: 100, tracking_number: 100, tracking_uri: 1_024 }
const TYPES = [
  'physical',
  'digital',
  'shipping_fee',
  'discount',
  'gift_card',
  'store_credit',
  'surcharge',
  'sales_tax',
  'return_fee',
]

type Fields = Record<string, unknown>

/**
 * The first field of a capture or a refund that Klarna's schema of order management does not allow,
 * or null. Written apart from the adapter's own check. `amount` is the name of its amount.
 */
export function wrongMovementField(body: Fields, amount: string): string | null {
  if (!isWhole(body[amount], 1)) return `${amount} must be 1 to ${MAX_AMOUNT}`
  for (const name of ['description', 'reference']) {
    if (body[name] !== undefined && !isText(body[name], MAX_TEXT)) return `${name} must be a text of 255 at most`
  }
  const { order_lines = [], shipping_info = [] } = body
  if (!Array.isArray(order_lines) || order_lines.length > MAX_LINES) return 'order_lines must be 1000 lines at most'
  for (const [index, line] of order_lines.entries()) {
    const bad = badLine(line ?? {})
    if (bad !== null) return `order_lines[${index}].${bad} is not allowed`
  }
  if (!Array.isArray(shipping_info) || shipping_info.length > MAX_SHIPPING_INFO)
    return 'shipping_info is no list of 500'
  return shipping_info.every(isShipping) ? null : 'shipping_info holds a text that is too long'
}

function badLine(line: Fields): string | null {
  const { type = 'physical', name, reference = '', quantity, unit_price, total_amount } = line
  const { total_discount_amount = 0, tax_rate = 0 } = line
  if (!TYPES.includes(String(type))) return 'type'
  if (!isText(name, MAX_TEXT) || name.length === 0) return 'name'
  if (!isText(reference, MAX_TEXT)) return 'reference'
  if (!isWhole(quantity, 0)) return 'quantity'
  if (!isWhole(unit_price, -MAX_AMOUNT)) return 'unit_price'
  if (!isWhole(total_discount_amount, 0)) return 'total_discount_amount'
  if (!isWhole(tax_rate, 0) || tax_rate > 10_000) return 'tax_rate'
  return total_amount === quantity * unit_price - total_discount_amount ? null : 'total_amount'
}

const isShipping = (info: Fields) =>
  info !== null && Object.entries(SHIPPING_TEXTS).every(([name, most]) => isText(info[name] ?? '', most))
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most
const isWhole = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= MAX_AMOUNT
