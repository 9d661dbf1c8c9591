import { FolderOpen } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { showInFolder } from '../../actions/assets.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { bytesText, dateText, playingTime } from '../../strings/quantities.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { capturedText } from './capturedText.ts'
import { type Fact, Facts, Section } from './Section.tsx'

/** What is known about the file itself. */
export function FileSection({ asset }: { readonly asset: AssetDetail }) {
  return (
    <Section title={strings.file} aside={asset.extension.toUpperCase()}>
      <Facts facts={fileFacts(asset)} />
    </Section>
  )
}

function fileFacts(asset: AssetDetail): readonly Fact[] {
  const facts: Fact[] = [{ name: strings.fileName, value: asset.file_name, copy: true }]
  if (asset.width !== null && asset.height !== null) {
    facts.push({ name: strings.dimensions, value: strings.pixels(asset.width, asset.height) })
  }
  if (asset.duration_seconds !== null) {
    facts.push({ name: strings.duration, value: playingTime(asset.duration_seconds) })
  }
  facts.push({ name: strings.size, value: bytesText(asset.file_size_bytes) })
  facts.push({ name: strings.type, value: asset.mime_type })
  const captured = capturedText(asset)
  if (captured !== null) facts.push({ name: strings.captured, value: captured })
  facts.push({ name: strings.created, value: dateText(asset.created_at) })
  facts.push({ name: strings.imported, value: dateText(asset.imported_at) })
  if (asset.expires_at !== null && asset.deleted_at === null) {
    facts.push({ name: strings.expires, value: dateText(asset.expires_at) })
  }
  facts.push({
    name: strings.path,
    value: asset.original_path,
    shown: asset.storage_path,
    copy: true,
    action: (
      <IconButton label={strings.showInFolder} size="s" onClick={() => void showInFolder(asset.row_id)}>
        <FolderOpen />
      </IconButton>
    ),
  })
  if (asset.source_url !== null) facts.push({ name: strings.sourceUrl, value: asset.source_url, copy: true })
  else if (asset.source_path !== null) facts.push({ name: strings.source, value: asset.source_path, copy: true })
  for (const { name, path, bytes } of asset.sidecars) {
    facts.push({ name: strings.sidecar, value: path, shown: `${name} · ${bytesText(bytes)}`, copy: true })
  }
  // Groups of four, as people compare hashes by eye.
  const shown = asset.sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')
  facts.push({ name: strings.sha256, value: asset.sha256, shown: `${shown} …`, copy: true })
  return facts
}
