import t from 'tap'
import { EDITION, terms } from '../cases/first-edition.ts'
import { editionById } from '../editions/registry.ts'
import type { Damage } from '../rules/damage-by-use.ts'
import type { Impediment } from '../rules/impediment.ts'
import { cites, codes } from './cites.ts'

const { damageByUse, exclusionHolds, liability, impediment, impedimentAllows, dispute, platformLink } = terms

t.test('11.2 damage by wrong use', async (t) => {
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
    t.test(rule, async (t) => {
      const ruling = damageByUse(damage)
      t.strictSame(
        [ruling.outcome, ruling.sellerLiable, codes(ruling.reasons)],
        [outcome, outcome !== 'refused', [code]],
      )
    })
})

t.test('12 which loss', async (t) => {
  for (const [customerKind, loss, more, liable, cited] of [
    ['consumer', 'indirect', {}, true, ['12.1', '§ 3', '§ 52']],
    ['consumer', 'direct', {}, true, ['12.1', '§ 3', '§ 52']],
    ['consumer', 'direct', { businessLoss: true }, false, ['§ 52 andre ledd']],
    ['consumer', 'indirect', { businessLoss: true, mandatoryLaw: true }, true, ['12.1', '§ 3', '§ 52']],
    ['business', 'direct', {}, true, ['§ 27', '§ 40']],
    ['business', 'indirect', {}, false, ['12.2', '§ 67']],
    ['business', 'indirect', { grossNegligence: true }, true, ['12.2', '§ 36']],
    ['business', 'indirect', { mandatoryLaw: true }, true, ['12.2']],
  ] as const)
    t.test(`${customerKind}, ${loss} loss ${Object.keys(more)}: ${liable ? 'covered' : 'excluded'}`, async (t) => {
      const ruling = liability({ customerKind, loss, ...more })
      t.strictSame([ruling.liable, ruling.outcome !== 'refused', cites(ruling.reasons)], [liable, liable, cited])
      t.equal(ruling.unless !== undefined, !liable && customerKind === 'business')
    })
  t.test('the exclusion holds against businesses only, and not for gross negligence', async (t) => {
    t.equal(exclusionHolds({ customerKind: 'consumer' }), false)
    t.equal(exclusionHolds({ customerKind: 'business' }), true)
    t.equal(exclusionHolds({ customerKind: 'business', grossNegligence: true }), false)
  })
})

t.test('13.1 events beyond control', async (t) => {
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
    [
      'that nobody told of costs the loss that telling would have avoided, which a person says',
      { ...strike, customerTold: false },
      'review',
      'customer-not-told',
    ],
    [
      'that could be foreseen is answered for, told or not',
      { ...strike, foreseeable: true, customerTold: false },
      'granted',
      'foreseeable',
    ],
  ] as [string, Impediment, string, string][])
    t.test(rule, async (t) => {
      const { damages, exempt } = impediment(facts)
      const free = outcome !== 'granted' && code !== 'customer-not-told'
      t.strictSame([damages.outcome, exempt, codes(damages.reasons)[0]], [outcome, free, code])
      t.equal(cites(damages.reasons)[0], '13.1')
    })

  t.test('frees from damages and from nothing else, consumers and businesses alike', async (t) => {
    for (const customerKind of ['consumer', 'business'] as const) {
      const facts = { ...strike, customerKind, foreseeable: false, avoidable: false }
      const { rescission, refund } = impediment(facts)
      t.strictSame([rescission.outcome, refund.outcome], ['granted', 'granted'])
      t.equal(impedimentAllows(facts, 'damages'), true)
      for (const right of ['withdrawal', 'refund', 'rescission', 'withholding-payment'] as const)
        t.equal(impedimentAllows(facts, right), false)
    }
  })
  t.test('a business is answered by the law of businesses', async (t) => {
    const { damages, refund } = impediment({ ...strike, customerKind: 'business', foreseeable: true })
    t.strictSame(cites(damages.reasons), ['13.1', '§ 27'])
    t.strictSame(cites(refund.reasons), ['13.1', '§ 64'])
  })
})

t.test('17 where a dispute goes', async (t) => {
  const on = Temporal.PlainDate.from('2026-06-10')
  t.test('a consumer goes to the body that the law names, though the terms name another', async (t) => {
    const route = dispute({ customerKind: 'consumer', on })
    t.strictSame(
      [route.mediator, route.tribunal, route.named, route.termsNameAnother, route.venue],
      ['Forbrukertilsynet', 'Forbrukerklageutvalget', 'Forbrukerrådet', true, undefined],
    )
    t.ok(editionById(EDITION)!.clauses('en')['17.2']!.includes(route.named!))
    t.strictSame(cites(route.reasons), ['17.1', '17.2', '§ 1', '§ 2', '17.2', '§ 3', '17.2', '§ 2'])
  })
  t.test('until the end of 2020 the terms would have been right', async (t) => {
    const route = dispute({ customerKind: 'consumer', on: Temporal.PlainDate.from('2020-12-31') })
    t.strictSame([route.mediator, route.termsNameAnother], ['Forbrukerrådet', false])
  })
  t.test('a consumer abroad keeps the mandatory rules of his country', async (t) => {
    t.equal(dispute({ customerKind: 'consumer', country: 'FR', on }).keepsOwnMandatoryRules, true)
    t.equal(dispute({ customerKind: 'consumer', country: 'NO', on }).keepsOwnMandatoryRules, false)
  })
  t.test('a business goes to Oslo District Court, and abroad brings the UN convention', async (t) => {
    const home = dispute({ customerKind: 'business', on })
    t.strictSame([home.venue, home.mediator, home.unConvention], ['oslo-district-court', undefined, false])
    for (const [country, convention] of [
      ['DE', true],
      ['SE', false],
      ['DK', false],
      ['FI', false],
      ['IS', false],
      ['SJ', false],
    ] as const) {
      const { unConvention, reasons } = dispute({ customerKind: 'business', country, on })
      t.equal(unConvention, convention, country)
      t.equal(cites(reasons).includes('§ 5'), country !== 'SJ', country)
    }
  })
  t.test('a link to the Union’s platform for disputes is allowed until the day it closed', async (t) => {
    t.equal(platformLink(Temporal.PlainDate.from('2025-07-19')).allowed, true)
    t.equal(platformLink(Temporal.PlainDate.from('2025-07-20')).allowed, false)
    t.equal(platformLink().allowed, false)
  })
})
