import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { isOptOut } from '../../consent/mailbox/read-subject.ts'

const subject = policyOf('smarti').optOut!.subject!

t.test('the subject of the policy is taken in any letters, spaces and hyphens, and behind any Re:', async (t) => {
  for (const said of [
    subject,
    subject.toUpperCase(),
    `  ${subject.replaceAll(' ', '  ')} `,
    `Re: ${subject}`,
    `SV: Fwd: ${subject}.`,
    `RE[2]: "${subject}"`,
    `VS : ${subject}`,
    subject.replace('-', '‑').replaceAll(' ', '\u00a0'),
  ])
    t.ok(isOptOut(said, subject), JSON.stringify(said))
})

t.test('so are a few words that say the same', async (t) => {
  for (const said of ['Unsubscribe', 'STOPP!', 'Re: Meld meg av', 'avmelding', 'opt out'])
    for (const worded of [subject, undefined]) t.ok(isOptOut(said, worded), said)
})

t.test('anything else is for a person', async (t) => {
  for (const said of ['', 'Re:', 'Hvor er pakken min?', `Not ${subject}`, `${subject} please explain`, 'Stop my order'])
    for (const worded of [subject, undefined]) t.notOk(isOptOut(said, worded), JSON.stringify(said))
})
