import { counted, countText } from './quantities.ts'

/** Words about assets that were made of the same prompt. */
export const stacks = {
  title: 'Stack',
  /** Both without the asset itself; `same` were made with its seed too. */
  summary: (variations: number, same: number) =>
    [
      ...(variations > 0 ? [`${counted(variations, 'variation', 'variations')} of this prompt`] : []),
      ...(same > 0 ? [`${countText(same)} with this seed`] : []),
    ].join(' · '),
  showAll: 'Show all',
  open: (name: string) => `Select ${name}`,
  openSameSeed: (name: string) => `Select ${name}, made with the same seed`,
  more: (more: number) => `+${countText(more)}`,
  moreLabel: (more: number) => `Show ${countText(more)} more`,
  loading: 'Loading',
  /** Of a badge: how many assets have the prompt, this one included. */
  badge: (total: number) => `${countText(total)} made of this prompt`,
} as const
