import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import { openMatters } from '@vilkar/terms/privacy/holds.ts'
import { routing } from '@vilkar/terms/privacy/rights.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t from 'tap'
import { composeNotice } from '../../registers/notice-mail.ts'
import { type Language, otherMails, type RequestMail, requestMails } from '../../requests/mails/kinds.ts'
import { compose, type Facts } from '../../requests/mails/letter.ts'
import { composeToOrganisation } from '../../requests/mails/to-organisation.ts'
import { partyOf } from '../../requests/mails/write.ts'
import type { RequestKind } from '../../requests/tables.ts'

const languages = ['nb', 'en'] as const
const RECORD = '0198c0de-0000-7000-8000-000000000001'
const facts: Facts = {
  ...partyOf('smartgroup'),
  kind: 'access',
  receivedOn: '2026-06-15',
  dueOn: '2026-07-15',
  free: true,
}
const link = { url: 'https://privacy.shop.example/a-link', until: '2026-06-22' }

/** What staff wrote, in the language of whoever asked. */
const word = (nb: string, en: string) => (language: Language) => ({ word: language === 'nb' ? nb : en })
type More = Partial<Facts> | ((language: Language) => Partial<Facts>)
const mail = (kind: RequestMail, asked: RequestKind, more: More = {}) => ({ kind, asked, more })

const asked = { receivedOn: Temporal.PlainDate.from('2026-06-15'), documents: [Temporal.PlainDate.from('2026-03-02')] }
const erased = erasure(policyOf('smartgroup'), asked)
const accounts = erased.keep.find(({ what }) => what === 'accounting')!
const open = openMatters({ openOrder: true, openComplaint: true })
const disputed = openMatters({ legalHold: true })
const theirs = routing(policyOf('smartorg'), 'membership')
/** What stays of whoever is erased, as the rules say it. */
const kept: Facts['kept'] = [
  { system: 'shop', record: RECORD, until: '2031-12-31', holds: [], reasons: accounts.reasons },
  { system: 'shop', record: RECORD, holds: open.map(({ hold }) => hold), reasons: open.map(({ reason }) => reason) },
  { system: 'shop-cases', record: RECORD, holds: ['postponed'], reasons: erased.reasons },
  { system: 'photo-store', record: 'album-7', holds: ['legal-hold'], reasons: disputed.map(({ reason }) => reason) },
]

const ofClub: Facts['kept'] = [
  { system: 'portal', record: 'member-7', holds: [], reasons: theirs.reasons, decidedBy: 'organisation' },
]

const mails = {
  prove: mail('prove', 'access', { link }),
  received: mail('received', 'rectify'),
  'received-again': mail('received', 'access', { free: false }),
  'received-to-be-proven': mail('received', 'erase', { link, dueOn: undefined }),
  identity: mail(
    'identity',
    'portability',
    word('Avsenderadressen er ukjent hos oss.', 'We do not know the address that you wrote from.'),
  ),
  'passed-on': mail('passed-on', 'erase', { ...partyOf('smartorg'), organisation: 'Nordlys Turnforening' }),
  extended: mail('extended', 'human-review', (language) => ({
    ...word('Vi venter på en uttalelse fra transportøren.', 'We wait for what the carrier says.')(language),
    dueOn: '2026-09-15',
  })),
  export: mail('export', 'access', { link }),
  'export-to-take-along': mail('export', 'portability', { link }),
  answered: mail('answered', 'rectify', word('Navnet er rettet.', 'The name is corrected.')),
  'answered-erased-meanwhile': mail('answered', 'access', { erasedOn: '2026-06-20' }),
  'export-erased-in-part': mail('export', 'access', { link, erasedOn: '2026-06-20' }),
  'answered-erased': mail('answered', 'erase'),
  'answered-erased-in-part': mail('answered', 'erase', { kept }),
  'answered-erased-but-for-the-club': mail('answered', 'erase', { ...partyOf('smartorg'), kept: ofClub }),
  'answered-restricted': mail('answered', 'restrict'),
  'answered-objection': mail('answered', 'object'),
  'answered-consent-withdrawn': mail('answered', 'withdraw-consent'),
  lifting: mail('lifting', 'restrict'),
  refused: mail(
    'refused',
    'rectify',
    word('Navnet stemmer med folkeregisteret.', 'The name is as the population register has it.'),
  ),
}

const read = ({ subject, text }: { subject: string; text: string }) => `${subject}\n\n${text}`

t.test(
  'every mail about a request reads as its file in test/requests/mails; UPDATE_GOLDEN=1 writes them',
  async (t) => {
    for (const [name, { kind, asked, more }] of Object.entries(mails))
      for (const language of languages) {
        const told = typeof more === 'function' ? more(language) : more
        const text = read(compose(kind, language, { ...facts, kind: asked, ...told }))
        matchesGolden(t, new URL(`mails/${name}.${language}.txt`, import.meta.url), text)
        t.notMatch(text, /undefined|null|NaN|\[object/)
      }
    const nature = {
      nb: 'En liste over ordrer ble sendt til feil mottaker.',
      en: 'A list of orders was sent to a wrong recipient.',
    }
    const measures = {
      nb: 'Mottakeren har slettet den. Du trenger ikke gjøre noe.',
      en: 'The recipient has erased it. You need not do anything.',
    }
    const consequences = {
      nb: 'Mottakeren kan ha sett navnet og adressen din.',
      en: 'The recipient may have seen your name and address.',
    }
    for (const language of languages) {
      const breach = { nature: nature[language], measures: measures[language], consequences: consequences[language] }
      const text = read(composeNotice(language, { ...partyOf('smartgroup'), ...breach }))
      matchesGolden(t, new URL(`mails/breach.${language}.txt`, import.meta.url), text)
      const { company, contact } = partyOf('smartorg')
      const toClub = composeToOrganisation(language, {
        ...{ company, contact, kind: 'erase', receivedOn: '2026-06-15', dueOn: '2026-07-15', person: 'Medlem 4711' },
        ...{ words: language === 'nb' ? 'Slett meg.' : 'Erase me.', replyTo: 'kari@example.com' },
      })
      matchesGolden(t, new URL(`mails/to-organisation.${language}.txt`, import.meta.url), read(toClub))
    }
  },
)

t.test('there is a file for every mail, and each kind of request is named in both languages', async (t) => {
  const written = [...Object.keys(mails), 'breach', 'to-organisation']
  for (const kind of Object.keys({ ...requestMails, ...otherMails })) t.ok(written.includes(kind), kind)
  const kinds: RequestKind[] = [
    ...([
      'access',
      'rectify',
      'erase',
      'restrict',
      'object',
      'portability',
      'withdraw-consent',
      'human-review',
    ] as const),
  ]
  for (const language of languages) {
    const lines = kinds.map((kind) => compose('received', language, { ...facts, kind }).text.split('\n\n')[1])
    matchesGolden(t, new URL(`mails/kinds.${language}.txt`, import.meta.url), lines.join('\n'))
    t.equal(new Set(lines).size, kinds.length)
  }
})
