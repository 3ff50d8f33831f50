import { createSignedLinks, isForAddress, ORDER_LINK } from '@vilkar/server/signed-links.ts'
import { sha256Of, toldBy } from '@vilkar/terms/order/told.ts'
import { functionNotice } from '@vilkar/terms/statute/withdrawal-function.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { dispatch, formed, historyOf } from '../../alarming.ts'
import { startOrdersForTest } from '../../orders-service.ts'

const page = 'https://shop.example/order'
const secrets = 'test-only-test-only-test-only-test-only'

/** A confirmed order, whose shop has a page with the withdrawal function or none. */
async function confirmed(t: Test, orderPage?: { url: string; secrets: string }) {
  const { deps } = await startOrdersForTest(t)
  Object.assign(deps.settings, { orderPage })
  t.teardown(() => Object.assign(deps.settings, { orderPage: undefined }))
  const { house, id, order } = await formed(t)
  const history = await historyOf(house, id)
  const { data } = history.find(({ type }: { type: string }) => type === 'ContractFormed')
  const mail = (subject: RegExp) =>
    eventually('the mail', async () =>
      house.mailbox.to('kari@example.com').find(({ subject: said }) => subject.test(said ?? '')),
    )
  return { house, id, order, data, mail }
}

t.test('a consumer is told of the withdrawal function where they can keep it, and that is evidence', async (t) => {
  const { house, id, data, mail } = await confirmed(t, { url: page, secrets })
  const { text } = await mail(/^Order confirmation/)
  const [, link] = /Withdraw from contract here: (\S+)/.exec(text)!
  const links = createSignedLinks({ secrets, now: () => house.clock.now().add({ hours: 24 * 500 }) })
  const token = new URL(link!).searchParams.get('link')!
  const { subject, content } = await links.read(token, ORDER_LINK)
  t.equal(subject, id, 'the link is to this order, for as long as the right may last')
  t.ok(isForAddress(content, id, 'Kari@example.com'))
  t.notOk(isForAddress(content, id, 'another@example.com'), 'and the address is its own')
  t.ok(text.includes(functionNotice('en', link!)))
  const told = { locale: 'en', page, sha256: sha256Of(functionNotice('en', page)) }
  t.strictSame(data.withdrawalFunction, told)
  t.notMatch(JSON.stringify(data), token, 'and nobody withdraws by what services tell each other')
  const { documents, withdrawalFunction } = data
  const abroad = { edition: 'smartgroup/2026-01-15', country: 'DE', orderedOn: Temporal.PlainDate.from('2026-10-01') }
  t.equal(toldBy({ documents, withdrawalFunction, ...abroad } as never).withdrawalInformation, true)
  t.equal(toldBy({ documents, ...abroad } as never).withdrawalInformation, false)
  await dispatch(house, id)
  t.match((await mail(/have been sent/)).text, link!, 'and again when the goods leave')
})

t.test('every mail about an order leads once to its page, before the signature', async (t) => {
  const { house, id } = await confirmed(t, { url: page, secrets })
  await dispatch(house, id)
  const subjects = [/^We have received/, /^Order confirmation/, /have been sent/]
  const found = await eventually('the mails', async () => {
    const mails = house.mailbox.to('kari@example.com')
    return subjects.every((subject) => mails.some((mail) => subject.test(mail.subject ?? ''))) && mails
  })
  for (const { subject, text } of found) {
    t.equal(text.split(`${page}?link=`).length, 2, subject)
    const said = text.trimEnd().split('\n\n')
    t.notMatch(said.at(-1), page, 'whose mail it is stands last')
    t.match(said.at(-2), page)
  }
})

t.test('where the shop has no page for it nothing is told, and nothing is claimed', async (t) => {
  const { data, mail, house } = await confirmed(t)
  t.notMatch((await mail(/^Order confirmation/)).text, /Withdraw from contract/)
  t.equal(data.withdrawalFunction, undefined)
  const kept = await house.db.selectFrom('mail_document').select('kind').execute()
  t.notOk(kept.some(({ kind }) => kind === 'withdrawal-function'))
})
