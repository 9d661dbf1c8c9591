import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { bytesText, playingTime } from '../../strings/quantities.ts'
import { AssetPreview } from './AssetPreview.tsx'
import { CameraSection } from './CameraSection.tsx'
import { CollectionChips } from './CollectionChips.tsx'
import { ColorLabels } from './ColorLabels.tsx'
import { ContentSection } from './ContentSection.tsx'
import { DescriptionSection } from './DescriptionSection.tsx'
import { EditableText } from './EditableText.tsx'
import { FavoriteButton } from './FavoriteButton.tsx'
import { FileSection } from './FileSection.tsx'
import { GenerationSection } from './GenerationSection.tsx'
import { HistorySection } from './HistorySection.tsx'
import styles from './Inspector.module.css'
import { Palette } from './Palette.tsx'
import { ProblemSection } from './ProblemSection.tsx'
import { RatingStars } from './RatingStars.tsx'
import { RequestSection } from './RequestSection.tsx'
import { ShareSection } from './ShareSection.tsx'
import { StackSection } from './StackSection.tsx'
import { SyncSection } from './SyncSection.tsx'
import { TagEditor } from './TagEditor.tsx'
import { useAsset } from './useAsset.ts'
import { VersionsSection } from './VersionsSection.tsx'

/** Everything about one asset. */
export function SingleInspector({ rowId }: { readonly rowId: number }) {
  const { asset, error, edit } = useAsset(rowId)
  if (asset === null) {
    return error === null ? null : (
      <p className={styles.failure} role="alert">
        {error}
      </p>
    )
  }
  return (
    <>
      <AssetPreview asset={asset} />
      <header className={styles.head}>
        <EditableText
          key={asset.id}
          label={strings.title}
          value={asset.custom_title ?? ''}
          placeholder={asset.file_name}
          maxLength={500}
          className={styles.title}
          onSave={(title) => void edit({ custom_title: title === '' ? null : title })}
        />
        <FileLine asset={asset} />
      </header>
      <div className={styles.marks}>
        <RatingStars rating={{ mixed: false, value: asset.rating }} onRate={(rating) => void edit({ rating })} />
        <FavoriteButton
          favorite={{ mixed: false, value: asset.is_favorite }}
          onChange={(favorite) => void edit({ is_favorite: favorite })}
        />
        <ColorLabels
          label={{ mixed: false, value: asset.color_label }}
          onChange={(label) => void edit({ color_label: label })}
        />
      </div>
      <Palette asset={asset} />
      <ProblemSection asset={asset} />
      <TagEditor
        key={`${asset.id}-tags`}
        tags={asset.tags}
        rowId={asset.row_id}
        onAdd={(tags) => void edit({ add_tags: [...tags] })}
        onRemove={(tag) => void edit({ remove_tags: [tag] })}
      />
      {asset.space === 'library' && asset.deleted_at === null ? <CollectionChips asset={asset} /> : null}
      <EditableText
        key={`${asset.id}-notes`}
        label={strings.notes}
        value={asset.description ?? ''}
        placeholder={strings.notesPlaceholder}
        maxLength={100_000}
        multiline
        className={styles.notes}
        onSave={(notes) => void edit({ description: notes === '' ? null : notes })}
      />
      <GenerationSection asset={asset} />
      <StackSection asset={asset} />
      <RequestSection asset={asset} />
      <FileSection asset={asset} />
      <ContentSection asset={asset} />
      <CameraSection asset={asset} />
      <DescriptionSection asset={asset} />
      <SyncSection asset={asset} />
      <ShareSection asset={asset} />
      <VersionsSection key={`${asset.id}-versions`} asset={asset} />
      <HistorySection key={`${asset.id}-history`} asset={asset} />
    </>
  )
}

function FileLine({ asset }: { readonly asset: AssetDetail }) {
  const facts = [
    // Without a title of its own, the name stands above already.
    asset.custom_title === null ? null : asset.file_name,
    asset.width === null || asset.height === null ? null : strings.pixels(asset.width, asset.height),
    asset.duration_seconds === null ? null : playingTime(asset.duration_seconds),
    bytesText(asset.file_size_bytes),
  ]
  return <p className={styles.fileLine}>{facts.filter((fact) => fact !== null).join(' · ')}</p>
}
