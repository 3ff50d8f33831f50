import { citing } from '../../../ruling/citing.ts'
import { granted, type Reason, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { directive201183 } from '../../../statute/directive-2011-83.ts'
import { text } from './08-withdrawal.ts'
import { EDITION } from './parameters.ts'

const because = citing(EDITION, text)

const why = {
  said: because('clearly-said', '8.3', angrerettloven('§ 20'), directive201183('Art. 11')),
  draft: because('not-confirmed-by-the-consumer', '8.3', angrerettloven('§ 20 a'), directive201183('Art. 11a')),
  refusal: because('refusing-says-nothing', '8.3', angrerettloven('§ 20')),
  silentReturn: because('sending-back-says-nothing', '8.3', angrerettloven('§ 20')),
  nothingSaid: because('nothing-said', '8.3', angrerettloven('§ 20')),
  whichOrder: because('order-not-identified', '8.3', angrerettloven('§ 20')),
  acknowledge: because('acknowledge-at-once', '8.3', angrerettloven('§ 20'), directive201183('Art. 11')),
}

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
  /** Nobody has to give a reason, and who withdraws has to be able to show that he did. */
  reasonRequired: false
  burdenOfProof: 'consumer'
  /** Somebody writes down what was said, since it leaves no trace of its own. */
  record: boolean
  /** The receipt that the shop owes for a notice given electronically. */
  acknowledgement?: { when: 'immediately'; medium: 'durable'; reasons: Reason[] }
}

/**
 * Clause 8.3, as code: whether the consumer has told the shop clearly that he withdraws, by whatever channel. An act without
 * words is none, so the shop asks; it loses the consumer nothing, since goods that he never took start no period.
 */
export function withdrawalNotice({ channel, did, identified = true }: Notice): NoticeRuling {
  const electronic = channel !== undefined && ELECTRONIC.has(channel)
  return {
    ...rulingOn(did, identified),
    basis: 'both',
    reasonRequired: false,
    burdenOfProof: 'consumer',
    record: channel === 'phone' || channel === 'in-person',
    acknowledgement: electronic ? { when: 'immediately', medium: 'durable', reasons: [why.acknowledge] } : undefined,
  }
}

function rulingOn(did: Notice['did'], identified: boolean): Ruling & Pick<NoticeRuling, 'next'> {
  switch (did) {
    case 'said':
      return identified ? granted(why.said) : { ...review(why.whichOrder), next: 'ask-which-order' }
    case 'drafted':
      return { ...refused(why.draft), next: 'keep-draft' }
    case 'refused-delivery':
    case 'did-not-collect':
      return { ...refused(why.refusal), next: 'contact-customer' }
    case 'sent-back':
      return { ...refused(why.silentReturn), next: 'contact-customer-and-honour-sending' }
    case 'nothing':
      return { ...refused(why.nothingSaid), next: 'contact-customer' }
  }
}
