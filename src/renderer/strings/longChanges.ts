import type { LongChangeKind } from '../../shared/domain/longChange.ts'
import { countText } from './quantities.ts'

const verbs: Readonly<Record<LongChangeKind, string>> = {
  edit: 'Changing',
  undo: 'Undoing',
  redo: 'Redoing',
  purge: 'Removing for good',
  files: 'Removing files',
  organise: 'Organising',
  export: 'Exporting',
}

/** Words for changes of very many assets. */
export const longChangeStrings = {
  running: (kind: LongChangeKind, done: number, total: number) =>
    `${verbs[kind]} ${countText(done)} of ${countText(total)}`,
  cancelling: 'Stopping',
  cancel: 'Stop; what is done stays and can be undone',
  cancelOf: {
    purge: 'Stop; what is removed stays removed',
    export: 'Stop; files that are finished stay',
  } as Readonly<Partial<Record<LongChangeKind, string>>>,
  progressLabel: 'Progress of the change',
  cancelled: (label: string) => `Stopped. ${label}`,
} as const
