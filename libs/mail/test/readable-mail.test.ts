import t from 'tap'
import { readableMail } from '../readable-mail.ts'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1')
const head = [
  'Date: Mon, 15 Jun 2026 09:05:00 +0000',
  'Subject: =?UTF-8?Q?Vi_har_f=C3=A5tt_ordren_din?=',
  'MIME-Version: 1.0',
]
const text = [
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Hei,',
  '',
  'takk for bestillingen p=C3=A5 Fjellveien.',
]
const attached = (...content: string[]) => [
  'Content-Type: application/pdf; name="vilkar.pdf"',
  'Content-Disposition: attachment; filename="vilkar.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  ...content,
]
const inParts = (...parts: string[][]) =>
  mail(
    ...head,
    'Content-Type: multipart/mixed; boundary="=_1"',
    '',
    ...parts.flatMap((part) => ['--=_1', ...part]),
    '--=_1--',
    '',
  )

t.test('a mail reads as it was read: subject, moment and text, and what was attached by its name', async (t) => {
  t.strictSame(await readableMail(inParts(text, attached('JVBERi0='))), {
    subject: 'Vi har fått ordren din',
    sentAt: '2026-06-15T09:05:00.000Z',
    text: 'Hei,\n\ntakk for bestillingen på Fjellveien.',
    attachments: ['vilkar.pdf'],
  })
})

t.test('an attachment that is kept elsewhere or without its encoding is named all the same', async (t) => {
  for (const kept of [[], ['%PDF-1.7 \x00\xff\x80 …', '--=', 'trailer']])
    t.match(await readableMail(inParts(text, attached(...kept))), {
      text: /Fjellveien\.$/,
      attachments: ['vilkar.pdf'],
    })
})

t.test('a mail of text alone, and one without a subject or a date, are read too', async (t) => {
  t.match(await readableMail(mail(...head, ...text)), { text: /^Hei,/, attachments: [] })
  t.strictSame(await readableMail(mail('Content-Type: text/plain', '', 'Hei')), {
    subject: '',
    text: 'Hei',
    attachments: [],
  })
})
