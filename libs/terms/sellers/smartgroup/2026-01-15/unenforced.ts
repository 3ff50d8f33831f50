/** Every sentence of the terms that no rule keeps, with the reason why. */
export const unenforced: Readonly<Record<string, string>> = {
  '1.1': 'It states who the seller is and decides nothing.',
  '1.2': 'It states an address.',
  '1.3': 'It states where people are reached; whether they answer is up to them.',
  '2.1': 'It gives a word its meaning.',
  '2.4': 'It gives a word its meaning; nothing else is sold.',
  '2.5': 'It gives a word its meaning; when that happens is clause 4.1.',
  '3.2': 'It is no rule of its own: every clause function weighs the law against the terms and gives the better.',
  '5.3': 'The conditions of an offer are written for that offer and are not part of these terms.',
  '7.1': 'It excludes no country, so no order can break it.',
  '9.3': 'It limits clause 9 itself: rights by law are ruled on by clauses 8 and 10, which never ask clause 9.',
  '14.1': 'It is about the website and not about an order.',
  '14.2': 'It is about the website and not about an order.',
  '15.1': 'It summarises the privacy policy, which binds on its own.',
  '15.2': 'It states an address.',
  '15.3': 'It states an address.',
  '16.1': 'It permits a new edition; the next folder beside this one is the update.',
}
