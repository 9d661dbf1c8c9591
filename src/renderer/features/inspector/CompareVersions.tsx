import type { AssetVersion } from '../../../shared/domain/version.ts'
import { bytesText, dateText } from '../../strings/quantities.ts'
import { versions as strings } from '../../strings/versions.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './CompareVersions.module.css'
import { VersionPicture } from './VersionPicture.tsx'

/** Two versions side by side, and what else than the picture is different. */
export function CompareVersions({
  earlier,
  current,
  onClose,
}: {
  readonly earlier: AssetVersion
  readonly current: AssetVersion
  readonly onClose: () => void
}) {
  const differences = differencesOf(earlier, current)
  return (
    <Dialog open onClose={onClose} title={strings.comparing} description={current.file_name} size="l">
      <div className={styles.pictures}>
        {[earlier, current].map((version) => (
          <figure key={version.id} className={styles.figure}>
            <VersionPicture version={version} size={600} className={styles.picture} />
            <figcaption className={styles.caption}>
              {strings.version(version.version_number)}
              {version.is_current ? ` · ${strings.current}` : ''}
            </figcaption>
          </figure>
        ))}
      </div>
      {differences.length === 0 ? (
        <p className={styles.same}>{strings.same}</p>
      ) : (
        <table className={styles.table}>
          <caption className={styles.hidden}>{strings.differences}</caption>
          <tbody>
            {differences.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}

interface Difference {
  readonly name: string
  readonly before: string
  readonly after: string
}

function differencesOf(before: AssetVersion, after: AssetVersion): readonly Difference[] {
  const { fields } = strings
  const all: readonly Difference[] = [
    { name: fields.file_name, before: before.file_name, after: after.file_name },
    { name: fields.size, before: bytesText(before.file_size_bytes), after: bytesText(after.file_size_bytes) },
    { name: fields.type, before: before.mime_type, after: after.mime_type },
    { name: fields.made, before: dateText(before.created_at), after: dateText(after.created_at) },
  ]
  return all.filter((difference) => difference.before !== difference.after)
}
