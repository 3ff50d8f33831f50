import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { createMailer, formatMoney, htmlOf, type Mail, renderMail } from '../mail.ts'

const mailbox = await startMailbox()
const mailer = createMailer({ smtpUrl: mailbox.url })
after(async () => {
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

test('a rendered mail is RFC 5322: short lines of ASCII that end in CR LF, with date, sender and Message-ID', async () => {
  const bytes = await renderMail(aMail())
  const text = bytes.toString('latin1')
  assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/)
  assert.match(text, /^[\t -~\r\n]*$/)
  assert.ok(text.split('\r\n').every((line) => line.length <= 998))
  assert.deepEqual(header(bytes, 'Date'), ['Mon, 01 Jun 2026 08:02:10 +0000'])
  assert.deepEqual(header(bytes, 'Message-ID'), ['<5d1f0a3e-2b7c-4d0a-9e55-7f1c2d3b4a59@shop.example>'])
  assert.deepEqual(header(bytes, 'To'), ['kari@example.com'])
  assert.match(header(bytes, 'From')[0]!, /<post@shop\.example>$/)
})

test('what is sent is byte for byte what was rendered, and its letters arrive', async () => {
  const { bytes, mail } = await arrived(aMail())
  assert.equal(mail.raw, bytes.toString('utf8'))
  assert.equal(mail.from, 'post@shop.example')
  assert.equal(mail.subject, aMail().subject)
  assert.equal(mail.text.trim(), 'Hei Kåre,\n\nblåbærsyltetøy.')
  assert.match(mail.html, /blåbærsyltetøy/)
  assert.deepEqual(
    mail.attachments.map(({ filename, text }) => [filename, text.trim()]),
    [['vilkår.md', 'Angrefrist: 14 dager – også på julaften']],
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
  test(`line breaks in ${where} add no header and no recipient`, async () => {
    const { bytes, mail } = await arrived(aMail(changes as Partial<Mail>))
    assert.deepEqual(header(bytes, 'Bcc'), [])
    assert.equal(mail.to.length, 1)
    assert.match(mail.text, /blåbærsyltetøy/)
  })

test('a line that starts with a dot, or is only a dot, does not end the mail', async () => {
  const text = 'one\n.\n..two\n.three'
  assert.equal((await arrived(aMail({ text }))).mail.text.trim(), text)
})

test('names with markup are shown, not obeyed', () => {
  const html = htmlOf('en', `Dear <script>alert("x")</script> & 'friends'\nsecond line\n\nNext`)
  assert.match(
    html,
    /<p>Dear &lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt; &amp; &#39;friends&#39;<br>second line<\/p><p>Next<\/p>/,
  )
  assert.doesNotMatch(html, /<script/)
})

test('amounts are written as the language writes them', () => {
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ')
  assert.equal(spaced(formatMoney('nb', 129_900, 'NOK')), '1 299,00 kr')
  assert.equal(spaced(formatMoney('en', 129_900, 'NOK')), 'NOK 1,299.00')
  assert.match(spaced(formatMoney('en', 1_099, 'EUR')), /€10\.99/)
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
  after(async () => {
    sender.close()
    await new Promise((resolve) => server.close(resolve))
  })
  return sender
}
const toKari = { from: 'Shop <post@shop.example>', to: 'kari@example.com', bytes: Buffer.from('Subject: x\r\n\r\nx') }

test('a definite no to the address is an answer, with the words of the mail server', async () => {
  const bytes = await renderMail(aMail())
  const sent = await mailer.send({ from: 'post@shop.example', to: 'bounce@example.com', bytes })
  assert.equal(sent.outcome, 'rejected')
  assert.match(sent.response, /^550 .*does not exist/)
  assert.equal((await (await serverAnswering('553 5.1.3 bad address')).send(toKari)).outcome, 'rejected')
})

test('a temporary no is thrown, so that the job tries again', async () => {
  await assert.rejects((await serverAnswering('451 4.7.1 try again later')).send(toKari), /451/)
})

test('a mail server that cannot be reached is thrown too', async () => {
  const nobody = createMailer({ smtpUrl: `smtp://127.0.0.1:${await freePort()}` })
  await assert.rejects(nobody.send(toKari), /ECONNREFUSED/)
  nobody.close()
})
