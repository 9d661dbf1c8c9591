import type { KeepReason } from '../../shared/domain/duplicate.ts'
import { bytesText, counted, countText } from './quantities.ts'

/** Words of the duplicates. */
export const duplicates = {
  title: 'Duplicates',
  looking: 'Comparing pictures…',
  summary: (groups: number, bytes: number) =>
    `${counted(groups, 'group', 'groups')} · ${bytesText(bytes)} can be freed`,
  emptyTitle: 'No duplicates',
  emptyText: (compared: number) =>
    compared === 0
      ? 'Pictures are compared when they come into the library, also those that were resized or saved in another format.'
      : `${countText(compared)} pictures were compared. None has the same content or looks like another.`,
  failedTitle: 'The duplicates could not be found',
  retry: 'Try again',
  exact: 'Same file',
  near: 'Look alike',
  keep: 'Keep',
  keepThis: (name: string) => `Keep “${name}”`,
  moved: 'to Trash',
  resolve: (others: number) => `Move the other ${others === 1 ? 'one' : countText(others)} to Trash`,
  resolveHint: 'The kept one gets their tags, collections and best rating',
  dismiss: 'Not duplicates',
  dismissed: 'These are not shown as duplicates any more',
  resolveExact: (groups: number) => `Resolve ${counted(groups, 'group', 'groups')} of same files`,
  open: (name: string) => `Open ${name}`,
  openHere: 'Open',
  differs: (bits: number) => (bits === 0 ? 'same picture' : `${Math.round(100 - (bits / 64) * 100)} % alike`),
  unlimited: (shown: number, total: number) => `${countText(shown)} of ${countText(total)} groups`,
  inWorkspace: 'Workspace',
  inLibrary: 'Library',
  reasons: {
    'more-pixels': 'more pixels',
    lossless: 'lossless format',
    'generation-data': 'says how it was made',
    'rated-higher': 'better rated',
    favorite: 'favourite',
    organised: 'has tags or collections',
    kept: 'in the Library',
    undamaged: 'undamaged',
    'larger-file': 'larger file',
    older: 'was here first',
  } satisfies Record<KeepReason, string>,
} as const
