import { formatMoney } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { PlacedOrder } from '../state.ts'

type Placed = Pick<PlacedOrder['placed'], 'lines' | 'locale' | 'customerKind' | 'currency'>

const words = {
  nb: {
    ours: (what: string, years: number) => `På ${what} gir vi ${years} års garanti fra du får varen. Den dekker:`,
    theirs: (what: string, who: string, years: number) =>
      `På ${what} gir ${who} ${years} års garanti fra du får varen, og svarer for den. Den dekker:`,
    durability: 'Den er en garanti for holdbarhet, gjelder hele varen og koster ingenting ekstra.',
    besides: 'Garantien kommer i tillegg til rettene dine etter loven og tar ingenting fra dem.',
    once: (what: string, months: number) =>
      `Til ${what} følger oppdateringer, også av sikkerheten, i minst ${months} måneder fra du får varen.`,
    overTime: (what: string, months: number) =>
      `Med ${what} følger en digital tjeneste i ${months} måneder fra du får varen, med oppdateringer så lenge, og i minst to år.`,
    manual: (what: string, url: string) =>
      `Bruksanvisningen for ${what} leser du her: ${url}\nLes den før du monterer eller bruker varen.`,
    back: (what: string, cost: string) =>
      `${what} kan vanligvis ikke sendes tilbake i posten. Angrer du, betaler du for returen, som koster høyst ${cost} for hver av dem.`,
    backOurs: (what: string) =>
      `${what} kan vanligvis ikke sendes tilbake i posten. Angrer du, betaler vi for returen.`,
  },
  en: {
    ours: (what: string, years: number) =>
      `For ${what} we give a guarantee of ${years} years from when you have it. It covers:`,
    theirs: (what: string, who: string, years: number) =>
      `For ${what}, ${who} gives a guarantee of ${years} years from when you have it, and answers for it. It covers:`,
    durability: 'It is a guarantee of durability, covers the whole good and costs nothing extra.',
    besides: 'The guarantee comes on top of your rights by law and takes nothing from them.',
    once: (what: string, months: number) =>
      `With ${what} come updates, security updates among them, for at least ${months} months from when you have it.`,
    overTime: (what: string, months: number) =>
      `With ${what} comes a digital service for ${months} months from when you have it, with updates for so long, and for at least two years.`,
    manual: (what: string, url: string) =>
      `You read the manual for ${what} here: ${url}\nRead it before you install or use it.`,
    back: (what: string, cost: string) =>
      `${what} cannot normally be returned by post. If you withdraw, you pay for sending it back, which costs at most ${cost} for each.`,
    backOurs: (what: string) =>
      `${what} cannot normally be returned by post. If you withdraw, we pay for sending it back.`,
  },
}

/**
 * What lines are sold with besides, a paragraph each: guarantees with who gave them, for consumers the updates that they are owed
 * (angrerettloven §§ 8 and 18; forbrukerkjøpsloven §§ 15 and 18 a) and what sending back costs that cannot normally be returned by post
 * (angrerettloven § 8 første ledd bokstav i), and where manuals are read that are no booklets (clause 11).
 */
export function soldWithInWords({ lines, locale, customerKind, currency }: Placed): string[] {
  const say = words[locale]
  return lines.flatMap(({ name, guarantee, digital, bulky, traits, manualUrl }) => {
    const written: string[] = []
    if (guarantee) {
      const { by, guarantor, years, covers, durability } = guarantee
      const opening = by === 'seller' ? say.ours(name, years) : say.theirs(name, writtenLine(guarantor ?? ''), years)
      const lasting = durability ? `${say.durability} ` : ''
      written.push(`${opening} ${writtenLine(covers)}. ${lasting}${say.besides}`)
    }
    if (digital && customerKind === 'consumer')
      written.push(digital.supplied === 'once' ? say.once(name, digital.months) : say.overTime(name, digital.months))
    if (bulky && customerKind === 'consumer' && !traits.madeToOrder)
      written.push(
        bulky.returnCost === undefined
          ? say.backOurs(name)
          : say.back(name, formatMoney(locale, bulky.returnCost, currency)),
      )
    if (manualUrl) written.push(say.manual(name, manualUrl))
    return written
  })
}
