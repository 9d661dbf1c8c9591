import { Columns2, FilePlus2, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetVersion } from '../../../shared/domain/version.ts'
import { addVersion, describeVersion, restoreVersion } from '../../actions/versions.ts'
import { bytesText, momentText } from '../../strings/quantities.ts'
import { versions as strings } from '../../strings/versions.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { CompareVersions } from './CompareVersions.tsx'
import { EditableText } from './EditableText.tsx'
import { Section } from './Section.tsx'
import { useVersions } from './useVersions.ts'
import { VersionPicture } from './VersionPicture.tsx'
import styles from './VersionsSection.module.css'

const MOST_CHARACTERS = 1_000

/** What the asset shows now and what it showed before; a file can become the next version. */
export function VersionsSection({ asset }: { readonly asset: AssetDetail }) {
  const versions = useVersions(asset)
  const [compared, setCompared] = useState<AssetVersion | null>(null)
  const current = versions.find(({ is_current }) => is_current)
  return (
    <Section
      title={strings.title}
      aside={
        <IconButton label={strings.add} size="s" onClick={() => void addVersion(asset.id)}>
          <FilePlus2 />
        </IconButton>
      }
    >
      {versions.length === 0 ? null : (
        <ol className={styles.list} data-testid="versions">
          {versions.map((version) => (
            <li key={version.id} className={styles.version} aria-current={version.is_current || undefined}>
              <VersionPicture version={version} size={150} className={styles.picture} />
              <div className={styles.text}>
                <span className={styles.name}>
                  {strings.version(version.version_number)}
                  {version.is_current ? <span className={styles.current}>{strings.current}</span> : null}
                </span>
                <EditableText
                  label={strings.describe(version.version_number)}
                  value={version.change_description ?? ''}
                  placeholder={strings.describeHint}
                  maxLength={MOST_CHARACTERS}
                  className={styles.description}
                  onSave={(text) => void describeVersion(version.id, text)}
                />
                <span className={styles.detail} title={version.file_name}>
                  {version.file_name}
                </span>
                <span className={styles.detail}>
                  {bytesText(version.file_size_bytes)} · {momentText(version.created_at)}
                </span>
                {version.is_here || version.is_current ? null : (
                  <span className={styles.detail}>
                    {version.in_bucket ? strings.onlyInBucket : strings.onlyElsewhere}
                  </span>
                )}
              </div>
              {version.is_current ? null : (
                <div className={styles.actions}>
                  <IconButton
                    label={strings.compare(version.version_number)}
                    size="s"
                    onClick={() => setCompared(version)}
                  >
                    <Columns2 />
                  </IconButton>
                  <IconButton
                    label={strings.restore(version.version_number)}
                    size="s"
                    onClick={() => void restoreVersion(version.id)}
                  >
                    <RotateCcw />
                  </IconButton>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {compared !== null && current !== undefined ? (
        <CompareVersions earlier={compared} current={current} onClose={() => setCompared(null)} />
      ) : null}
    </Section>
  )
}
