/** Words of the page beside a help desk. */
export const sidebar = {
  customer: 'Customer',
  signIn: 'Sign in',
  signInText: 'You are not signed in here. Sign in in a window of its own, then load this page again.',
  noEmail: 'No e-mail address was given.',
  notFound: 'Nobody has ordered with {email}.',
  orders: 'Orders',
  placed: 'placed {day}',
  moreOrders: 'More on the desk',
  openCases: 'Open cases',
  noCases: 'There are none.',
  due: 'due',
  nothing: 'Nothing of it can go back today.',
  unread: 'What can go back is on its page.',
  ofUnits: '{returnable} of {quantity}',
  toDesk: 'Find on the desk',
  newWindow: 'opens in a window of its own',
}
