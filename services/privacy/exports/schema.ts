import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { type Static, Type } from 'typebox'

/** Which schema `data.json` is of: another number once a field goes or means something else. */
export const SCHEMA = 'vilkar-export/1'

const Text = Type.String()
/** A mail that the person was sent, as the services deliver it. */
export const ExportedMail = Type.Object(
  {
    subject: Text,
    sentAt: Type.Optional(Instant),
    text: Type.String({ description: 'As it was sent, without its layout.' }),
    attachments: Type.Array(Text, { description: 'The names of the files that went with it.' }),
  },
  { title: 'ExportedMail' },
)
const Datum = Type.Object(
  {
    holder: Type.String({ description: 'The service that keeps it, or the system.' }),
    place: Type.String({ description: 'As the holder calls it.', examples: ['orders.personal->email'] }),
    category: Type.String({ description: 'What it says of the person.', examples: ['contact'] }),
    value: Type.Unknown({ description: 'Text or JSON, as it is kept; a mail as `ExportedMail`.' }),
    file: Type.Optional(
      Type.String({ description: 'The picture that this names, in the archive.', examples: ['photos/3f….jpg'] }),
    ),
  },
  { title: 'ExportedDatum' },
)
const RecordShown = Type.Object(
  {
    ...{ system: Text, record: Text, category: Text },
    keptUntil: Type.Optional(
      Type.String({ ...Instant, description: 'When it goes. Left out, its period has not begun.' }),
    ),
    keptBy: Type.Array(Text, {
      description: 'What is under way that keeps it beyond that.',
      examples: [['open-order']],
    }),
    why: Type.Unsafe<Reasons>({
      ...Reasons,
      description: 'By which sentence of the policy and of the law it is kept.',
    }),
    data: Type.Array(Datum),
  },
  { title: 'ExportedRecord' },
)
const Withheld = Type.Object(
  {
    ...{ system: Type.Optional(Text), record: Type.Optional(Text), what: Text },
    reason: Type.Unsafe<Reasons[number]>(Type.Object({}, { description: 'Code, and the section of law.' })),
    count: Type.Integer({ description: 'How many times.' }),
  },
  { title: 'WithheldDatum' },
)

/** `data.json` of an archive. */
export const ExportContents = Type.Object(
  {
    schema: Type.Literal(SCHEMA),
    controller: Type.Object({
      ...{ id: Text, name: Text, contact: Text, authorities: Type.Array(Text) },
      policy: Type.String({ description: 'The edition of the privacy policy that it goes by.' }),
    }),
    request: Type.Object({ id: Id, kind: Text, receivedOn: Day }),
    madeAt: Instant,
    records: Type.Array(RecordShown),
    consents: Type.Array(
      Type.Object({
        ...{ purpose: Text, what: Text, at: Instant, by: Text, source: Text },
        text: Type.Optional(Type.String({ description: 'What was agreed to, word by word.' })),
      }),
    ),
    optOuts: Type.Array(Type.Object({ purpose: Text, at: Instant, source: Text })),
    sales: Type.Array(
      Type.Object(
        { orderId: Id, placedAt: Instant, optOutOffered: Type.Boolean() },
        {
          description: 'Why the person may be written to as a customer, where they may be.',
        },
      ),
    ),
    requests: Type.Array(
      Type.Object({
        ...{ id: Id, kind: Text, channel: Text, status: Text, receivedOn: Day },
        ...{ answeredAt: Type.Optional(Instant), words: Type.Optional(Text), answer: Type.Optional(Text) },
      }),
    ),
    recipients: Type.Array(Type.Object({ kind: Text, names: Type.Array(Text), basis: Text })),
    withheld: Type.Array(Withheld, { description: 'What is not shown, why, and by which section.' }),
    missing: Type.Array(Type.Object({ system: Text, holder: Text, record: Text, photo: Type.Optional(Text) }), {
      description:
        'What a holder did not deliver in time, which follows; with `photo` a picture for which there was no room in the archive, to be asked for by its name.',
    }),
  },
  { title: 'Export', description: 'What is held of a person, as an archive of an export has it in `data.json`.' },
)
export type ExportContents = Static<typeof ExportContents>
