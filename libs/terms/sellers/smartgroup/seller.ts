/** Who the seller is, as clause 1 names it: the last line of every mail. */
export const SELLER =
  'SmartGroup AS · Org. no. 999 615 147 · Fornebuveien 46, 1366 Lysaker, Norway · post@smartgroup.no · +47 649 59 444'
