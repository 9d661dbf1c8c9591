import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { ThumbnailSize } from '../../../shared/domain/asset.ts'
import type { AssetVersion } from '../../../shared/domain/version.ts'
import { versions as strings } from '../../strings/versions.ts'
import { classNames } from '../../ui/classNames.ts'
import { fileIcon } from '../../ui/fileIcon.ts'
import styles from './VersionsSection.module.css'

/** The thumbnail that was made when the version was current; its kind as an icon when there is none any more. */
export function VersionPicture({
  version,
  size,
  className,
}: {
  readonly version: AssetVersion
  readonly size: ThumbnailSize
  readonly className?: string | undefined
}) {
  const name = strings.version(version.version_number)
  if (!version.has_thumbnail) {
    const Icon = fileIcon(version.asset_type, version.file_name.split('.').at(-1) ?? '')
    return (
      <span className={classNames(styles.absent, className)} title={strings.noPreview}>
        <Icon />
      </span>
    )
  }
  return <img className={className} src={thumbnailUrl(version.sha256, size)} alt={name} draggable={false} />
}
