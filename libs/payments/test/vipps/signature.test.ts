import t from 'tap'
import { isSigned, signatureOf } from '../../vipps/signature.ts'

// The example that Vipps MobilePay publishes: Webhooks API, "Request authentication".
const EXAMPLE = {
  url: 'https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63',
  body: '{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}',
  date: 'Thu, 30 Mar 2023 08:38:32 GMT',
  secret: 'A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==',
}
const { url, body, secret } = EXAMPLE
const headers = signatureOf(EXAMPLE)

t.test('a webhook is signed as the documents of Vipps show it', async (t) => {
  t.strictSame(headers, {
    'x-ms-date': EXAMPLE.date,
    'x-ms-content-sha256': 'lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=',
    authorization:
      'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=',
  })
  t.ok(isSigned({ url, headers, body }, secret))
})

t.test('a signature is good for one secret, address, date and body', async (t) => {
  t.ok(!isSigned({ url, headers, body }, `${secret}x`))
  t.ok(!isSigned({ url: `${url}?a=b`, headers, body }, secret))
  t.ok(!isSigned({ url: url.replace('webhook.site', 'shop.example'), headers, body }, secret))
  t.ok(!isSigned({ url, headers: { ...headers, 'x-ms-date': 'Thu, 30 Mar 2023 08:38:33 GMT' }, body }, secret))
  t.ok(!isSigned({ url, headers, body: `${body} ` }, secret))
  for (const authorization of [undefined, '', 'Bearer x', [headers.authorization]])
    t.ok(!isSigned({ url, headers: { ...headers, authorization }, body }, secret))
  t.ok(!isSigned({ url, headers: {}, body }, secret))
})
