import type { Holders } from '../../exports/holders.ts'

/** Where orders keeps the address that it writes to. */
const ADDRESS = 'orders.personal->email'

/** The address that orders has of an order: none once it is erased, and no answer where it is silent. It is kept nowhere here but sealed in a mail. */
export async function addressOf(
  { ask }: Pick<Holders, 'ask'>,
  orderId: string,
): Promise<{ to?: string } | { silent: string }> {
  const answer = await ask('orders', orderId)
  if ('silent' in answer) return answer
  const to = answer.items.find(({ place }) => place === ADDRESS)?.value
  return typeof to === 'string' && to.includes('@') ? { to } : {}
}
