import { Clock, Copy, FileQuestion, HardDrive, Heart, Images, Inbox, Sparkles, Tag, Trash2 } from 'lucide-react'
import { useLibrary } from '../../queries/library.ts'
import { useNow } from '../../queries/now.ts'
import { MISSING, useBrowse } from '../../state/browse.ts'
import { frame } from '../../strings/frame.ts'
import { countText, spanText } from '../../strings/quantities.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Collections } from './Collections.tsx'
import { LibraryMenu } from './LibraryMenu.tsx'
import { PlaceButton } from './PlaceButton.tsx'
import { QuotaMark } from './QuotaMark.tsx'
import styles from './Sidebar.module.css'
import { SyncLine } from './SyncLine.tsx'
import { TagTree } from './TagTree.tsx'

/** The places of the library, and the state of synchronising at the foot. */
export function Sidebar() {
  const counts = useLibrary((library) => library.counts)
  const count = (value: number | undefined) =>
    value === undefined || value === 0 ? null : <span className={styles.count}>{countText(value)}</span>
  return (
    <nav className={styles.sidebar} aria-label={frame.places}>
      <LibraryMenu />
      <div className={styles.scroll} data-scroller>
        <PlaceButton view={{ kind: 'workspace' }} icon={<Inbox />} name={frame.workspace}>
          <WorkspaceCount />
        </PlaceButton>
        <PlaceButton view="requests" icon={<Sparkles />} name={frame.requests} />

        <h2 className={styles.heading}>{frame.library}</h2>
        <PlaceButton view={{ kind: 'library' }} icon={<Images />} name={frame.allAssets}>
          {count(counts?.library)}
        </PlaceButton>
        <PlaceButton view={{ kind: 'favorites' }} icon={<Heart />} name={frame.favorites}>
          {count(counts?.favorites)}
        </PlaceButton>
        <PlaceButton view={{ kind: 'recent' }} icon={<Clock />} name={frame.recent}>
          {count(counts?.recent)}
        </PlaceButton>
        <PlaceButton view={{ kind: 'untagged' }} icon={<Tag />} name={frame.untagged}>
          {count(counts?.untagged)}
        </PlaceButton>
        <PlaceButton view="duplicates" icon={<Copy />} name={frame.duplicates} />
        <PlaceButton view={{ kind: 'everything' }} search={MISSING} icon={<FileQuestion />} name={frame.missing}>
          {count(counts?.missing)}
        </PlaceButton>

        <Collections />
        <TagTree />
      </div>
      <div className={styles.foot}>
        <PlaceButton view={{ kind: 'trash' }} icon={<Trash2 />} name={frame.trash}>
          {count(counts?.trash)}
        </PlaceButton>
        <PlaceButton view="storage" icon={<HardDrive />} name={frame.storage}>
          <QuotaMark />
        </PlaceButton>
      </div>
      <SyncLine />
    </nav>
  )
}

/** How many wait in the Workspace, and how soon the first of them expires. */
function WorkspaceCount() {
  const counts = useLibrary((library) => library.counts)
  const current = useBrowse((browse) => browse.view.kind === 'workspace')
  const now = useNow(30_000)
  if (counts === null || counts.workspace === 0) return null
  const seconds = counts.nextExpiryAt === null ? 0 : (Date.parse(counts.nextExpiryAt) - now) / 1000
  const left = seconds <= 0 ? null : spanText(seconds)
  return (
    <>
      {left === null ? null : (
        <span className={styles.expiry} title={frame.nextExpiry(left)} data-current={current || undefined}>
          {left}
        </span>
      )}
      <Badge tone="accent">{countText(counts.workspace)}</Badge>
    </>
  )
}
