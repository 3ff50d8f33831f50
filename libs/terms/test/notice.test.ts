import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { Notice } from '../rules/withdrawal-notice.ts'
import { possessionAt } from '../statute/angrerettloven.ts'
import { cites, codes, instant, noon } from './cites.ts'

const { withdrawalNotice, sentBack, withdrawalFee, withdrawalInformation } = terms

t.test('8.3 telling the shop', async (t) => {
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
    t.test(what, async (t) => {
      const ruling = withdrawalNotice(notice)
      t.equal(ruling.outcome, outcome)
      t.equal(ruling.next, next)
      t.ok(cites(ruling.reasons).includes(cited))
    })

  t.test('nobody has to give a reason, and who withdraws must be able to show it', async (t) => {
    const { reasonRequired, burdenOfProof } = withdrawalNotice({ did: 'said', channel: 'phone' })
    t.strictSame([reasonRequired, burdenOfProof], [false, 'consumer'])
  })
  t.test('what was said by phone is written down', async (t) => {
    t.equal(withdrawalNotice({ did: 'said', channel: 'phone' }).record, true)
    t.equal(withdrawalNotice({ did: 'said', channel: 'email' }).record, false)
  })
  t.test('an electronic notice is answered at once on a durable medium, a letter is not', async (t) => {
    for (const channel of ['withdrawal-function', 'web-form', 'email', 'chat'] as const) {
      const { acknowledgement } = withdrawalNotice({ did: 'said', channel })
      t.strictSame([acknowledgement?.when, acknowledgement?.medium], ['immediately', 'durable'])
      t.strictSame(cites(acknowledgement!.reasons), ['8.3', '§ 20', 'Art. 11'])
    }
    t.equal(withdrawalNotice({ did: 'said', channel: 'letter' }).acknowledgement, undefined)
  })
})

t.test('8.4 sending back late', async (t) => {
  const noticeAt = noon('2026-06-10')
  t.test('the day of sending counts, not that of arrival', async (t) => {
    t.equal(sentBack({ noticeAt, sentAt: instant('2026-06-24T21:59:59Z') }).inTime, true)
    t.equal(sentBack({ noticeAt, sentAt: instant('2026-06-24T22:00:00Z') }).inTime, false)
  })
  t.test('goods sent late do not undo the withdrawal', async (t) => {
    const { inTime, withdrawalStands, reasons } = sentBack({ noticeAt, sentAt: noon('2026-06-30') })
    t.strictSame([inTime, withdrawalStands, ...codes(reasons)], [false, true, 'sent-back-late'])
  })
  t.test('withdrawing costs no fee', async (t) => {
    t.strictSame([withdrawalFee(10_000).allowed, withdrawalFee(10_000).owed], [false, 0])
    t.equal(withdrawalFee(0).allowed, true)
  })
})

t.test('what the consumer must be told of the right of withdrawal', async (t) => {
  const told = { text: true, form: true }
  t.test('text and form together are complete', async (t) => {
    t.equal(withdrawalInformation(told).complete, true)
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
    t.test(what, async (t) => {
      const { complete, reasons } = withdrawalInformation({ ...told, ...facts })
      t.strictSame([complete, ...codes(reasons)], [false, code])
    })
  t.test(
    'nynorsk is Norwegian, English is good for Germany, and no function need be told of before its day',
    async (t) => {
      t.equal(withdrawalInformation({ ...told, locale: 'nn-NO', market: 'NO' }).complete, true)
      t.equal(withdrawalInformation({ ...told, locale: 'en', market: 'DE' }).complete, true)
      const orderedOn = Temporal.PlainDate.from('2026-06-18')
      t.equal(withdrawalInformation({ ...told, functionTold: false, market: 'DE', orderedOn }).complete, true)
    },
  )
})

t.test('when the consumer has the goods', async (t) => {
  const [first, last] = [instant('2026-06-01T10:00:00Z'), instant('2026-06-10T10:00:00Z')]
  t.test('the last of several parcels decides, in whatever order they are told', async (t) => {
    t.equal(possessionAt([{ at: last }, { at: first }]), last)
  })
  t.test('of regular deliveries the first does', async (t) => {
    t.equal(possessionAt([{ at: last }, { at: first }], true), first)
    t.equal(possessionAt([{ at: first }, undefined], true), first)
  })
  t.test('while one is missing no period has begun', async (t) => {
    t.equal(possessionAt([{ at: first }, undefined]), undefined)
    t.equal(possessionAt([]), undefined)
  })
  t.test('whom the consumer named has it for him; the carrier, its pickup point and a stranger do not', async (t) => {
    t.equal(possessionAt([{ at: first, by: 'named-by-consumer' }]), first)
    t.equal(possessionAt([{ at: first, by: 'carrier' }]), undefined)
    t.equal(possessionAt([{ at: first, by: 'somebody-else' }]), undefined)
  })
})
