/** How a system of a play calls a kind of record: by which category of the policy, and what of its own days are to the privacy service. */
export type Kind = {
  system: string
  category: string
  /** Which day of the privacy service's facts something that happened is. */
  days: Readonly<Record<string, string>>
}

const letter = (system: string): Kind => ({ system, category: 'correspondence', days: { document: 'document' } })
const accounting = (system: string): Kind => ({ system, category: 'accounting', days: { document: 'document' } })
const newsletter = (system: string): Kind => ({ system, category: 'marketing', days: { left: 'unsubscribed' } })

/** The shop's own services tell by events, as one system of this name. */
export const OWN = 'shop'
/** And what was said in complaints, of which only returns knows. */
export const OWN_CASES = 'shop-cases'

/** The systems of each play by what they hold. An order of the shop is told by events. */
export const kinds: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  shop: {
    order: { system: OWN, category: 'order', days: {} },
    account: { system: 'customer-accounts', category: 'account', days: { activity: 'activity' } },
    support: { system: 'help-desk', category: 'support', days: { closed: 'caseClosed' } },
    newsletter: newsletter('mailing-tool'),
    'cookie-log': { system: 'cookie-banner', category: 'consent-log', days: { ended: 'consentEnded' } },
    letter: letter('archive'),
  },
  'photo-store': {
    visit: { system: 'photo-site', category: 'cat1', days: {} },
    cookies: { system: 'photo-site', category: 'cat6', days: {} },
    account: { system: 'photo-accounts', category: 'cat2', days: { deleted: 'accountDeleted' } },
    order: { system: 'photo-orders', category: 'cat3', days: { ordered: 'lastOrder' } },
    contact: { system: 'photo-desk', category: 'cat4', days: { written: 'lastContact' } },
    'ordered-photos': { system: 'photo-store', category: 'cat5', days: { ordered: 'ordered' } },
    'saved-photos': { system: 'photo-store', category: 'cat5', days: { saved: 'saved', 'new-order': 'newOrder' } },
    'guest-photos': { system: 'photo-store', category: 'cat5', days: { uploaded: 'uploaded' } },
  },
  'developers-site': {
    order: { system: 'dev-shop', category: 'order', days: { document: 'document', delivered: 'delivered' } },
    accounting: accounting('dev-shop'),
    letter: letter('dev-archive'),
    newsletter: newsletter('dev-mail'),
    profile: { system: 'dev-profiles', category: 'profile', days: { ended: 'purposeEnded' } },
  },
  'member-portal': {
    member: { system: 'portal', category: 'member', days: { ended: 'purposeEnded' } },
    account: { system: 'portal', category: 'account', days: { ended: 'purposeEnded' } },
    payment: { system: 'portal-payments', category: 'payment', days: { paid: 'transaction' } },
    newsletter: newsletter('portal-mail'),
  },
}
export const plays = Object.keys(kinds)
