import { bytesText, counted, momentText } from './quantities.ts'

/** Words for a bucket that generators write to. */
export const workspaceRemote = {
  empty: 'Nothing is there',
  there: (objects: number, bytes: number) => `${counted(objects, 'file', 'files')} there, ${bytesText(bytes)}`,
  waiting: (objects: number, bytes: number) =>
    `${counted(objects, 'file is', 'files are')} coming, ${bytesText(bytes)}`,
  leaving: (objects: number) => `${counted(objects, 'file is', 'files are')} to be removed there`,
  refused: (objects: number) => `${counted(objects, 'file was', 'files were')} left there:`,
  more: (objects: number) => `and ${counted(objects, 'more', 'more')}`,
  looked: (iso: string) => `last looked ${momentText(iso)}`,
  lookNow: 'Look now',
  offline: 'Offline',
  paused: 'Paused',
  attention: 'Needs you',
  working: 'Working',
} as const
