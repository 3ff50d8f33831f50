/** What is told of money besides refunds, of exchanges and overrides, and of what a complaint waits for: no right of an order hangs on it. */
const names = [
  ...([
    'PayoutProposed',
    'PayoutDecided',
    'PayoutDeclined',
    'PayoutClosed',
    'ExchangeAgreed',
    'ExchangeEnded',
  ] as const),
  ...(['OverrideProposed', 'OverrideDecided', 'OverrideDeclined', 'CureGoodsReceived', 'CureGoodsWaived'] as const),
  ...(['CureShipmentAsked', 'CureUnavailable', 'CureStopAsked', 'CureStopped', 'ChoiceReminded'] as const),
  ...(['ChoiceOverdue', 'ComplaintRested', 'SendBackReminded', 'SendBackOverdue'] as const),
]

const asItWas = <Order>(order: Order): Order => order

/** For each of them the order as it was. */
export const unchanged = Object.fromEntries(names.map((name) => [name, asItWas])) as Record<
  (typeof names)[number],
  typeof asItWas
>
