import type { OperationStatus } from './operation.ts'

/**
 * What a person may say about money that the provider moved, or may have moved, without our knowing: have it tried again,
 * it was executed, it was not, what cannot be taken is claimed of the customer, less of that claim stands than it was, or this
 * movement in the provider's books is to be taken into the ledger.
 */
export type Said = 'retry' | 'executed' | 'not-executed' | 'claimed' | 'reduced' | 'adopt'

/**
 * What happens. `ask-again`: the same attempt is looked at again, under its own key. `new-attempt`: it is asked for anew,
 * under a new key. `record`: it is recorded as executed. `part-by-hand`: a movement made by hand and adopted before is a part
 * of it, and the rest is asked for. `claim`: a capture is claimed of the customer. `credit`: a credit note takes back what of the claim stands no more. `let-be`: it stays as it is, and the movement is booked for itself.
 */
export type Happens =
  | 'ask-again'
  | 'new-attempt'
  | 'record'
  | 'part-by-hand'
  | 'claim'
  | 'credit'
  | 'let-be'
  | 'refused'

/** Status of an operation × what a person says → what happens. `LIFECYCLE.md` shows the same table. */
export const WHAT_HAPPENS: Record<OperationStatus, Record<Said, Happens>> = {
  planned: {
    retry: 'ask-again',
    executed: 'refused',
    'not-executed': 'refused',
    claimed: 'refused',
    reduced: 'refused',
    adopt: 'refused',
  },
  'waiting-for-capture': {
    retry: 'ask-again',
    executed: 'part-by-hand',
    'not-executed': 'refused',
    claimed: 'refused',
    reduced: 'refused',
    adopt: 'let-be',
  },
  sent: {
    retry: 'ask-again',
    executed: 'refused',
    'not-executed': 'refused',
    claimed: 'refused',
    reduced: 'refused',
    adopt: 'refused',
  },
  ambiguous: {
    retry: 'refused',
    executed: 'record',
    'not-executed': 'new-attempt',
    claimed: 'refused',
    reduced: 'refused',
    adopt: 'refused',
  },
  declined: {
    retry: 'new-attempt',
    executed: 'part-by-hand',
    'not-executed': 'refused',
    claimed: 'claim',
    reduced: 'refused',
    adopt: 'record',
  },
  done: {
    retry: 'refused',
    executed: 'refused',
    'not-executed': 'refused',
    claimed: 'refused',
    reduced: 'refused',
    adopt: 'let-be',
  },
  claimed: {
    retry: 'refused',
    executed: 'refused',
    'not-executed': 'refused',
    claimed: 'let-be',
    reduced: 'credit',
    adopt: 'record',
  },
}
