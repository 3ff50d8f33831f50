import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { agreementMails } from '../agreement/mails/kinds.ts'
import { complaintMails } from '../complaint/mails/kinds.ts'
import { exchangeMails } from '../exchange/mails/kinds.ts'
import { goodsBackMails } from '../goods-back/mails/kinds.ts'
import { lossMails } from '../loss/mails/kinds.ts'
import { overrideMails } from '../override/mails/kinds.ts'
import { payoutMails } from '../payout/mails/kinds.ts'
import { statementMails } from '../statement/mails/kinds.ts'
import { voluntaryMails } from '../voluntary-return/mails/kinds.ts'
import { returnMails } from '../withdrawal/mails/kinds.ts'

const kinds = {
  ...{ ...returnMails, ...statementMails, ...voluntaryMails, ...complaintMails, ...lossMails, ...agreementMails },
  ...{ ...payoutMails, ...goodsBackMails, ...overrideMails, ...exchangeMails },
}
type Kind = keyof typeof kinds
/** The golden files, `<room>/<name>`, in which a mail of this kind says no to something; or why it never does. */
const noes: Record<Kind, string[] | 'never'> = {
  'withdrawal-receipt': ['withdrawal/receipt-part-refused'],
  'refund-decided': ['withdrawal/refund-decided-less-deductions', 'withdrawal/refund-decided-less-missing'],
  'send-back-reminder': 'never',
  'send-back-overdue': ['goods-back/withdrawal-overdue', 'goods-back/withdrawal-overdue-uninformed'],
  'collection-offered': 'never',
  'return-under-review': 'never',
  'return-assessed': ['withdrawal/return-assessed', 'withdrawal/return-assessed-missing'],
  'proof-rejected': ['withdrawal/proof-rejected'],
  'statement-refused': ['statement/refused', 'statement/refused-business', 'statement/refused-guaranteed'],
  'statement-already-withdrawn': 'never',
  'statement-unclear': 'never',
  'voluntary-return-receipt': ['voluntary-return/receipt'],
  'voluntary-return-refused': [
    ...['voluntary-return/refused', 'voluntary-return/refused-unsent-business', 'voluntary-return/refused-for-the-law'],
  ],
  'voluntary-return-reminder': 'never',
  'voluntary-return-received': 'never',
  'voluntary-return-decided': ['voluntary-return/decided-in-part', 'voluntary-return/decided-for-nothing'],
  'voluntary-return-ended': ['voluntary-return/ended-never-sent'],
  'complaint-received': ['complaint/received'],
  'complaint-refused': ['complaint/refused'],
  'complaint-accepted': 'never',
  'complaint-rejected': [
    ...['complaint/rejected', 'complaint/rejected-too-late', 'complaint/rejected-too-late-guaranteed'],
    'complaint/rejected-while-they-may-withdraw',
  ],
  'remedy-chosen': 'never',
  'cure-unavailable': 'never',
  'cure-goods-received': 'never',
  'cure-sent': 'never',
  'cure-done': 'never',
  'complaint-refund': 'never',
  'complaint-narrowed': 'never',
  'complaint-send-back-reminder': 'never',
  'complaint-send-back-overdue': ['goods-back/complaint-overdue'],
  'choice-reminder': 'never',
  'choice-overdue': 'never',
  'defective-reminder': 'never',
  'defective-overdue': 'never',
  'defective-waived': 'never',
  'complaint-ended': 'never',
  'loss-refund': 'never',
  'agreement-recorded': 'never',
  'goodwill-given': 'never',
  'late-interest-counted': 'never',
  'late-interest-owed': 'never',
  'return-label': 'never',
  'decided-otherwise': 'never',
  'exchange-agreed': 'never',
  'exchange-ended': 'never',
}
const golden = (name: string, locale: 'nb' | 'en') =>
  readFileSync(new URL(name.replace('/', '/mails/').concat(`.${locale}.txt`), import.meta.url), 'utf8')
const tells = {
  nb: {
    cites: /punkt \d|§ \d/,
    possible: /Dette kan du fortsatt gjøre:\n\S|En garanti/,
    disagree: /uenig/,
    no: /oppfyller ikke|gjelder ikke dette|kan du ikke (angre|reklamere)|kan ikke se at|svarer ikke for|Ingenting betales|trukket fra:|trekke fra:|Vi betaler ingenting/,
  },
  en: {
    cites: /clause \d|§ \d/,
    possible: /This is what you can still do:\n\S|A guarantee/,
    disagree: /disagree/,
    no: /does not meet|does not reach|cannot (withdraw from|be complained of)|cannot see that|do not answer for|Nothing is paid|deducted:|mean to deduct|We pay nothing/,
  },
}

for (const [kind, files] of Object.entries(noes))
  if (files !== 'never')
    for (const file of files)
      for (const locale of ['nb', 'en'] as const)
        t.test(
          `a ${kind} that says no (${file}.${locale}) cites, and tells what is still possible and who helps`,
          async (t) => {
            const text = golden(file, locale)
            for (const what of ['cites', 'possible', 'disagree'] as const) t.match(text, tells[locale][what], what)
          },
        )

t.test('no mail says no without standing in the table above', async (t) => {
  const listed = new Set(Object.values(noes).flatMap((files) => (files === 'never' ? [] : files)))
  const all = globSync('*/mails/*.txt', { cwd: import.meta.dirname })
  t.ok(all.length > 100)
  for (const path of all) {
    const [, room, name, locale] = /^(.*)\/mails\/(.*)\.(nb|en)\.txt$/.exec(path)!
    if (tells[locale as 'nb'].no.test(golden(`${room}/${name}`, locale as 'nb')))
      t.ok(listed.has(`${room}/${name}`), path)
  }
})
