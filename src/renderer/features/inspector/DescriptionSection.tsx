import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { descriptiveFacts } from './descriptiveFacts.ts'
import { Facts, Section } from './Section.tsx'

/** What people, and the programs they used, wrote about the picture into its file or the sidecar beside it. */
export function DescriptionSection({ asset }: { readonly asset: AssetDetail }) {
  const facts = descriptiveFacts(asset)
  if (facts.length === 0) return null
  return (
    <Section title={strings.described}>
      <Facts
        facts={facts.map(({ name, value }) => ({
          name: strings.descriptiveFacts[name],
          value,
          copy: name !== 'rating' && name !== 'software',
        }))}
      />
    </Section>
  )
}
