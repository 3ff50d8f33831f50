/** Words of signing in and out. */
export const en = {
  signedOut: 'You are signed out',
  signedOutText: 'Nobody is signed in here any more.',
  endThere: 'Sign out at the sign-in service too',
  again: 'Sign in again',
  failed: 'You could not be signed in',
  failedText:
    'The way back from the sign-in service was not the one that was begun here, or took too long. Begin again.',
  silentText: 'The sign-in service does not answer just now. Try again in a moment.',
}
