/** Words that the primitives themselves show. */
export const ui = {
  close: 'Close',
  dismiss: 'Dismiss',
} as const
