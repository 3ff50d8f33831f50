import t from 'tap'
import {
  confirmLabelRuling,
  demandedTooMuch,
  FUNCTION_LABELS,
  functionAccess,
  functionAvailable,
  receiptRuling,
  withdrawalFunctionDuty,
  withdrawLabelRuling,
} from '../statute/withdrawal-function.ts'
import { cites } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

t.test('who must offer the withdrawal function', async (t) => {
  t.test('a shop that sells to the EU must from 19 June 2026', async (t) => {
    t.equal(withdrawalFunctionDuty({ market: 'DE', orderedOn: day('2026-06-18') }).mandatory, false)
    const { mandatory, reasons } = withdrawalFunctionDuty({ market: 'DE', orderedOn: day('2026-06-19') })
    t.strictSame([mandatory, ...cites(reasons)], [true, 'Art. 11a'])
  })
  t.test('Norway has enacted it without a day: it is offered, and looked up again', async (t) => {
    const { mandatory, offered, lookUpAgain, reasons } = withdrawalFunctionDuty({
      market: 'NO',
      orderedOn: day('2026-07-01'),
    })
    t.strictSame([mandatory, offered, lookUpAgain, ...cites(reasons)], [false, true, true, '§ 20 a'])
  })
  t.test('other countries do not ask for it, and get it', async (t) => {
    const { mandatory, offered, lookUpAgain } = withdrawalFunctionDuty({ market: 'US', orderedOn: day('2026-07-01') })
    t.strictSame([mandatory, offered, lookUpAgain], [false, true, false])
  })
})

t.test('what its buttons say', async (t) => {
  for (const [locale, { withdraw, confirm }] of Object.entries(FUNCTION_LABELS))
    t.test(`the words of the law do, however they are capitalised: ${locale}`, async (t) => {
      t.ok(withdrawLabelRuling(` ${withdraw.toUpperCase()} `, locale).clear)
      t.ok(confirmLabelRuling(confirm.toLowerCase(), locale).clear)
      t.ok(confirmLabelRuling(confirm).clear)
      t.equal(withdrawLabelRuling(confirm, locale).clear, false)
    })
  for (const label of ['Cancel order', 'Avbestill', 'Return', 'Retur', 'Contact us', ''])
    t.test(`"${label}" does not say that one withdraws`, async (t) => t.equal(withdrawLabelRuling(label).clear, false))
  for (const label of ['Submit', 'OK', 'Send inn', 'Bekreft', 'Confirm withdrawal and rate us'])
    t.test(`"${label}" does not say only that one confirms it`, async (t) =>
      t.equal(confirmLabelRuling(label).clear, false),
    )
  t.test('Norwegian words are not clear on an English page', async (t) => {
    t.equal(withdrawLabelRuling('Angre avtalen', 'nb').clear, true)
    t.equal(confirmLabelRuling('Bekreft bruk av angrerett', 'en').clear, false)
  })
})

t.test('what it asks for and answers', async (t) => {
  t.test('a name, the contract and an electronic address', async (t) => {
    t.strictSame(demandedTooMuch(['name', 'contractId', 'email']).tooMuch, [])
  })
  t.test('not a reason, nor proof of identity, nor an account', async (t) => {
    t.strictSame(demandedTooMuch(['name', 'reason', 'idDocument', 'password']).tooMuch, [
      'reason',
      'idDocument',
      'password',
    ])
  })
  t.test('a receipt has the content, the date and the time, on a durable medium', async (t) => {
    const whole = { content: true, date: true, time: true }
    t.equal(receiptRuling(whole).complete, true)
    for (const missing of ['content', 'date', 'time', 'durableMedium'])
      t.equal(receiptRuling({ ...whole, [missing]: false }).complete, false)
  })
  t.test('it is there until the last day is over, and before the period has begun', async (t) => {
    const lastDay = day('2026-06-22')
    t.equal(functionAvailable({ on: day('2026-06-22'), lastDay }).available, true)
    t.equal(functionAvailable({ on: day('2026-06-23'), lastDay }).available, false)
    t.equal(functionAvailable({ on: day('2026-06-23') }).available, true)
  })
  t.test('nobody needs an account for it; who is logged in is not asked again', async (t) => {
    t.strictSame(functionAccess({}).reachable, true)
    t.equal(functionAccess({ loggedIn: true, prefilled: false }).advised, 'prefill')
    t.equal(functionAccess({ loggedIn: true, prefilled: true }).advised, undefined)
  })
})
