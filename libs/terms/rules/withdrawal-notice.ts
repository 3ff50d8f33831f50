import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { directive201183 } from '../statute/directive-2011-83.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  said: because('clearly-said', 'withdrawal-notice', angrerettloven('§ 20'), directive201183('Art. 11')),
  draft: because(
    'not-confirmed-by-the-consumer',
    'withdrawal-notice',
    angrerettloven('§ 20 a'),
    directive201183('Art. 11a'),
  ),
  refusal: because('refusing-says-nothing', 'withdrawal-notice', angrerettloven('§ 20')),
  silentReturn: because('sending-back-says-nothing', 'withdrawal-notice', angrerettloven('§ 20')),
  nothingSaid: because('nothing-said', 'withdrawal-notice', angrerettloven('§ 20')),
  notBought: because('not-bought', 'withdrawal-right', angrerettloven('§ 20')),
  whichOrder: because('order-not-identified', 'withdrawal-notice', angrerettloven('§ 20')),
  acknowledge: because('acknowledge-at-once', 'withdrawal-notice', angrerettloven('§ 20'), directive201183('Art. 11')),
})
type Edition = Under<typeof reasonsOf>

/** How a notice came. The function is the two buttons of angrerettloven § 20 a. */
export type Channel = 'withdrawal-function' | 'web-form' | 'email' | 'chat' | 'letter' | 'phone' | 'in-person'

const ELECTRONIC: ReadonlySet<Channel> = new Set(['withdrawal-function', 'web-form', 'email', 'chat'])

export type Notice = {
  channel?: Channel
  /** What the consumer did: said it, began to say it in the function, or only acted. */
  did: 'said' | 'drafted' | 'refused-delivery' | 'did-not-collect' | 'sent-back' | 'nothing'
  /** Whether the order can be told from what was given, in whatever way; a wrong number does no harm. */
  identified?: boolean
}

export type NoticeRuling = Ruling & {
  /** What the shop does next when this is no notice yet; a draft is kept for the consumer to confirm. */
  next?: 'keep-draft' | 'contact-customer' | 'contact-customer-and-honour-sending' | 'ask-which-order'
  /** Nobody has to give a reason, and who withdraws has to be able to show that they did. */
  reasonRequired: false
  burdenOfProof: 'consumer'
  /** Somebody writes down what was said, since it leaves no trace of its own. */
  record: boolean
  /** The receipt that the shop owes for a notice given electronically. */
  acknowledgement?: { when: 'immediately'; medium: 'durable'; reasons: Reason[] }
}

/**
 * Whether the consumer has told the shop clearly that they withdraw, by whatever channel. An act without
 * words is none, so the shop asks; it loses the consumer nothing, since goods that they never took start no period.
 */
function withdrawalNotice(edition: Edition, { channel, did, identified = true }: Notice): NoticeRuling {
  const electronic = channel !== undefined && ELECTRONIC.has(channel)
  return {
    ...rulingOn(edition, did, identified),
    basis: 'both',
    reasonRequired: false,
    burdenOfProof: 'consumer',
    record: channel === 'phone' || channel === 'in-person',
    acknowledgement: electronic
      ? { when: 'immediately', medium: 'durable', reasons: [edition.why.acknowledge] }
      : undefined,
  }
}

function rulingOn(edition: Edition, did: Notice['did'], identified: boolean): Ruling & Pick<NoticeRuling, 'next'> {
  switch (did) {
    case 'said':
      return identified ? granted(edition.why.said) : { ...review(edition.why.whichOrder), next: 'ask-which-order' }
    case 'drafted':
      return { ...refused(edition.why.draft), next: 'keep-draft' }
    case 'refused-delivery':
    case 'did-not-collect':
      return { ...refused(edition.why.refusal), next: 'contact-customer' }
    case 'sent-back':
      return { ...refused(edition.why.silentReturn), next: 'contact-customer-and-honour-sending' }
    case 'nothing':
      return { ...refused(edition.why.nothingSaid), next: 'contact-customer' }
  }
}

/** A notice about more units than were bought, or about goods that were not: nobody withdraws from what was never agreed. */
const notBought = (edition: Edition): Ruling => refused(edition.why.notBought)

export const withdrawalNoticeRules = rulesOf(reasonsOf, { withdrawalNotice, notBought })
