import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { contentFacts } from './contentFacts.ts'
import { Facts, Section } from './Section.tsx'

/** What a document, a font or a model contains. */
export function ContentSection({ asset }: { readonly asset: AssetDetail }) {
  const facts = contentFacts(asset)
  if (facts.length === 0) return null
  return (
    <Section title={strings.content}>
      <Facts facts={facts.map(({ name, value }) => ({ name: strings.contentFacts[name], value }))} />
    </Section>
  )
}
