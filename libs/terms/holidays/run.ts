import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { countriesOfLibrary, fileOfLibrary } from './from-library.ts'
import { FOLDER, KNOWN_YEARS } from './holidays.ts'

// `pnpm holidays`: writes the public holidays of every country anew, as the library `date-holidays` works them out.
const countries = countriesOfLibrary()
for (const file of readdirSync(FOLDER)) if (!countries.includes(file.slice(0, 2))) rmSync(new URL(file, FOLDER))
for (const country of countries)
  writeFileSync(new URL(`${country}.json`, FOLDER), `${JSON.stringify(fileOfLibrary(country, KNOWN_YEARS), null, 2)}\n`)
console.log(`holidays: ${countries.length} countries, ${KNOWN_YEARS.first} to ${KNOWN_YEARS.last}`)
