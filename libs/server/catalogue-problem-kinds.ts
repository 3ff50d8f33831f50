/** Kinds of problem with the catalogue, and with a price that was offered to one customer: part of the list in `problem-kinds.ts`. */
export const catalogueProblemKinds: Record<string, string> = {
  'product-unknown': 'There is no such product.',
  'precondition-failed':
    'Somebody else changed it meanwhile, or it is there already, or not yet: `current` is what there is. Mend that and send it with its ETag.',
  'stock-not-described':
    'What a product is says nothing of how many there are once it exists. Units are added or taken by POST /products/{sku}/stock-changes.',
  'stock-reserved': 'So many units are not free: the others are kept for orders.',
  'stock-too-large': 'A product has at most so many units.',
  'price-offer-unknown': 'There is no such offer.',
  'price-offer-recorded': 'Something else was offered under this id. Use another.',
  'price-offer-limit':
    'So much may not be given below the prices of the catalogue for one order; `detail` says up to how much, and by whom.',
  'price-offer-ended': 'The offer has ended. Goods cost what the catalogue says.',
  'price-offer-used': 'The offer was taken by an order already. Each is taken once.',
  'price-offer-exceeded': 'More units were asked for than are offered at this price.',
  'price-offer-differs': 'The offer is of another seller, in another currency or for other goods; `detail` says which.',
  'price-offer-of-another':
    'The offer is for another customer: it is taken with the e-mail address that it was sent to.',
  'customer-erased': 'The personal data of the order were erased: nobody is known any more to whom this could be said.',
}
