import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { bytesText } from '../../strings/quantities.ts'
import { storage as strings } from '../../strings/storage.ts'
import { Card } from './Card.tsx'
import styles from './DiskCard.module.css'
import { type DiskPart, diskParts } from './diskParts.ts'

const hints: Readonly<Partial<Record<DiskPart, string>>> = {
  cache: strings.cacheHint,
  journal: strings.journalHint,
}
const names: Readonly<Record<DiskPart, string>> = {
  originals: strings.originals,
  trash: strings.inTrash,
  cache: strings.cache,
  catalog: strings.catalog,
  journal: strings.journal,
}

/** What the library takes on its disk, by what it is, and how much is free. */
export function DiskCard({ usage }: { readonly usage: StorageUsage }) {
  const { parts, vitrine, shares } = diskParts(usage)
  const { free, size } = usage.disk
  const width = (share: number) => ({ width: `${share * 100}%` })
  return (
    <Card title={strings.disk} wide>
      <div className={styles.top}>
        <span className={styles.used}>{strings.used(vitrine)}</span>
        {free === null || size === null ? null : <span className={styles.free}>{strings.freeOf(free, size)}</span>}
      </div>
      {shares === null || free === null ? null : (
        <div className={styles.bar} role="img" aria-label={strings.diskLabel(vitrine, free)}>
          <span className={styles.vitrine} style={width(shares.vitrine)} />
          <span className={styles.other} style={width(shares.other)} />
        </div>
      )}
      <dl className={styles.parts}>
        {parts.map(({ part, bytes, estimated }) => (
          <div key={part} className={styles.part} title={hints[part]}>
            <dt>{names[part]}</dt>
            <dd>{estimated ? strings.about(bytes) : bytesText(bytes)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
