import { bytesText, countText, spanText } from './quantities.ts'

/** Words for files on their way. */
export const transfers = {
  title: 'On the way',
  progress: (name: string) => `Progress of ${name}`,
  facts: (done: number, total: number) => `${bytesText(done)} of ${bytesText(total)}`,
  rate: (bytesPerSecond: number) => `${bytesText(bytesPerSecond)}/s`,
  left: (seconds: number) => `${spanText(seconds)} left`,
  stop: (name: string) => `Stop uploading ${name}`,
  more: (more: number) => `and ${countText(more)} more`,

  limits: 'Speed',
  uploadLimit: 'Upload at most',
  downloadLimit: 'Download at most',
  noLimit: 'No limit',
  perSecond: 'per second',
  limitProblem: 'Give a size such as 500 KB or 2 MB, at least 8 KiB, or leave it empty.',
  sparing: 'Large files wait on battery and on metered connections',
  sparingHint: 'Files of 16 MiB and more. Whether a connection is metered is known on Linux with NetworkManager only.',

  barLabel: 'Progress of the upload',
  barUploading: (left: number) => `Uploading ${countText(left)}`,
} as const
