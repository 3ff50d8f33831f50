import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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

describe('who must offer the withdrawal function', () => {
  test('a shop that sells to the EU must from 19 June 2026', () => {
    assert.equal(withdrawalFunctionDuty({ market: 'DE', orderedOn: day('2026-06-18') }).mandatory, false)
    const { mandatory, reasons } = withdrawalFunctionDuty({ market: 'DE', orderedOn: day('2026-06-19') })
    assert.deepEqual([mandatory, ...cites(reasons)], [true, 'Art. 11a'])
  })
  test('Norway has enacted it without a day: it is offered, and looked up again', () => {
    const { mandatory, offered, lookUpAgain, reasons } = withdrawalFunctionDuty({
      market: 'NO',
      orderedOn: day('2026-07-01'),
    })
    assert.deepEqual([mandatory, offered, lookUpAgain, ...cites(reasons)], [false, true, true, '§ 20 a'])
  })
  test('other countries do not ask for it, and get it', () => {
    const { mandatory, offered, lookUpAgain } = withdrawalFunctionDuty({ market: 'US', orderedOn: day('2026-07-01') })
    assert.deepEqual([mandatory, offered, lookUpAgain], [false, true, false])
  })
})

describe('what its buttons say', () => {
  for (const [locale, { withdraw, confirm }] of Object.entries(FUNCTION_LABELS))
    test(`the words of the law do, however they are capitalised: ${locale}`, () => {
      assert.ok(withdrawLabelRuling(` ${withdraw.toUpperCase()} `, locale).clear)
      assert.ok(confirmLabelRuling(confirm.toLowerCase(), locale).clear)
      assert.ok(confirmLabelRuling(confirm).clear)
      assert.equal(withdrawLabelRuling(confirm, locale).clear, false)
    })
  for (const label of ['Cancel order', 'Avbestill', 'Return', 'Retur', 'Contact us', ''])
    test(`"${label}" does not say that one withdraws`, () => assert.equal(withdrawLabelRuling(label).clear, false))
  for (const label of ['Submit', 'OK', 'Send inn', 'Bekreft', 'Confirm withdrawal and rate us'])
    test(`"${label}" does not say only that one confirms it`, () =>
      assert.equal(confirmLabelRuling(label).clear, false))
  test('Norwegian words are not clear on an English page', () => {
    assert.equal(withdrawLabelRuling('Angre avtalen', 'nb').clear, true)
    assert.equal(confirmLabelRuling('Bekreft bruk av angrerett', 'en').clear, false)
  })
})

describe('what it asks for and answers', () => {
  test('a name, the contract and an electronic address', () => {
    assert.deepEqual(demandedTooMuch(['name', 'contractId', 'email']).tooMuch, [])
  })
  test('not a reason, nor proof of identity, nor an account', () => {
    assert.deepEqual(demandedTooMuch(['name', 'reason', 'idDocument', 'password']).tooMuch, [
      'reason',
      'idDocument',
      'password',
    ])
  })
  test('a receipt has the content, the date and the time, on a durable medium', () => {
    const whole = { content: true, date: true, time: true }
    assert.equal(receiptRuling(whole).complete, true)
    for (const missing of ['content', 'date', 'time', 'durableMedium'])
      assert.equal(receiptRuling({ ...whole, [missing]: false }).complete, false)
  })
  test('it is there until the last day is over, and before the period has begun', () => {
    const lastDay = day('2026-06-22')
    assert.equal(functionAvailable({ on: day('2026-06-22'), lastDay }).available, true)
    assert.equal(functionAvailable({ on: day('2026-06-23'), lastDay }).available, false)
    assert.equal(functionAvailable({ on: day('2026-06-23') }).available, true)
  })
  test('nobody needs an account for it; who is logged in is not asked again', () => {
    assert.deepEqual(functionAccess({}).reachable, true)
    assert.equal(functionAccess({ loggedIn: true, prefilled: false }).advised, 'prefill')
    assert.equal(functionAccess({ loggedIn: true, prefilled: true }).advised, undefined)
  })
})
