import { Folder, RotateCcw, Sparkle } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DeletedCollection } from '../../../shared/domain/collection.ts'
import { restoreCollection } from '../../actions/collections.ts'
import { messageOf, request } from '../../api/client.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { momentText } from '../../strings/quantities.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'
import styles from './DeletedCollections.module.css'

/** Collections that were deleted, the last first, each with the way back. */
export function DeletedCollections() {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={strings.deletedCollections}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="s" variant="quiet">
          {strings.deletedCollections}
        </Button>
      }
    >
      <List />
    </Popover>
  )
}

function List() {
  const [deleted, setDeleted] = useState<readonly DeletedCollection[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    request('collections.deleted').then(setDeleted, (thrown) => setProblem(messageOf(thrown)))
  }, [])
  const restore = async (id: DeletedCollection['id']) => {
    if (await restoreCollection(id)) setDeleted((before) => before?.filter((one) => one.id !== id) ?? null)
  }
  if (problem !== null) return <p className={styles.note}>{problem}</p>
  if (deleted === null) return null
  if (deleted.length === 0) return <p className={styles.note}>{strings.noDeletedCollections}</p>
  return (
    <>
      <p className={styles.note}>{strings.deletedCollectionsHint}</p>
      <ul className={styles.list}>
        {deleted.map(({ id, name, kind, deleted_at, asset_count }) => (
          <li key={id} className={styles.item}>
            {kind === 'smart' ? <Sparkle aria-hidden="true" /> : <Folder aria-hidden="true" />}
            <span className={styles.text}>
              <span className={styles.name} title={name}>
                {name}
              </span>
              <span className={styles.detail}>{strings.heldAssets(asset_count, momentText(deleted_at))}</span>
            </span>
            <IconButton label={strings.restoreCollection(name)} size="s" onClick={() => void restore(id)}>
              <RotateCcw />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}
