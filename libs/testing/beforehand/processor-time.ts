/** How the comment of a report begins that tells what a file cost. */
export const PROCESSOR_TIME = 'processor milliseconds: '
