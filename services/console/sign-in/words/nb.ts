import type { en } from './en.ts'

/** Ord for å logge inn og ut. */
export const nb: Record<keyof typeof en, string> = {
  signedOut: 'Du er logget ut',
  signedOutText: 'Ingen er logget inn her lenger.',
  endThere: 'Logg også ut av innloggingstjenesten',
  again: 'Logg inn igjen',
  failed: 'Du ble ikke logget inn',
  failedText:
    'Veien tilbake fra innloggingstjenesten var ikke den som ble begynt her, eller tok for lang tid. Begynn på nytt.',
  silentText: 'Innloggingstjenesten svarer ikke akkurat nå. Prøv igjen om litt.',
}
