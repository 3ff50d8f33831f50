import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EDITION, terms } from '../cases/first-edition.ts'
import { editionById } from '../editions/registry.ts'
import type { Damage } from '../rules/damage-by-use.ts'
import type { Impediment } from '../rules/impediment.ts'
import { cites, codes } from './cites.ts'

const { damageByUse, exclusionHolds, liability, impediment, impedimentAllows, dispute, platformLink } = terms

describe('11.2 damage by wrong use', () => {
  const wrong = { customerKind: 'consumer', cause: 'misinstallation' } as const
  for (const [rule, damage, outcome, code] of [
    [
      'against correct instructions is the customer’s own',
      { ...wrong, instructionsCorrect: true },
      'refused',
      'against-correct-instructions',
    ],
    [
      'by wrong instructions is a defect',
      { ...wrong, instructionsCorrect: false },
      'granted',
      'instructions-wrong-or-missing',
    ],
    [
      'without instructions is one too, however correct they were',
      { ...wrong, instructionsCorrect: true, instructionsSupplied: false },
      'granted',
      'instructions-wrong-or-missing',
    ],
    ['with instructions that nobody has shown goes to a person', wrong, 'review', 'instructions-to-be-shown'],
    [
      'by the seller’s own fitter is the seller’s',
      { ...wrong, installedBySeller: true, instructionsCorrect: true },
      'granted',
      'installed-by-seller',
    ],
    ['that is no wrong use is a defect', { ...wrong, cause: 'defect' }, 'granted', 'defect-of-the-product'],
    [
      'as a modification nobody authorised',
      { ...wrong, cause: 'unauthorised-modification', instructionsCorrect: true },
      'refused',
      'against-correct-instructions',
    ],
    [
      'between businesses is excluded',
      { customerKind: 'business', cause: 'misuse' },
      'refused',
      'against-correct-instructions',
    ],
    [
      'between businesses too is not, if the instructions were wrong',
      { customerKind: 'business', cause: 'misuse', instructionsCorrect: false },
      'granted',
      'instructions-wrong-or-missing',
    ],
  ] as [string, Damage, string, string][])
    test(rule, () => {
      const ruling = damageByUse(damage)
      assert.deepEqual(
        [ruling.outcome, ruling.sellerLiable, codes(ruling.reasons)],
        [outcome, outcome !== 'refused', [code]],
      )
    })
})

describe('12 which loss', () => {
  for (const [customerKind, loss, more, liable, cited] of [
    ['consumer', 'indirect', {}, true, ['12.1', '§ 3', '§ 52']],
    ['consumer', 'direct', {}, true, ['12.1', '§ 3', '§ 52']],
    ['business', 'direct', {}, true, ['§ 27', '§ 40']],
    ['business', 'indirect', {}, false, ['12.2', '§ 67']],
    ['business', 'indirect', { grossNegligence: true }, true, ['12.2', '§ 36']],
    ['business', 'indirect', { mandatoryLaw: true }, true, ['12.2']],
  ] as const)
    test(`${customerKind}, ${loss} loss ${Object.keys(more)}: ${liable ? 'covered' : 'excluded'}`, () => {
      const ruling = liability({ customerKind, loss, ...more })
      assert.deepEqual([ruling.liable, ruling.outcome !== 'refused', cites(ruling.reasons)], [liable, liable, cited])
      assert.equal(ruling.unless !== undefined, !liable)
    })
  test('the exclusion holds against businesses only, and not for gross negligence', () => {
    assert.equal(exclusionHolds({ customerKind: 'consumer' }), false)
    assert.equal(exclusionHolds({ customerKind: 'business' }), true)
    assert.equal(exclusionHolds({ customerKind: 'business', grossNegligence: true }), false)
  })
})

describe('13.1 events beyond control', () => {
  const strike: Impediment = { customerKind: 'consumer', event: 'strike' }
  for (const [rule, facts, outcome, code] of [
    [
      'neither foreseeable nor avoidable frees from damages',
      { ...strike, foreseeable: false, avoidable: false },
      'refused',
      'impediment',
    ],
    ['that nobody has judged goes to a person', strike, 'review', 'impediment-to-be-judged'],
    ['that could be foreseen is no excuse', { ...strike, foreseeable: true }, 'granted', 'foreseeable'],
    ['that could be avoided is none', { ...strike, avoidable: true }, 'granted', 'avoidable'],
    ['within control is none', { ...strike, event: 'warehouse-mistake' }, 'granted', 'within-control'],
    [
      'not named may be one all the same',
      { ...strike, event: 'flood', beyondControl: true, foreseeable: false, avoidable: false },
      'refused',
      'impediment',
    ],
    [
      'at a supplier frees only if it would free the supplier',
      { ...strike, supplierExempt: false },
      'granted',
      'supplier-not-exempt',
    ],
    ['that has ended frees no longer', { ...strike, ended: true }, 'granted', 'impediment-ended'],
    ['that nobody told of is answered for', { ...strike, customerTold: false }, 'granted', 'customer-not-told'],
  ] as [string, Impediment, string, string][])
    test(rule, () => {
      const { damages, exempt } = impediment(facts)
      assert.deepEqual([damages.outcome, exempt, codes(damages.reasons)[0]], [outcome, outcome !== 'granted', code])
      assert.equal(cites(damages.reasons)[0], '13.1')
    })

  test('frees from damages and from nothing else, consumers and businesses alike', () => {
    for (const customerKind of ['consumer', 'business'] as const) {
      const facts = { ...strike, customerKind, foreseeable: false, avoidable: false }
      const { rescission, refund } = impediment(facts)
      assert.deepEqual([rescission.outcome, refund.outcome], ['granted', 'granted'])
      assert.equal(impedimentAllows(facts, 'damages'), true)
      for (const right of ['withdrawal', 'refund', 'rescission', 'withholding-payment'] as const)
        assert.equal(impedimentAllows(facts, right), false)
    }
  })
  test('a business is answered by the law of businesses', () => {
    const { damages, refund } = impediment({ ...strike, customerKind: 'business', foreseeable: true })
    assert.deepEqual(cites(damages.reasons), ['13.1', '§ 27'])
    assert.deepEqual(cites(refund.reasons), ['13.1', '§ 64'])
  })
})

describe('17 where a dispute goes', () => {
  const on = Temporal.PlainDate.from('2026-06-10')
  test('a consumer goes to the body that the law names, though the terms name another', () => {
    const route = dispute({ customerKind: 'consumer', on })
    assert.deepEqual(
      [route.mediator, route.tribunal, route.named, route.termsNameAnother, route.venue],
      ['Forbrukertilsynet', 'Forbrukerklageutvalget', 'Forbrukerrådet', true, undefined],
    )
    assert.ok(editionById(EDITION)!.clauses('en')['17.2']!.includes(route.named!))
    assert.deepEqual(cites(route.reasons), ['17.1', '17.2', '§ 1', '§ 2', '17.2', '§ 3', '17.2', '§ 2'])
  })
  test('until the end of 2020 the terms would have been right', () => {
    const route = dispute({ customerKind: 'consumer', on: Temporal.PlainDate.from('2020-12-31') })
    assert.deepEqual([route.mediator, route.termsNameAnother], ['Forbrukerrådet', false])
  })
  test('a consumer abroad keeps the mandatory rules of his country', () => {
    assert.equal(dispute({ customerKind: 'consumer', country: 'FR', on }).keepsOwnMandatoryRules, true)
    assert.equal(dispute({ customerKind: 'consumer', country: 'NO', on }).keepsOwnMandatoryRules, false)
  })
  test('a business goes to Oslo District Court, and abroad brings the UN convention', () => {
    const home = dispute({ customerKind: 'business', on })
    assert.deepEqual([home.venue, home.mediator, home.unConvention], ['oslo-district-court', undefined, false])
    assert.equal(dispute({ customerKind: 'business', country: 'SE', on }).unConvention, true)
  })
  test('a link to the Union’s platform for disputes is allowed until the day it closed', () => {
    assert.equal(platformLink(Temporal.PlainDate.from('2025-07-19')).allowed, true)
    assert.equal(platformLink(Temporal.PlainDate.from('2025-07-20')).allowed, false)
    assert.equal(platformLink().allowed, false)
  })
})
