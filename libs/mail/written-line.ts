/** What would begin another line, or turn the direction of what is read. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** Where mail programs see the address of a page: after a scheme's colon, and between the words of a domain. */
const LINKS = /:(?=\/\/)|(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu
/** Takes no room, and no address goes on after it. */
const WORD_JOINER = '\u2060'

/**
 * What somebody wrote, as a part of one line of a mail: it can neither begin a line of its own, nor be clicked on, whatever
 * was accepted before it was checked at the door. Reads as it was written.
 */
export const writtenLine = (text: string) =>
  text
    .replace(BREAKS, ' ')
    .replace(TURNS, '')
    .replace(LINKS, (match) => match + WORD_JOINER)
    .trim()
