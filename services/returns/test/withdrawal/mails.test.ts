import { editionById } from '@vilkar/terms/editions/registry.ts'
import { edition } from '@vilkar/terms/sellers/smartgroup/2026-01-15/edition.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t from 'tap'
import { composeProofRejected } from '../../withdrawal/mails/proof-rejected.ts'

const terms = { edition: edition.id, sha256: editionById(edition.id)!.sha256 }

for (const locale of ['nb', 'en'] as const)
  t.test(`the mail about a rejected proof reads as its file in ${locale}; UPDATE_GOLDEN=1 writes it`, async (t) => {
    const personal = { judgedBy: 'support-1', judgement: 'Posten knows no parcel\nTEST7654321NO.' }
    const { subject, text } = composeProofRejected({ personal }, { locale, number: 'SG-7K2M9-4QXTB', terms })
    matchesGolden(t, new URL(`mails/proof-rejected.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
  })
