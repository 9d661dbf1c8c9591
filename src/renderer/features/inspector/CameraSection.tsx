import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { cameraFacts } from './cameraFacts.ts'
import { FindButton } from './FindButton.tsx'
import { metadataGroup, text } from './metadataGroup.ts'
import { Facts, Section } from './Section.tsx'

const FOUND_BY = { camera: strings.sameCamera, lens: strings.sameLens } as const

/** What the camera wrote into the file. */
export function CameraSection({ asset }: { readonly asset: AssetDetail }) {
  const facts = cameraFacts(asset)
  if (facts.length === 0) return null
  // A part of what is shown: of the maker, searches know the first word only.
  const model = text(metadataGroup(asset, 'camera').model) ?? ''
  return (
    <Section title={strings.camera}>
      <Facts
        facts={facts.map(({ name, value }) => ({
          name: strings.cameraFacts[name],
          value,
          copy: name === 'place',
          ...((name === 'camera' && model !== '') || name === 'lens'
            ? { action: <FindButton field={name} value={name === 'camera' ? model : value} label={FOUND_BY[name]} /> }
            : {}),
        }))}
      />
    </Section>
  )
}
