import { GitMerge, Palette, Plus, Tag as TagIcon, Tags } from 'lucide-react'
import type { Tag } from '../../../shared/domain/tag.ts'
import { edit } from '../../actions/assets.ts'
import { colorTag, deleteTag } from '../../actions/tags.ts'
import { targets } from '../../actions/targets.ts'
import { openOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import { tagPalette } from '../../ui/tagPalette.ts'
import styles from './Sidebar.module.css'
import { deleteEntry, moveEntry, renameEntry, separator } from './treeEntries.tsx'
import type { Naming } from './useNaming.ts'

/** The context menu of a tag. */
export function tagMenu({ id, name, color }: Tag, startNaming: (what: Naming) => void): readonly MenuEntry[] {
  return [
    {
      kind: 'action',
      label: organise.giveTag,
      icon: <TagIcon />,
      disabled: targets().length === 0,
      onSelect: () => void edit({ add_tags: [name] }),
    },
    {
      kind: 'action',
      label: organise.newTagInside,
      icon: <Plus />,
      onSelect: () => startNaming({ kind: 'new', parent: id }),
    },
    separator,
    renameEntry(() => startNaming({ kind: 'rename', id })),
    {
      kind: 'submenu',
      label: organise.color,
      icon: <Palette />,
      entries: [
        {
          kind: 'choice',
          label: organise.noColor,
          checked: color === null,
          onSelect: () => void colorTag(id, null),
        },
        ...tagPalette.map(
          (one): MenuEntry => ({
            kind: 'action',
            label: organise.colors[one.name],
            icon: <span className={styles.dot} style={{ background: one.color }} />,
            onSelect: () => void colorTag(id, one.color),
          }),
        ),
      ],
    },
    {
      kind: 'action',
      label: organise.editTag,
      icon: <Tags />,
      onSelect: () => openOrganise({ kind: 'edit-tag', id }),
    },
    moveEntry(() => openOrganise({ kind: 'move-tag', id })),
    {
      kind: 'action',
      label: organise.mergeInto,
      icon: <GitMerge />,
      onSelect: () => openOrganise({ kind: 'merge-tag', id }),
    },
    separator,
    deleteEntry(organise.deleteTag, () => void deleteTag(id)),
  ]
}
