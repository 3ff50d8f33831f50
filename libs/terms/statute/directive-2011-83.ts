import { euAct } from './act.ts'
import { dated } from './dated.ts'
import { notedFromEurLex } from './standings.ts'

/** Directive 2011/83/EU on consumer rights, as last changed by Directives (EU) 2023/2673 and 2024/825, in our own words. */
export const directive201183 = euAct(
  'Directive 2011/83/EU',
  'dir/2011/83',
  notedFromEurLex('The withdrawal function of Art. 11a applies in the EU from 19 June 2026.'),
  {
    'Art. 6(1)(h)':
      'Before a distance contract the consumer is told of the right of withdrawal, its time limit, procedure and form, and of the withdrawal function and where it is.',
    'Art. 6(1)(l)':
      'Before a distance contract for goods the consumer is reminded, by a notice that looks the same in the whole Union, of the legal guarantee: for at least two years the seller answers for goods that are not as agreed, by repair, replacement, a lower price or money back.',
    'Art. 6(1)(la)':
      'Where the producer gives a guarantee of durability of more than two years, at no extra cost and for the whole good, and lets the seller know, the consumer is told of it before a distance contract: how long it runs, and that the legal guarantee stands beside it, by a label that looks the same in the whole Union.',
    'Art. 8(2)':
      'Online, what the consumer must know before all else, the label of a guarantee of durability among it, stands clearly and directly before the button that places the order.',
    'Art. 8(3)': 'A shop on the web says, at the latest when ordering begins, which means of payment it takes.',
    'Art. 8(7)':
      'The consumer has a confirmation of the contract on a durable medium, at the latest when the goods are delivered, with all that Art. 6(1) wants told, unless a durable medium told it before.',
    'Art. 9':
      'The consumer has 14 days to withdraw, without giving a reason and at no other cost than the Directive names.',
    'Art. 10':
      'When the information on withdrawal was not given, the period ends 12 months after the end of the first one, or 14 days after the information came.',
    'Art. 11':
      'The consumer withdraws by the form or any other unequivocal statement; one made on a website is confirmed on a durable medium without delay.',
    'Art. 11a':
      'A contract made online can be withdrawn from online: a function that is easy to find, there for as long as the period runs, labelled without ambiguity, confirmed in a second step, and answered on a durable medium with content, date and time.',
    'Art. 19': 'Consumers pay no fee for a means of payment beyond what its use costs the seller.',
    'Art. 27': 'A consumer owes nothing for goods that they did not order, and silence is no consent.',
  },
)

/**
 * Whether consumers in the Union are shown the notice of the legal guarantee, and the label of a guarantee of durability. Source: Directive
 * (EU) 2024/825, Art. 2 and 4.
 */
export const guaranteesToldInTheUnion = dated({ from: '2026-09-27', value: true })
