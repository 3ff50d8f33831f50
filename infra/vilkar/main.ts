/** `pnpm vilkar COMMAND`: what an operator asks of services that run. `help` says the rest, `exit.ts` what it ends with. */
import { helpFor, run } from './commands.ts'
import { EXIT, isSaid } from './exit.ts'
import { findServices } from './services.ts'

const [command = 'help', ...options] = process.argv.slice(2)
const say = (line = '') => console.log(line)
try {
  const help = helpFor(command, options)
  if (help !== undefined) say(help)
  else process.exitCode = await run(command, options, { services: await findServices(process.env), say })
} catch (error) {
  if (!isSaid(error)) throw error
  console.error(error.message)
  process.exitCode = EXIT[error.exit]
}
