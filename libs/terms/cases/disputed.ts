/** Cases that we judge wrong, each with what is followed instead: they stay in the bank, at most five of them (decisions 9 and 23). */
export const disputed: Readonly<Record<string, string>> = {
  H99: 'What is with the carrier is withdrawn from instead, which gives a consumer no less than § 41 and costs nothing.',
}
