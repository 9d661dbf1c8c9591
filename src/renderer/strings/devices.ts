import { counted, countText, momentText } from './quantities.ts'

/** Words for other devices of the library. */
export const devices = {
  title: 'Other devices',
  unnamed: 'A device without a name',
  heard: (iso: string) => `Last synced ${momentText(iso)}`,
  notHeard: 'Not heard of since the start',
  nothingApplied: 'Nothing of what it did is here yet.',
  stopped: 'Stopped',
  asks: 'Waits for you',
  none: 'No other device has synced with this remote. On another computer, choose “New library” and “From a bucket or folder”.',
  removals: (removals: number, assets: number) =>
    `It has removed ${countText(removals)} of ${counted(assets, 'asset', 'assets')}. Nothing of it was done here yet.`,
  decide: 'Decide…',
  askTitle: (removals: number) => `Remove ${counted(removals, 'asset', 'assets')} here too?`,
  askText: (name: string, removals: number, assets: number) =>
    `“${name}” has removed ${countText(removals)} of the ${counted(assets, 'asset', 'assets')} of this library. If somebody meant that, confirm it, and this computer follows. If not, cancel: nothing changes here, and what that device does after it is not taken over until you decide.`,
  menu: (name: string) => `Actions for ${name}`,
  awaited: 'Removals wait for it',
  awaitedText: 'What was removed for good stays in the remote until this device has synced.',
  retired: 'Retired',
  retiredText: 'Nothing waits for it. If it comes back, it goes on as a new device.',
  retire: 'Retire…',
  retireTitle: (name: string) => `Retire “${name}”?`,
  retireText:
    'For a computer that is lost, sold or set up anew. From tomorrow on nothing waits for it any more: what was removed for good goes from the remote without its consent. This stays so.',
  retireBack:
    'If it does come back, it goes on as a new device, and what was done on it is sent. Only originals that it had left to the remote, and that other devices have removed for good by then, can’t come back.',
  retireConfirm: 'Retire',
  confirm: (removals: number) => `Remove ${counted(removals, 'asset', 'assets')}`,
} as const
