import { countText } from './quantities.ts'

/** Words about what happened to an asset. */
export const history = {
  title: 'History',
  undone: 'undone',
  otherDevice: 'another device',
  device: (name: string) => `on ${name}`,
  /** More than this asset was changed. */
  ofMany: (count: number) => `${countText(count)} assets`,
  undo: (label: string) => `Undo “${label}”`,
  cannot: (label: string, reason: string) => `“${label}” can’t be undone from here. ${reason}`,
  changes: 'What it changed',
  moreChanges: (more: number) => `${countText(more)} more`,
  before: 'Before',
  after: 'After',
  none: 'nothing',
  whole: 'Show both texts',
  lessWhole: 'Hide both texts',
  earlier: 'Show earlier',
  loading: 'Loading…',
  askTitle: (count: number) => `Undo this for ${countText(count)} assets?`,
  askText: (label: string, count: number) =>
    `“${label}” changed ${countText(count)} assets, not only this one. It is undone for all of them; what was changed again since stays as it is.`,
  askDo: (count: number) => `Undo for ${countText(count)} Assets`,
} as const
