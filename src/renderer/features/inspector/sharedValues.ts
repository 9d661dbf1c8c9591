/** One value that all selected assets have, or the fact that they differ. */
export type Shared<T> = { readonly mixed: false; readonly value: T } | { readonly mixed: true }

const mixed = { mixed: true } as const

/** What a summary says of a field; mixed while it is not known. */
export function sharedOf<T>(
  field: { readonly kind: 'same'; readonly value: T } | { readonly kind: 'mixed' } | undefined,
): Shared<T> {
  return field?.kind === 'same' ? { mixed: false, value: field.value } : mixed
}
