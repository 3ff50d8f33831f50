import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import type { Notice } from '../rules/withdrawal-notice.ts'
import { possessionAt } from '../statute/angrerettloven.ts'
import { cites, codes, instant, noon } from './cites.ts'

const { withdrawalNotice, sentBack, withdrawalFee, withdrawalInformation } = terms

describe('8.3 telling the shop', () => {
  for (const [what, notice, outcome, next, cited] of [
    [
      'a clear statement is a notice, by whatever channel',
      { did: 'said', channel: 'letter' },
      'granted',
      undefined,
      '§ 20',
    ],
    [
      'one that names the wrong order is, when the right one can be told',
      { did: 'said', identified: true },
      'granted',
      undefined,
      '§ 20',
    ],
    [
      'when none can be told the shop asks, and refuses nothing',
      { did: 'said', identified: false },
      'review',
      'ask-which-order',
      '§ 20',
    ],
    ['a statement begun and not confirmed is a draft', { did: 'drafted' }, 'refused', 'keep-draft', '§ 20 a'],
    ['refusing the parcel says nothing', { did: 'refused-delivery' }, 'refused', 'contact-customer', '§ 20'],
    ['not collecting it says nothing', { did: 'did-not-collect' }, 'refused', 'contact-customer', '§ 20'],
    [
      'sending it back without a word is asked about, and honoured from its day',
      { did: 'sent-back' },
      'refused',
      'contact-customer-and-honour-sending',
      '§ 20',
    ],
  ] as [string, Notice, string, string | undefined, string][])
    test(what, () => {
      const ruling = withdrawalNotice(notice)
      assert.equal(ruling.outcome, outcome)
      assert.equal(ruling.next, next)
      assert.ok(cites(ruling.reasons).includes(cited))
    })

  test('nobody has to give a reason, and who withdraws must be able to show it', () => {
    const { reasonRequired, burdenOfProof } = withdrawalNotice({ did: 'said', channel: 'phone' })
    assert.deepEqual([reasonRequired, burdenOfProof], [false, 'consumer'])
  })
  test('what was said by phone is written down', () => {
    assert.equal(withdrawalNotice({ did: 'said', channel: 'phone' }).record, true)
    assert.equal(withdrawalNotice({ did: 'said', channel: 'email' }).record, false)
  })
  test('an electronic notice is answered at once on a durable medium, a letter is not', () => {
    for (const channel of ['withdrawal-function', 'web-form', 'email', 'chat'] as const) {
      const { acknowledgement } = withdrawalNotice({ did: 'said', channel })
      assert.deepEqual([acknowledgement?.when, acknowledgement?.medium], ['immediately', 'durable'])
      assert.deepEqual(cites(acknowledgement!.reasons), ['8.3', '§ 20', 'Art. 11'])
    }
    assert.equal(withdrawalNotice({ did: 'said', channel: 'letter' }).acknowledgement, undefined)
  })
})

describe('8.4 sending back late', () => {
  const noticeAt = noon('2026-06-10')
  test('the day of sending counts, not that of arrival', () => {
    assert.equal(sentBack({ noticeAt, sentAt: instant('2026-06-24T21:59:59Z') }).inTime, true)
    assert.equal(sentBack({ noticeAt, sentAt: instant('2026-06-24T22:00:00Z') }).inTime, false)
  })
  test('goods sent late do not undo the withdrawal', () => {
    const { inTime, withdrawalStands, reasons } = sentBack({ noticeAt, sentAt: noon('2026-06-30') })
    assert.deepEqual([inTime, withdrawalStands, ...codes(reasons)], [false, true, 'sent-back-late'])
  })
  test('withdrawing costs no fee', () => {
    assert.deepEqual([withdrawalFee(10_000).allowed, withdrawalFee(10_000).owed], [false, 0])
    assert.equal(withdrawalFee(0).allowed, true)
  })
})

describe('what the consumer must be told of the right of withdrawal', () => {
  const told = { text: true, form: true }
  test('text and form together are complete', () => {
    assert.equal(withdrawalInformation(told).complete, true)
  })
  for (const [what, facts, code] of [
    ['without the text it is not', { text: false }, 'withdrawal-text-missing'],
    ['without the form it is not', { form: false }, 'withdrawal-form-missing'],
    [
      'a shop that markets to Norway tells it in Norwegian',
      { locale: 'en', market: 'NO' },
      'information-not-in-norwegian',
    ],
    [
      'where the law has the withdrawal function it is told of too',
      { functionTold: false, market: 'DE', orderedOn: Temporal.PlainDate.from('2026-06-19') },
      'withdrawal-function-not-told',
    ],
  ] as const)
    test(what, () => {
      const { complete, reasons } = withdrawalInformation({ ...told, ...facts })
      assert.deepEqual([complete, ...codes(reasons)], [false, code])
    })
  test('nynorsk is Norwegian, English is good for Germany, and no function need be told of before its day', () => {
    assert.equal(withdrawalInformation({ ...told, locale: 'nn-NO', market: 'NO' }).complete, true)
    assert.equal(withdrawalInformation({ ...told, locale: 'en', market: 'DE' }).complete, true)
    const orderedOn = Temporal.PlainDate.from('2026-06-18')
    assert.equal(withdrawalInformation({ ...told, functionTold: false, market: 'DE', orderedOn }).complete, true)
  })
})

describe('when the consumer has the goods', () => {
  const [first, last] = [instant('2026-06-01T10:00:00Z'), instant('2026-06-10T10:00:00Z')]
  test('the last of several parcels decides, in whatever order they are told', () => {
    assert.equal(possessionAt([{ at: last }, { at: first }]), last)
  })
  test('of regular deliveries the first does', () => {
    assert.equal(possessionAt([{ at: last }, { at: first }], true), first)
    assert.equal(possessionAt([{ at: first }, undefined], true), first)
  })
  test('while one is missing no period has begun', () => {
    assert.equal(possessionAt([{ at: first }, undefined]), undefined)
    assert.equal(possessionAt([]), undefined)
  })
  test('whom the consumer named has it for him; the carrier, its pickup point and a stranger do not', () => {
    assert.equal(possessionAt([{ at: first, by: 'named-by-consumer' }]), first)
    assert.equal(possessionAt([{ at: first, by: 'carrier' }]), undefined)
    assert.equal(possessionAt([{ at: first, by: 'somebody-else' }]), undefined)
  })
})
