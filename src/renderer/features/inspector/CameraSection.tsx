import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { cameraFacts } from './cameraFacts.ts'
import { Facts, Section } from './Section.tsx'

/** What the camera wrote into the file. */
export function CameraSection({ asset }: { readonly asset: AssetDetail }) {
  const facts = cameraFacts(asset)
  if (facts.length === 0) return null
  return (
    <Section title={strings.camera}>
      <Facts
        facts={facts.map(({ name, value }) => ({ name: strings.cameraFacts[name], value, copy: name === 'place' }))}
      />
    </Section>
  )
}
