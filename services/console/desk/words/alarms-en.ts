/** Words for saying what was done about an alarm. */
export const alarms = {
  lookedInto: 'Looked into by',
  byNobody: 'nobody yet',
  takeOn: 'I look into it',
  takeOver: 'I take it over',
  about: 'About',
  facts: 'What it was raised for',
  runbook: 'What the runbook says',
  noRunbook: 'The runbook says nothing of it.',
  done: 'What was done',
  doneHelp: 'It stands with the alarm, with who said so. Write nothing of customers.',
  follows: 'The alarm is over. If its cause is still there, it is raised anew.',
  ended: 'Over',
}
