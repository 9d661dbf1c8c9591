import { countText } from './quantities.ts'

/** Words about the contents that an asset has and had. */
export const versions = {
  title: 'Versions',
  add: 'Add a new version from a file',
  choose: 'Choose the new version',
  makeVersion: (by: string, of: string) => `Make “${by}” the new version of “${of}”`,
  makeVersionShort: (by: string) => `Use “${by}”`,
  oneAsset: 'Two versions of one thing?',
  oneAssetHint: 'The one that you choose becomes the current version of the other. Undo brings both back.',
  version: (number: number) => `Version ${countText(number)}`,
  current: 'current',
  describe: (number: number) => `What is new in version ${countText(number)}`,
  describeHint: 'What is new?',
  restore: (number: number) => `Make version ${countText(number)} current again`,
  compare: (number: number) => `Compare version ${countText(number)} with the current one`,
  comparing: 'Compare versions',
  now: 'Current',
  differences: 'What is different',
  same: 'Nothing but the picture.',
  fields: { file_name: 'File name', size: 'Size', type: 'Type', made: 'Made' },
  onlyInBucket: 'In the bucket; fetched when you make it current',
  onlyElsewhere: 'Only on the device that made it',
  noPreview: 'No preview is kept of this version.',
} as const
