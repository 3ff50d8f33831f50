import { parseArgs } from 'node:util'
import { alarms, deadLetters, jobs, relay } from './backlog.ts'
import { doctor } from './doctor.ts'
import { EXIT, said } from './exit.ts'
import { reconcile } from './reconcile.ts'
import type { Service } from './services.ts'

export type Options = Record<string, string | boolean | undefined>
export type Terminal = { services: Service[]; say: (line?: string) => void }
/** Says what it found, and answers whether that is fine. */
export type Command = (terminal: Terminal, options: Options) => Promise<boolean>

type Declared = { run: Command; says: string; options: Record<string, [type: 'string' | 'boolean', says: string]> }

const commands: Record<string, Declared> = {
  alarms: {
    run: alarms,
    says: 'what calls for a person, in all services',
    options: { all: ['boolean', 'those that ended too'], kind: ['string', 'of this kind only'] },
  },
  'dead-letters': {
    run: deadLetters,
    says: 'events that could not be applied',
    options: {
      revive: ['boolean', 'have them tried again, once their cause is mended'],
      about: ['string', 'with --revive: only those of this order, shipment or return'],
    },
  },
  jobs: { run: jobs, says: 'jobs that are not done, by queue', options: {} },
  relay: { run: relay, says: 'what is not told or not applied yet, and who works on it', options: {} },
  reconcile: {
    run: reconcile,
    says: "how a day compares with the payment provider's books",
    options: {
      date: ['string', 'the day, such as 2026-01-15; left out, yesterday'],
      ask: ['boolean', 'have it compared (anew)'],
    },
  },
  doctor: { run: doctor, says: 'whether all is well, and if not, what to do', options: {} },
}

const ANY: Declared['options'] = {
  service: ['string', 'ask this one alone'],
  help: ['boolean', 'this'],
}

const USAGE = `Usage: pnpm vilkar COMMAND [OPTION…]

${Object.entries(commands)
  .map(([name, { says }]) => `  ${name.padEnd(14)}${says}`)
  .join('\n')}

pnpm vilkar COMMAND --help lists its options. ORDERS, SHIPPING, RETURNS and PRIVACY say where the services are, VILKAR_TOKEN is a token with
the scope "staff"; with none of them, the local stack is asked. Ends with 0 when all is fine, 1 when something calls for a person,
2 when the command is not understood and 3 when a service cannot be asked.`

/** The help that was asked for; undefined when something else was. */
export function helpFor(name: string, args: string[]): string | undefined {
  if (name === 'help' || name === '--help' || name === '-h') return USAGE
  if (!args.includes('--help')) return undefined
  const { says, options } = declared(name)
  const lines = Object.entries({ ...options, ...ANY }).map(
    ([option, [type, meaning]]) => `  ${`--${option}${type === 'string' ? ' …' : ''}`.padEnd(14)}${meaning}`,
  )
  return `pnpm vilkar ${name}: ${says}\n\n${lines.join('\n')}`
}

/** Runs a command and answers what the process ends with. */
export async function run(name: string, args: string[], { services, say }: Terminal) {
  const { run: command, options: known } = declared(name)
  const options = optionsOf(name, args, { ...known, ...ANY })
  const asked = services.filter((service) => options.service === undefined || service.name === options.service)
  if (asked.length === 0)
    throw said('usage', `There is no service ${options.service} among ${services.map((each) => each.name).join(', ')}.`)
  return (await command({ services: asked, say }, options)) ? EXIT.fine : EXIT.trouble
}

function declared(name: string) {
  if (!Object.hasOwn(commands, name)) throw said('usage', `There is no command ${name}.\n\n${USAGE}`)
  return commands[name]!
}

function optionsOf(name: string, args: string[], known: Declared['options']): Options {
  const options = Object.fromEntries(Object.entries(known).map(([option, [type]]) => [option, { type }]))
  try {
    return parseArgs({ args, options }).values as Options
  } catch (error) {
    throw said('usage', `${(error as Error).message}\npnpm vilkar ${name} --help lists what there is.`)
  }
}
