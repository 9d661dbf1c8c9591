import { counted, countText } from './quantities.ts'

/** Words for what is put on the clipboard. */
export const clipboard = {
  picture: 'Copy image',
  prompt: 'Copy prompt',
  onePicture: 'Select one asset to copy its image.',
  noPicture: (name: string) => `“${name}” has no picture that could be copied.`,
  copiedPicture: (name: string) => `Copied the image of “${name}”`,
  prompts: (count: number) => (count === 1 ? 'the prompt' : counted(count, 'prompt', 'prompts')),
  noPrompt: (count: number) =>
    count === 1 ? 'This asset does not say what its prompt was.' : 'None of these says what its prompt was.',
  tooManyPrompts: (most: number) => `Select at most ${countText(most)} assets to copy their prompts.`,
} as const
