import { basename } from 'node:path'
import { folderOf, isEntry, isTest, type Source, targetOf } from './sources.ts'

const leadsTo = ({ path, imports }: Source, folder: RegExp) =>
  imports.some((specifier) => {
    const target = targetOf(path, specifier)
    return target !== undefined && target !== folderOf(path) && folder.test(target)
  })

/** Where a Date may be made or named, and why; days and periods are Temporal's everywhere. */
export const DATE_ALLOWED: Record<string, string> = {
  'libs/server/clock.ts': "the machine's clock is read here, and only here",
  'libs/server/signed-links.ts': 'jose compares an expiry with one',
  'libs/mail/mail.ts': 'nodemailer writes the Date header from one',
  'libs/webhooks/send.ts': 'standardwebhooks signs one',
  'services/shipping/carriers/generic/signed.ts': 'standardwebhooks signs one',
  'libs/mail/pdf.ts': 'pdfkit writes the date of creation from one',
  'infra/vipps-simulator/webhooks.ts': 'x-ms-date is an HTTP date, which Temporal does not write',
  'test/e2e/moved-clock.ts': "the machine's clock of services runs ahead in tests",
  'libs/terms/test/arbitraries.ts': 'fast-check draws instants between two numbers of milliseconds',
}
export const UNFINISHED = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b|@ts-(ignore|nocheck)`,
)
/** The contracts say who tells an event, and terms call the returns of an order by that word. */
const NAMES_SERVICES = /^libs\/(contracts|terms)\//

/** The sellers whose names, and prefixes of order numbers, stand with them and in tests, and nowhere else. */
export const SELLER = /smartgroup|\bSG-/i

/** A star for columns; what a function of PostgreSQL answers names its columns beside it. */
const UNNAMED_COLUMNS =
  /\bselectAll\(|\breturningAll\(|\b(?:select|returning)\s+(?:\w+\.)?\*(?!\s+from (?:json_to_recordset|unnest)\()|,\s*(?:\w+\.)?\*\s+from\b/i

export type Rule = [rule: string, breaks: (source: Source) => boolean, counterexample: [path: string, text: string]]

/** `[rule, does the file break it?, a file that does]` */
export const fileRules: Rule[] = [
  [
    'there are no barrels: a file does more than pass on what others export',
    ({ path, code }) =>
      basename(path) === 'index.ts' ||
      code.replace(/^export\s+(type\s+)?(\*[^'{]*|\{[^}]*\}) from ''$/gm, '').trim() === '',
    ['libs/mail/all.ts', "// All.\nexport * from './mail.ts'\nexport { outgoing } from './outgoing.ts'\n"],
  ],
  [
    'no file or folder is named for nothing in particular',
    ({ path }) => path.split('/').some((part) => /^(utils?|helpers?|common|shared|types)(\.|$)/.test(part)),
    ['libs/mail/helpers/format.ts', 'export const one = 1\n'],
  ],
  [
    'there are no classes, enums, decorators or namespaces',
    ({ code }) =>
      /\bclass\s+\w+[^=]*\{|\bclass\s*\{|^\s*(export |declare |const )*enum\s+\w+\s*\{|^\s*@\w+|^(export |declare )*namespace\s/m.test(
        code,
      ),
    ['libs/mail/mailer.ts', 'export class Mailer {\n}\n'],
  ],
  [
    'exports are named',
    ({ code }) => /\bexport\s+default\b|\bas\s+default\b/.test(code),
    ['libs/mail/mailer.ts', 'export default 1\n'],
  ],
  [
    'files of the house are imported by their whole name',
    ({ imports }) => imports.some((from) => /^(\.|@vilkar\/)/.test(from) && !/\.(ts|json)$/.test(from)),
    ['libs/mail/mailer.ts', "import { mail } from './mail'\n"],
  ],
  [
    'a relative import stays within its package',
    ({ path, imports }) =>
      folderOf(path) !== '.' && imports.some((from) => from.startsWith('.') && targetOf(path, from) !== folderOf(path)),
    ['libs/mail/mailer.ts', "import { createLog } from '../server/log.ts'\n"],
  ],
  [
    'a service is imported by infra/ and test/ only: services never import each other, and libs know none',
    (source) => /^(libs|services)\//.test(source.path) && leadsTo(source, /^services\//),
    ['services/orders/app.ts', "import { decider } from '@vilkar/returns/withdrawal/decider.ts'\n"],
  ],
  [
    'libs and services use infra/ in their tests only',
    (source) => /^(libs|services)\//.test(source.path) && !isTest(source.path) && leadsTo(source, /^infra\//),
    ['services/orders/app.ts', "import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'\n"],
  ],
  [
    'statements name their columns, so that an instance of before works beside a newer schema',
    ({ path, text }) => /^(libs|services)\//.test(path) && !isTest(path) && UNNAMED_COLUMNS.test(text),
    ['libs/mail/mailer.ts', 'export const mails = sql`select mail.* from mail`\n'],
  ],
  [
    'importing a file does nothing: only main.ts and run.ts have effects',
    ({ path, code }) =>
      !isEntry(path) &&
      !isTest(path) &&
      /^(await|for|if|try|while|switch|do|void|new|throw)\b|^[\w$.]+(\(|\s*[+-]?=[^>])|^(export )?(const|let) [^=]+= await\b/m.test(
        code,
      ),
    ['libs/mail/mailer.ts', "import { connect } from './mail.ts'\n\nconnect('smtp://localhost')\n"],
  ],
  [
    'days and periods are Temporal: Date is used where a reason is written down, nowhere else',
    ({ path, code }) => !(path in DATE_ALLOWED) && /\bDate\b/.test(code),
    ['libs/mail/mailer.ts', 'export const now = () => new Date()\n'],
  ],
  [
    'ids follow each other in the order in which they were made: those of Node have none within a millisecond',
    ({ imports, text }) => imports.includes('node:crypto') && /\brandomUUIDv7\b/.test(text),
    ['libs/mail/mailer.ts', "import { randomUUIDv7 } from 'node:crypto'\n\nexport const idOf = randomUUIDv7\n"],
  ],
  [
    'no seller is named outside libs/terms/sellers, tests and worked cases',
    ({ path, text }) => !isTest(path) && !/^(test|libs\/terms\/(sellers|cases))\//.test(path) && SELLER.test(text),
    ['libs/mail/mailer.ts', "export const FROM = 'SmartGroup AS <post@shop.example>'\n"],
  ],
  ['nothing is left unfinished', ({ text }) => UNFINISHED.test(text), ['libs/mail/mailer.ts', `// TO${'DO'}: later\n`]],
  [
    'every test runs',
    ({ path, code }) => isTest(path) && /\b(t|test|describe|it|suite)\.(only|todo)\b|\b(only|todo): true/.test(code),
    ['libs/mail/test/mail.test.ts', "t.only('one', async () => {})\n"],
  ],
  [
    'a test waits for a condition, never for a time',
    ({ path, code, imports }) =>
      isTest(path) &&
      !path.includes('/fixtures/') &&
      (imports.some((from) => /^(node:)?timers/.test(from)) || /\bset(Timeout|Interval)\(/.test(code)),
    ['libs/mail/test/mail.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 500))\n'],
  ],
  [
    'libs know no service by name',
    ({ path, text }) =>
      /^libs\//.test(path) && !isTest(path) && !NAMES_SERVICES.test(path) && /'(orders|shipping|returns)'/.test(text),
    ['libs/mail/mailer.ts', "export const owner = 'orders'\n"],
  ],
]

/** A file that breaks no rule, though the words of many stand in its comments and texts. */
export const SOUND = `/** A class of mails, by Date; if (it) is: await. */
import { join } from 'node:path'
import type { Mail } from './mail.ts'

export { join }
const kinds = { receipt: 'class Date { }' }
export const kindOf = (mail: Mail) => kinds[mail.kind] ?? \`enum Kind {
if (there) is \${none}\`
`
