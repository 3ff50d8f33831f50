/** Words for tags on orders and cases. */
export const tags = {
  tags: 'Tags',
  noTags: 'No tags.',
  ofOrder: 'On the order:',
  newTag: 'New tag',
  newTagHelp: 'One short word that others at the desk look for. Write nothing of customers that they may not read.',
  add: 'Add',
  takeOff: 'Take off #{word}',
  withTag: 'Tagged #{word}',
  withoutTag: 'Show all',
  inUse: 'Tags in use',
}
