import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { createMailer, formatMoney, htmlOf, type Mail, renderMail } from '../mail.ts'

const mailbox = await startMailbox()
const mailer = createMailer({ smtpUrl: mailbox.url })
t.teardown(async () => {
  mailer.close()
  await mailbox.stop()
})

const aMail = (changes: Partial<Mail> = {}): Mail => ({
  messageId: '5d1f0a3e-2b7c-4d0a-9e55-7f1c2d3b4a59@shop.example',
  from: 'Vår butikk <post@shop.example>',
  to: 'kari@example.com',
  subject: 'Vi har mottatt bestillingen din: Røykvarsler på lager igjen, æøå ÆØÅ',
  text: 'Hei Kåre,\n\nblåbærsyltetøy.',
  html: htmlOf('nb', 'Hei Kåre,\n\nblåbærsyltetøy.'),
  date: Temporal.Instant.from('2026-06-01T08:02:10Z'),
  attachments: [
    {
      filename: 'vilkår.md',
      content: 'Angrefrist: 14 dager – også på julaften',
      contentType: 'text/markdown; charset=utf-8',
    },
  ],
  ...changes,
})
/** The mail as it arrives when its bytes are sent. */
async function arrived(mail: Mail, to = `${crypto.randomUUID()}@example.com`) {
  const bytes = await renderMail(mail)
  assert.equal((await mailer.send({ from: mail.from, to, bytes })).outcome, 'accepted')
  return { bytes, mail: mailbox.to(to)[0]! }
}
const headersOf = (bytes: Buffer) =>
  bytes
    .toString('latin1')
    .split('\r\n\r\n', 1)[0]!
    .replaceAll(/\r\n[ \t]/g, ' ')
    .split('\r\n')
const header = (bytes: Buffer, name: string) =>
  headersOf(bytes)
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim())

t.test(
  'a rendered mail is RFC 5322: short lines of ASCII that end in CR LF, with date, sender and Message-ID',
  async (t) => {
    const bytes = await renderMail(aMail())
    const text = bytes.toString('latin1')
    t.notMatch(text, /[^\r]\n|\r[^\n]/)
    t.match(text, /^[\t -~\r\n]*$/)
    t.ok(text.split('\r\n').every((line) => line.length <= 998))
    t.strictSame(header(bytes, 'Date'), ['Mon, 01 Jun 2026 08:02:10 +0000'])
    t.strictSame(header(bytes, 'Message-ID'), ['<5d1f0a3e-2b7c-4d0a-9e55-7f1c2d3b4a59@shop.example>'])
    t.strictSame(header(bytes, 'To'), ['kari@example.com'])
    t.match(header(bytes, 'From')[0]!, /<post@shop\.example>$/)
  },
)

t.test('what is sent is byte for byte what was rendered, and its letters arrive', async (t) => {
  const { bytes, mail } = await arrived(aMail())
  t.equal(mail.raw, bytes.toString('utf8'))
  t.equal(mail.from, 'post@shop.example')
  t.equal(mail.subject, aMail().subject)
  t.equal(mail.text.trim(), 'Hei Kåre,\n\nblåbærsyltetøy.')
  t.match(mail.html, /blåbærsyltetøy/)
  t.strictSame(
    mail.attachments.map(({ filename, text }) => [filename, text.trim()]),
    [['vilkår.md', 'Angrefrist: 14 dager – også på julaften']],
  )
})

t.test('what many mails have arrives with each of them as it is, beside what only this one has', async (t) => {
  const terms = Buffer.from('Angrefrist: 14 dager – også på julaften\n'.repeat(500))
  const form = Buffer.from([0, 255, 13, 10, 46, 13, 10])
  const shared = [
    { filename: 'vilkår.md', content: terms, contentType: 'text/markdown; charset=utf-8', manyHaveIt: true as const },
    { filename: 'skjema.pdf', content: form, contentType: 'application/pdf', manyHaveIt: true as const },
  ]
  const own = { filename: 'faktura.pdf', content: Buffer.from('%PDF'), contentType: 'application/pdf' }
  for (const [attachments, names] of [
    [shared, ['vilkår.md', 'skjema.pdf']],
    [
      [own, ...shared],
      ['faktura.pdf', 'vilkår.md', 'skjema.pdf'],
    ],
    [[shared[1]!], ['skjema.pdf']],
  ] as const) {
    const { bytes, mail } = await arrived(aMail({ attachments: [...attachments] }))
    const text = bytes.toString('latin1')
    t.notMatch(text, /[^\r]\n|\r[^\n]/)
    t.match(text, /^[\t -~\r\n]*$/)
    t.equal(mail.raw, bytes.toString('utf8'))
    t.equal(mail.subject, aMail().subject)
    t.equal(mail.text.trim(), 'Hei Kåre,\n\nblåbærsyltetøy.')
    t.match(mail.html, /blåbærsyltetøy/)
    for (const name of ['Message-ID', 'Date', 'Content-Type', 'MIME-Version', 'From', 'To', 'Subject'])
      t.equal(header(bytes, name).length, 1, name)
    t.strictSame(
      mail.attachments.map(({ filename }) => filename),
      names,
    )
    for (const { filename, content, contentType } of attachments) {
      const found = mail.attachments.find((each) => each.filename === filename)!
      t.ok(content.equals(found.bytes), filename)
      t.match(text, `Content-Type: ${contentType.split(';')[0]};`)
    }
  }
})

t.test('one content under two names is two attachments', async (t) => {
  const content = Buffer.from('The terms.')
  const named = (filename: string) => ({ filename, content, contentType: 'text/plain', manyHaveIt: true as const })
  for (const name of ['terms.txt', 'vilkår.txt', 'terms.txt'])
    t.strictSame(
      (await arrived(aMail({ attachments: [named(name)] }))).mail.attachments.map(({ filename }) => filename),
      [name],
    )
})

for (const [where, changes] of [
  ['the subject', { subject: 'Order\r\nBcc: thief@example.org\r\n\r\nPay here' }],
  ['the sender’s name', { from: 'Shop\r\nBcc: thief@example.org <post@shop.example>' }],
  ['the recipient', { to: 'Kari\r\nBcc: thief@example.org <kari@example.com>' }],
  ['the Message-ID', { messageId: 'a@b>\r\nBcc: thief@example.org' }],
  [
    'an attachment’s name',
    { attachments: [{ filename: 'a.md"\r\nBcc: thief@example.org', content: 'x', contentType: 'text/plain' }] },
  ],
] as const)
  t.test(`line breaks in ${where} add no header and no recipient`, async (t) => {
    const { bytes, mail } = await arrived(aMail(changes as Partial<Mail>))
    t.strictSame(header(bytes, 'Bcc'), [])
    t.equal(mail.to.length, 1)
    t.match(mail.text, /blåbærsyltetøy/)
  })

t.test('a line that starts with a dot, or is only a dot, does not end the mail', async (t) => {
  const text = 'one\n.\n..two\n.three'
  t.equal((await arrived(aMail({ text }))).mail.text.trim(), text)
})

t.test('names with markup are shown, not obeyed', async (t) => {
  const html = htmlOf('en', `Dear <script>alert("x")</script> & 'friends'\nsecond line\n\nNext`)
  t.match(
    html,
    /<p>Dear &lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt; &amp; &#39;friends&#39;<br>second line<\/p><p>Next<\/p>/,
  )
  t.notMatch(html, /<script/)
})

t.test('amounts are written as the language writes them', async (t) => {
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ')
  t.equal(spaced(formatMoney('nb', 129_900, 'NOK')), '1 299,00 kr')
  t.equal(spaced(formatMoney('en', 129_900, 'NOK')), 'NOK 1,299.00')
  t.match(spaced(formatMoney('en', 1_099, 'EUR')), /€10\.99/)
})

/** A mail server that greets with 220 and answers RCPT with this; what it takes, it takes. */
async function serverAnswering(answer: string) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      const verb = chunk.toString('latin1').slice(0, 4).toUpperCase()
      socket.write(
        verb === 'EHLO'
          ? '250 test\r\n'
          : verb === 'RCPT'
            ? `${answer}\r\n`
            : verb === 'QUIT'
              ? '221 bye\r\n'
              : '250 ok\r\n',
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sender = createMailer({ smtpUrl: `smtp://127.0.0.1:${(server.address() as { port: number }).port}` })
  t.teardown(async () => {
    sender.close()
    await new Promise((resolve) => server.close(resolve))
  })
  return sender
}
const toKari = { from: 'Shop <post@shop.example>', to: 'kari@example.com', bytes: Buffer.from('Subject: x\r\n\r\nx') }

t.test('a definite no to the address is an answer, with the words of the mail server', async (t) => {
  const bytes = await renderMail(aMail())
  const sent = await mailer.send({ from: 'post@shop.example', to: 'bounce@example.com', bytes })
  t.equal(sent.outcome, 'rejected')
  t.match(sent.response, /^550 .*does not exist/)
  t.equal((await (await serverAnswering('553 5.1.3 bad address')).send(toKari)).outcome, 'rejected')
})

t.test('a temporary no is thrown, so that the job tries again', async (t) => {
  await t.rejects((await serverAnswering('451 4.7.1 try again later')).send(toKari), /451/)
})

t.test('a mail server that cannot be reached is thrown too', async (t) => {
  const nobody = createMailer({ smtpUrl: `smtp://127.0.0.1:${await freePort()}` })
  await t.rejects(nobody.send(toKari), /ECONNREFUSED/)
  nobody.close()
})
