/** The words of the mails about delays. `why` is what a right rests on, in brackets. */
export const words = {
  nb: {
    subject: {
      delayed: (number: string) => `Ordre ${number} tar lengre tid enn ventet`,
      late: (number: string) => `Ordre ${number} er forsinket`,
      'delivered-late': (number: string) => `Ordre ${number} kom fram for sent`,
      // Whether that was late a person judges.
      ofBusiness: {
        delayed: (number: string) => `Ordre ${number} tar lengre tid enn ventet`,
        late: (number: string) => `Ordre ${number} tar lengre tid enn ventet`,
        'delivered-late': (number: string) => `Ordre ${number} kom senere enn ventet`,
      },
    },
    wasExpected: (day: string, why: string) =>
      `Vi regnet med at alt i ordren skulle være kommet fram senest ${day} ${why}. Så vidt vi vet, er det ikke det. Det beklager vi.`,
    wasDue: (day: string, why: string) =>
      `Alt i ordren skulle ha kommet fram til deg senest ${day} ${why}. Så vidt vi vet, er det ikke det. Det beklager vi.`,
    unsent: 'Dette er ikke sendt ennå:',
    underway: 'Dette er sendt, men ikke meldt levert:',
    byLaw: (day: string, why: string) =>
      `Det var et anslag. Etter loven skal du ha varene senest ${day} ${why}. Er noe ikke kommet da, skriver vi til deg om hva du kan kreve.`,
    youMay: 'Dette kan du gjøre:',
    ifUnreasonable: (why: string) =>
      `Vi skal levere innen rimelig tid ${why}. Mener du at den er ute, si fra: til vi er enige om noe annet, regner vi varene som forsinket.`,
    insist: (why: string) => `Du kan holde tilbake betalingen for det som mangler, og kreve at vi leverer ${why}.`,
    rescind: (why: string) =>
      `Du kan gi oss en ny og rimelig frist. Kommer varene ikke innen den, kan du heve kjøpet og få pengene tilbake ${why}.`,
    damages: (why: string) =>
      `Du kan kreve erstatning for det du taper på forsinkelsen, hvis den ikke skyldes noe utenfor vår kontroll ${why}.`,
    cancel: (why: string) => `Du kan avbestille det som ikke er sendt, uten å gi noen grunn ${why}.`,
    answer: 'Svar på denne e-posten, så hjelper vi deg. Si gjerne fra om du har fått alt likevel.',
    came: (day: string) => `Det siste i ordren kom fram ${day}.`,
    shouldHaveCome: (day: string, why: string) => `Det skulle ha vært hos deg senest ${day} ${why}. Det beklager vi.`,
    expectedToCome: (day: string, why: string) =>
      `Vi regnet med at det skulle komme senest ${day} ${why}. Det beklager vi.`,
    afterReasonableTime: 'Mener du at det ikke var innen rimelig tid, si fra.',
    claim: (why: string) =>
      `Har du tapt noe på forsinkelsen, kan du kreve erstatning for det, hvis den ikke skyldes noe utenfor vår kontroll ${why}. Svar på denne e-posten og si hva det gjelder.`,
    stillMayRescind: (why: string) =>
      `Du kan fortsatt heve kjøpet av det som kom etter fristen du gav oss, og få pengene tilbake, hvis du sier fra innen rimelig tid etter at du fikk vite at det var levert ${why}.`,
    shortTime: (why: string) =>
      `Fristen er kort. Om den er rimelig, må vurderes ${why}. Til vi er enige om noe annet, regner vi med den.`,
    madeToOrder: (why: string) =>
      `Varer som er laget spesielt for deg, og som vi ikke kan selge til andre uten vesentlig tap, kan du bare heve kjøpet av hvis forsinkelsen gjør at formålet med kjøpet blir vesentlig forfeilet ${why}. Mener du at den gjør det, si fra, så vurderer vi det.`,
    stillMayWithdraw: 'Har du angrerett, regnes fristen fra den dagen du fikk det siste.',
  },
  en: {
    subject: {
      delayed: (number: string) => `Order ${number} takes longer than expected`,
      late: (number: string) => `Order ${number} is late`,
      'delivered-late': (number: string) => `Order ${number} came late`,
      ofBusiness: {
        delayed: (number: string) => `Order ${number} takes longer than expected`,
        late: (number: string) => `Order ${number} takes longer than expected`,
        'delivered-late': (number: string) => `Order ${number} came later than expected`,
      },
    },
    wasExpected: (day: string, why: string) =>
      `We expected all of your order to have reached you by ${day} ${why}. As far as we know, it has not. We are sorry.`,
    wasDue: (day: string, why: string) =>
      `All of your order should have reached you by ${day} ${why}. As far as we know, it has not. We are sorry.`,
    unsent: 'This has not been sent yet:',
    underway: 'This has been sent, and is not reported as delivered:',
    byLaw: (day: string, why: string) =>
      `That was an estimate. By law you are to have the goods by ${day} ${why}. If anything has not come by then, we write to you about what you may claim.`,
    youMay: 'This is what you may do:',
    ifUnreasonable: (why: string) =>
      `We are to deliver within a reasonable time ${why}. If you find that it has passed, tell us: until we agree on something else we treat the goods as late.`,
    insist: (why: string) => `You may hold back payment for what is missing, and demand that we deliver ${why}.`,
    rescind: (why: string) =>
      `You may set us a new and reasonable time. If the goods do not come within it, you may end the purchase and have your money back ${why}.`,
    damages: (why: string) =>
      `You may claim damages for what the delay costs you, unless its cause lies beyond our control ${why}.`,
    cancel: (why: string) => `You may cancel what has not been sent, without giving a reason ${why}.`,
    answer: 'Answer this email, and we will help you. If you have everything after all, please tell us.',
    came: (day: string) => `The last of your order reached you on ${day}.`,
    shouldHaveCome: (day: string, why: string) => `It should have been with you by ${day} ${why}. We are sorry.`,
    expectedToCome: (day: string, why: string) => `We expected it to come by ${day} ${why}. We are sorry.`,
    afterReasonableTime: 'If you find that this was not within a reasonable time, tell us.',
    claim: (why: string) =>
      `If the delay has cost you anything, you may claim damages for it, unless its cause lay beyond our control ${why}. Answer this email and say what it is about.`,
    stillMayRescind: (why: string) =>
      `You may still end the purchase of what came after the time that you gave us, and have your money back, if you tell us within a reasonable time after you learnt that it was delivered ${why}.`,
    shortTime: (why: string) =>
      `The time that you gave us is short. Whether it is reasonable has to be judged ${why}. Until we agree on something else we go by it.`,
    madeToOrder: (why: string) =>
      `You may end the purchase of goods that were made specially for you, and that we cannot sell to others without a substantial loss, only if the delay substantially defeats what you bought them for ${why}. If you find that it does, tell us, and we look at it.`,
    stillMayWithdraw:
      'If you have a right of withdrawal, its period counts from the day on which you got the last of it.',
  },
}
