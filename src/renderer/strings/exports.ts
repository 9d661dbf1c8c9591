import { counted } from './quantities.ts'

/** Words for metadata on its way out of the library. */
export const exports = {
  menu: 'Export metadata',
  asCsv: 'As CSV…',
  asJson: 'As JSON…',
  asXmp: 'As XMP sidecars…',
  chooseFile: 'Export metadata',
  chooseFolder: 'Choose a folder for the sidecars',
  kinds: { csv: 'Table (CSV)', json: 'JSON' },
  nothing: 'There is nothing here to export.',
  notYet: 'The view is still being read. Try again in a moment.',
  working: (assets: number) => `Exporting ${counted(assets, 'asset', 'assets')}…`,
  done: (assets: number, files: number, path: string) =>
    files === 1
      ? `Exported ${counted(assets, 'asset', 'assets')} to ${path}`
      : `Exported ${counted(assets, 'asset', 'assets')} as ${counted(files, 'file', 'files')} in ${path}`,
} as const
