import type { ChoiceReminded } from '@vilkar/contracts/returns-choice.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { unitsOf } from '../state.ts'
import type { StoredComplaint } from '../store.ts'
import { choicesInWords, named } from './judged.ts'

/** What can be chosen, and what that rests on. */
export type UnchosenTold = Pick<ChoiceReminded['data'], 'choices' | 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Hva vil du ha gjort med varen, ordre ${number}?`,
    opening: 'Du har rett til å få dette rettet, og vi venter på at du velger hvordan:',
    choose: 'Velg ved å svare på denne e-posten:',
    reminder: 'Det koster deg ingenting. Du taper ingen rett ved å vente, men vi kan ikke rette noe før du har valgt.',
    overdue:
      'Vi minner ikke om det flere ganger med e-post: en person hos oss tar kontakt. Du taper ingen rett, og kan velge når du vil.',
    rests: (cites: string) => `Dette følger av ${cites}.`,
  },
  en: {
    subject: (number: string) => `What would you have done with the goods, order ${number}?`,
    opening: 'You have a right to have this put right, and we are waiting for you to choose how:',
    choose: 'Choose by answering this mail:',
    reminder:
      'It costs you nothing. You lose no right by waiting, but we cannot put anything right before you have chosen.',
    overdue:
      'We do not remind you again by mail: somebody of ours gets in touch. You lose no right, and may choose whenever you like.',
    rests: (cites: string) => `This follows from ${cites}.`,
  },
}

/** Reminds a customer that it is theirs to choose, or says that a person asks them now; in neither case is a right lost. */
export function remedyUnchosen(
  { state }: Pick<StoredComplaint, 'state'>,
  facts: PlacedFacts,
  which: 'reminder' | 'overdue',
  { choices, reasons }: UnchosenTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const lines = named(facts, unitsOf(state))
  return letter(facts, page, say.subject(number), [
    [say.opening, ...lines].join('\n'),
    [say.choose, ...choicesInWords(locale, choices)].join('\n'),
    `${say[which]} ${say.rests(citedInWords(locale, reasons))}`,
  ])
}
