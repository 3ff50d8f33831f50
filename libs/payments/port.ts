/** An amount in the smallest unit of its currency (øre, cent), always a safe integer. `currency` is ISO 4217. */
export type Money = { amount: number; currency: string }

export type LineKind =
  | 'physical'
  | 'digital'
  | 'shipping_fee'
  | 'discount'
  | 'gift_card'
  | 'store_credit'
  | 'surcharge'
  | 'return_fee'

/**
 * One line of what is paid, captured or refunded. Amounts include tax and share the payment's currency;
 * `total` = `quantity` × `unitPrice` − `discount`. `taxRate` is in basis points: 2500 is 25 %.
 * What takes money off (discount, gift_card, store_credit, return_fee) is negative, tax included.
 */
export type PaymentLine = {
  kind: LineKind
  /** Our name for the goods, such as a SKU. At most 255 characters. */
  reference: string
  name: string
  quantity: number
  unitPrice: number
  /** Taken off the whole line, never negative. */
  discount: number
  total: number
  taxRate: number
  tax: number
}

/**
 * One thing that we mean to have done once, stored before the first byte of it is sent. `intentId` (a UUID) never
 * changes and is what the provider shows us again; `attempt` grows only after a `declined`, never after an `unknown`.
 */
export type Intent = {
  intentId: string
  attempt: number
  /** From `idempotencyKey()`. */
  idempotencyKey: string
  /** When it was first sent; null before that. */
  firstSentAt: Temporal.Instant | null
  /** An attempt of this intent ended as `unknown` and was not reconciled: no refusal is believed until it is. */
  earlierUnknown?: boolean
}

/** What the provider said, for people and logs. Never holds credentials or what we sent. */
export type ProviderError = {
  httpStatus: number | null
  code: string | null
  messages: string[]
  correlationId: string | null
}

export type DeclineReason =
  | 'invalid_request'
  | 'not_found'
  | 'not_allowed'
  | 'already_paid'
  | 'risk_rejected'
  | 'payment_method_failed'
  | 'exceeds_authorisation'
  | 'exceeds_captured'
  | 'not_captured'
  | 'authorisation_expired'
  | 'authorisation_cancelled'
  | 'not_supported'

/** Everything but success. The kinds differ in what the caller may do next. */
export type Failure =
  /** A definite no; nothing moved. A new attempt needs a new key. */
  | { kind: 'declined'; reason: DeclineReason; error: ProviderError }
  /** It did not reach the provider, or was turned away before it was looked at: the same key may be sent again. */
  | {
      kind: 'not_sent'
      cause: 'unreachable' | 'throttled' | 'misconfigured'
      retryAfter: Temporal.Instant | null
      error: ProviderError
    }
  /** It may or may not have happened: reconcile, or repeat it with the same key while the provider remembers the key. */
  | {
      kind: 'unknown'
      cause: 'timeout' | 'connection_lost' | 'server_error' | 'conflict' | 'bad_response'
      error: ProviderError
    }

/** Accepted but not settled; nothing is to be sent before `checkAfter`. `paymentId` when there is a new one already. */
export type Pending = {
  kind: 'pending'
  reason: 'fraud_review' | 'provider_processing'
  checkAfter: Temporal.Instant
  paymentId?: string
}

export type Result<Value> = { kind: 'ok'; value: Value } | Pending | Failure

/** A capture or a refund as the provider tells it. `reference` is our intent's id where the provider repeats it. */
export type Movement = {
  providerId: string
  reference: string | null
  amount: number
  at: Temporal.Instant | null
}

/** The provider's truth about one payment. Decide on the amounts; `state` is for people. */
export type Snapshot = {
  paymentId: string
  orderNumber: string | null
  currency: string
  state: 'authorised' | 'captured' | 'cancelled' | 'expired' | 'closed' | 'other'
  review: 'accepted' | 'pending' | 'rejected' | null
  authorised: number
  captured: number
  refunded: number
  /** What can still be captured. */
  capturable: number
  /** The last moment of a capture, as the provider tells it; counted only where it tells none, as at Vipps. */
  expiresAt: Temporal.Instant | null
  captures: Movement[]
  refunds: Movement[]
  /** Taken before the read was sent, so the truth is at least this new. */
  readAt: Temporal.Instant
}

export type StartInput = {
  intent: Intent
  orderId: string
  orderNumber: string
  total: Money
  /** The tax within `total`, the sum of the lines' tax. */
  tax: number
  lines: PaymentLine[]
  /** ISO 3166-1 alpha-2. */
  country: string
  /** ISO 639-1, what the customer reads; which locale of the country that is, is for the adapter. */
  language: string
  /** `checkout` is our own page, for a front end that runs inside of it; `terms` too. */
  urls: { success: string; cancel: string; notification: string; checkout?: string; terms?: string }
  customer: { email: string }
  signal?: AbortSignal
}
/**
 * `url` is where the customer goes next: the provider's page, or our own checkout page, which then shows the provider's
 * `widget`. `request` is what `authorise` sends; it is stored as it is, for a repeat must be the same byte for byte.
 */
export type Started = {
  sessionId: string
  url: string
  expiresAt: Temporal.Instant | null
  widget?: { kind: 'client_token' | 'html'; value: string }
  request?: string
}

/** `request` is what `start` gave; `approvalToken` what the customer's approval gave, in the browser or in a callback. */
export type AuthoriseInput = { intent: Intent; approvalToken: string; request: string; signal?: AbortSignal }
export type Authorised = { paymentId: string }

/**
 * Where the customer is. `declined` and `abandoned` tell how the last visit ended: until the session is `expired` or
 * was closed, the customer may come back and pay. With an `approvalToken` it waits for us to authorise; `placed` tells
 * whether an order came of that, which only the answer to `authorise` or a notification names.
 */
export type Session =
  | { state: 'completed'; paymentId: string }
  | { state: 'waiting' | 'declined' | 'abandoned' | 'expired'; approvalToken?: string; placed?: boolean }

export type Shipment = { carrier?: string; trackingNumber?: string }

type Ask = { paymentId: string; intent: Intent; signal?: AbortSignal }
export type AcknowledgeInput = Ask & { orderNumber: string }
export type MoveInput = Ask & { amount: Money; lines: PaymentLine[] }
export type CaptureInput = MoveInput & { shipment?: Shipment }
export type ReleaseInput = Ask
/** Where the goods of a payment go now: `name` as the customer wrote it, `country` ISO 3166-1 alpha-2. */
export type RedirectInput = Ask & {
  address: { name: string; street: string; postalCode: string; city: string; country: string }
}
export type ExtendInput = Ask
export type ReconcileInput = Ask & {
  op: 'capture' | 'refund' | 'release' | 'extend'
  amount: Money
  /** When the intent was last sent, if more than once. */
  lastSentAt?: Temporal.Instant
  /** Ids of captures and refunds that belong to other intents, so that none is taken for two. */
  claimed?: ReadonlySet<string>
  /** Of an extension: when the authorisation ended before it. */
  expiresAt?: Temporal.Instant
}

export type Moved = { providerId: string }
export type Released = { released: number }
export type Extended = { expiresAt: Temporal.Instant }
export type Reconciled =
  | {
      verdict: 'executed'
      providerId: string | null
      by: 'reference' | 'idempotency_key' | 'amount_and_time' | 'totals' | 'expiry'
      snapshot: Snapshot
    }
  /** The provider's books, read late enough, show no trace of it. */
  | { verdict: 'not_executed'; snapshot: Snapshot }
  /** More than one reading of the books is possible: a person decides. */
  | { verdict: 'ambiguous'; candidates: Movement[]; snapshot: Snapshot }

/**
 * What a payment provider does for us. Nothing here throws for what a provider does, and nothing that changes money is
 * repeated on its own: the caller keeps the intent and decides.
 */
export type PaymentProvider = {
  name: string
  /** Whether the provider places the order when the customer approves, or we do by `authorise`. */
  placedBy: 'provider' | 'shop'
  /** Opens a page where the customer pays. Repeating it after an unknown is harmless: nobody was sent to the other page. */
  start(input: StartInput): Promise<Result<Started>>
  readSession(sessionId: string, signal?: AbortSignal): Promise<Result<Session>>
  /** Makes sure that nobody can pay any more. Declined with `already_paid` when somebody has. */
  closeSession(sessionId: string, signal?: AbortSignal): Promise<Result<object>>
  /** Places the order that a customer approved, where that is ours to do; else declined with `not_supported`. */
  authorise(input: AuthoriseInput): Promise<Result<Authorised>>
  read(paymentId: string, signal?: AbortSignal): Promise<Result<Snapshot>>
  /** Tells the provider that the order is ours and under which number; once it is durably stored. */
  acknowledge(input: AcknowledgeInput): Promise<Result<object>>
  capture(input: CaptureInput): Promise<Result<Moved>>
  refund(input: MoveInput): Promise<Result<Moved>>
  /** Cancels when nothing was captured, else lets the rest go. Ok with 0 when there was nothing left to let go. */
  release(input: ReleaseInput): Promise<Result<Released>>
  /** Makes the authorisation last longer, as far as the provider goes; else declined, such as with `not_supported`. */
  extend(input: ExtendInput): Promise<Result<Extended>>
  /**
   * Tells that the goods go to another address than the customer paid for, who may be judged anew by it. Setting the same twice is
   * harmless. Declined with `not_supported` where the provider keeps no address.
   */
  redirect(input: RedirectInput): Promise<Result<object>>
  /** Reads only. `pending` while the provider may still be at work on what we sent. */
  reconcile(input: ReconcileInput): Promise<Result<Reconciled>>
  /** Which payment a callback speaks of: a hint to go and read, never a fact. Null when it names nothing of ours. */
  parseNotification(notification: Notification): {
    sessionId?: string
    paymentId?: string
    approvalToken?: string
  } | null
}

/** A call from outside, as a stranger sent it: `url` is the address at which we are known, `body` the bytes as text. */
export type Notification = {
  url: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}
