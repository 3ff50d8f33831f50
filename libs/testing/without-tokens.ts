/** What signatures, seals and hashes look like in base64url (RFC 4648 § 5): long, with a digit or a capital somewhere. */
const TOKEN = /(?=[\w-]*[A-Z0-9])[\w-]{22,}/g

/**
 * A text without its ids and tokens, for whoever looks that something short does not stand in it: in enough random letters every short
 * word stands some day, and a test that looks through them fails by chance.
 */
export const withoutTokens = (text: string) => text.replaceAll(TOKEN, '…')
