/** Colours to choose for tags: told apart on dark and on light, and next to each other. */
export const tagPalette = [
  { name: 'red', color: '#e5534b' },
  { name: 'orange', color: '#e8853a' },
  { name: 'yellow', color: '#d9b72c' },
  { name: 'green', color: '#4caf6d' },
  { name: 'teal', color: '#2fa7a0' },
  { name: 'blue', color: '#4a8fe7' },
  { name: 'purple', color: '#9068d8' },
  { name: 'pink', color: '#d862a5' },
] as const
