import { Ellipsis, FolderOpen } from 'lucide-react'
import type { WatchedFolder } from '../../../shared/domain/watchedFolder.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { watchedFolders as strings } from '../../strings/watchedFolders.ts'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Item } from '../../ui/ItemList.tsx'
import { Menu } from '../../ui/Menu.tsx'
import styles from './WatchedFolders.module.css'

/** One watched folder: where it is, how much is in it, and whether it is up to date. */
export function WatchedFolderRow({
  folder,
  onRemove,
}: {
  readonly folder: WatchedFolder
  readonly onRemove: () => void
}) {
  const { id, path, files, missing, space, problem } = folder
  const rescan = () => void request('watchedFolders.rescan', { id }).catch(reportError)
  return (
    <Item
      icon={FolderOpen}
      actions={
        <Menu
          align="end"
          entries={[
            { kind: 'action', label: strings.rescan, disabled: folder.state === 'scanning', onSelect: rescan },
            { kind: 'separator' },
            { kind: 'action', label: strings.remove, danger: true, onSelect: onRemove },
          ]}
        >
          <IconButton label={strings.menu(path)} size="s" tooltip={false}>
            <Ellipsis />
          </IconButton>
        </Menu>
      }
    >
      <p className={styles.path}>{path}</p>
      <p className={styles.facts}>
        <span>{strings.files(files)}</span>
        {missing > 0 ? <span>{strings.missing(missing)}</span> : null}
        {space === 'workspace' ? <span>{strings.inWorkspace}</span> : null}
        <StateBadge folder={folder} />
      </p>
      {problem === null ? null : <p className={styles.problem}>{problem.message}</p>}
    </Item>
  )
}

function StateBadge({ folder: { state, progress } }: { readonly folder: WatchedFolder }) {
  switch (state) {
    case 'scanning':
      return <Badge>{strings.scanning(progress?.seen ?? 0, progress?.of ?? 0)}</Badge>
    case 'waiting':
      return <Badge>{strings.waiting}</Badge>
    case 'up-to-date':
      return <Badge tone="good">{strings.upToDate}</Badge>
    case 'away':
      return <Badge tone="warn">{strings.away}</Badge>
  }
}
