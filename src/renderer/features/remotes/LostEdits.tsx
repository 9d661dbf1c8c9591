import { useLibrary } from '../../queries/library.ts'
import { openDialog } from '../../state/panels.ts'
import { conflicts as strings } from '../../strings/conflicts.ts'
import { Button } from '../../ui/Button.tsx'
import { Item, ItemList } from '../../ui/ItemList.tsx'
import styles from './RemoteList.module.css'

/** How many edits lost against those of other devices, and the way to them. */
export function LostEdits() {
  const count = useLibrary((library) => library.sync?.conflicts ?? 0)
  if (count === 0) return null
  return (
    <section className={styles.section}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.section}</h3>
      </header>
      <ItemList>
        <Item
          actions={
            <Button size="s" variant="primary" onClick={() => openDialog('conflicts')}>
              {strings.review}
            </Button>
          }
        >
          <p>{strings.sectionText(count)}</p>
        </Item>
      </ItemList>
    </section>
  )
}
