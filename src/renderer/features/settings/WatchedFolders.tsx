import { useState } from 'react'
import type { WatchedFolder } from '../../../shared/domain/watchedFolder.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { watchedFolders as strings } from '../../strings/watchedFolders.ts'
import { Button } from '../../ui/Button.tsx'
import { ItemList } from '../../ui/ItemList.tsx'
import { RemoveWatchedFolder } from './RemoveWatchedFolder.tsx'
import { SettingsSection } from './SettingsSection.tsx'
import { useWatchedFolders } from './useWatchedFolders.ts'
import { WatchedFolderRow } from './WatchedFolderRow.tsx'
import styles from './WatchedFolders.module.css'

/** Folders of a person's own that are followed: which, how they are, and how to add and remove them. */
export function WatchedFolders() {
  const folders = useWatchedFolders()
  const [removing, setRemoving] = useState<WatchedFolder | null>(null)

  const add = async () => {
    try {
      const path = await request('shell.chooseFolder', { title: strings.choose })
      if (path !== null) await request('watchedFolders.add', { path, space: 'library' })
    } catch (thrown) {
      reportError(thrown)
    }
  }

  if (folders === null) return null
  return (
    <SettingsSection title={strings.title}>
      <div className={styles.folders}>
        {folders.length === 0 ? (
          <p className={styles.none}>{strings.none}</p>
        ) : (
          <ItemList>
            {folders.map((folder) => (
              <WatchedFolderRow key={folder.id} folder={folder} onRemove={() => setRemoving(folder)} />
            ))}
          </ItemList>
        )}
        <p className={styles.hint}>{strings.hint}</p>
        <Button size="s" onClick={() => void add()}>
          {strings.add}
        </Button>
      </div>
      {removing === null ? null : <RemoveWatchedFolder folder={removing} onDone={() => setRemoving(null)} />}
    </SettingsSection>
  )
}
