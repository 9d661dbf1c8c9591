import { FilePenLine, Snowflake } from 'lucide-react'
import type { Collection } from '../../../shared/domain/collection.ts'
import { freezeCollection } from '../../actions/smartCollections.ts'
import { editSearchOf } from '../../state/smartDialog.ts'
import { smart } from '../../strings/smart.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'

/** What can be done with a smart collection beside what all can. */
export function smartEntries(collection: Collection): readonly MenuEntry[] {
  return [
    { kind: 'action', label: smart.edit, icon: <FilePenLine />, onSelect: () => editSearchOf(collection) },
    {
      kind: 'action',
      label: smart.freeze,
      icon: <Snowflake />,
      onSelect: () => void freezeCollection(collection.id),
    },
  ]
}
