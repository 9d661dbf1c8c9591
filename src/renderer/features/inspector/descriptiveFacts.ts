import type { Asset } from '../../../shared/domain/asset.ts'
import { fields, finite, metadataGroup, text } from './metadataGroup.ts'

export type DescriptiveFactName =
  | 'title'
  | 'headline'
  | 'description'
  | 'keywords'
  | 'creator'
  | 'copyright'
  | 'usage'
  | 'credit'
  | 'location'
  | 'rating'
  | 'software'

export interface DescriptiveFact {
  readonly name: DescriptiveFactName
  readonly value: string
}

/** What people wrote about a picture into its file, in the order it is shown; empty if nobody did. */
export function descriptiveFacts(asset: Pick<Asset, 'metadata'>): readonly DescriptiveFact[] {
  const found = metadataGroup(asset, 'descriptive')
  const facts: DescriptiveFact[] = []
  const add = (name: DescriptiveFactName, value: string | null) => {
    if (value !== null) facts.push({ name, value })
  }
  add('title', text(found.title))
  add('headline', text(found.headline))
  add('description', text(found.description))
  add('keywords', joined(found.keywords))
  add('creator', joined(found.creator))
  add('copyright', text(found.copyright))
  add('usage', text(found.usage_terms))
  add('credit', text(found.credit))
  add('location', location(fields(found.location)))
  add('rating', stars(finite(found.rating)))
  // The same program writes its name into both places.
  add('software', text(found.creator_tool) ?? text(found.software))
  return facts
}

function joined(value: unknown): string | null {
  return Array.isArray(value) ? text(value.filter((item) => text(item) !== null).join(', ')) : text(value)
}

/** From the small to the large: `Pier 3, Kiel, Germany`. */
function location(found: Readonly<Record<string, unknown>>): string | null {
  return joined([found.sublocation, found.city, found.region, found.country ?? found.country_code])
}

function stars(rating: number | null): string | null {
  return rating === null || rating < 1 || rating > 5 ? null : '★'.repeat(Math.round(rating))
}
