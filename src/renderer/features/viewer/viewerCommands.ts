import type { Command, Mode } from '../../commands/command.ts'
import { clipboard } from '../../strings/clipboard.ts'
import { commandGroups } from '../../strings/commands.ts'
import { viewer as strings } from '../../strings/viewer.ts'

/** What can be said to the viewer. */
export type ViewerCommand =
  | { readonly kind: 'close' }
  | { readonly kind: 'next' | 'previous' | 'first' | 'last' }
  /** A line on or back in what is read; of everything else, an asset. */
  | { readonly kind: 'line'; readonly step: 1 | -1 }
  /** A page on or back in a document or in what is read; of everything else, an asset. */
  | { readonly kind: 'page'; readonly step: 1 | -1 }
  | { readonly kind: 'zoom-in' | 'zoom-out' | 'fit' | 'actual-size' }
  | { readonly kind: 'pan'; readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 }
  | { readonly kind: 'rotate'; readonly turns: 1 | -1 }
  | { readonly kind: 'background' | 'info' | 'full-screen' }
  | { readonly kind: 'favorite' | 'keep' | 'discard' | 'collect' | 'undo' }
  | { readonly kind: 'rate'; readonly rating: number }
  | { readonly kind: 'play' | 'mute' | 'loop' }
  | { readonly kind: 'frame'; readonly step: 1 | -1 }
  | { readonly kind: 'speed'; readonly step: 1 | -1 }
  | { readonly kind: 'copy-picture' | 'copy-prompt' }

type Line = readonly [id: string, keys: readonly string[], command: ViewerCommand, title: string, series?: 'pan']

const { commands: titles } = strings

const LINES: readonly Line[] = [
  ['keep', ['K'], { kind: 'keep' }, titles.keep],
  ['discard', ['X'], { kind: 'discard' }, titles.discard],
  ['favorite', ['F'], { kind: 'favorite' }, titles.favorite],
  ['collect', ['C', 'Shift+C'], { kind: 'collect' }, titles.collect],
  ['undo', ['Mod+Z', 'Z'], { kind: 'undo' }, titles.undo],
  ['viewer-next', ['ArrowRight'], { kind: 'next' }, titles.next],
  ['viewer-previous', ['ArrowLeft'], { kind: 'previous' }, titles.previous],
  ['viewer-line-on', ['ArrowDown'], { kind: 'line', step: 1 }, titles.lineOn],
  ['viewer-line-back', ['ArrowUp'], { kind: 'line', step: -1 }, titles.lineBack],
  ['viewer-first', ['Home'], { kind: 'first' }, titles.first],
  ['viewer-last', ['End'], { kind: 'last' }, titles.last],
  ['viewer-page-on', ['PageDown'], { kind: 'page', step: 1 }, titles.pageOn],
  ['viewer-page-back', ['PageUp'], { kind: 'page', step: -1 }, titles.pageBack],
  ['picture-zoom-in', ['Plus', '=', 'Mod+Plus', 'Mod+='], { kind: 'zoom-in' }, titles.zoomIn],
  ['picture-zoom-out', ['-', '_', 'Mod+-'], { kind: 'zoom-out' }, titles.zoomOut],
  ['picture-fit', ['Mod+0'], { kind: 'fit' }, titles.fit],
  ['picture-actual-size', ['Mod+1'], { kind: 'actual-size' }, titles.actualSize],
  ['pan-right', ['Shift+ArrowRight'], { kind: 'pan', x: 1, y: 0 }, titles.panRight, 'pan'],
  ['pan-left', ['Shift+ArrowLeft'], { kind: 'pan', x: -1, y: 0 }, titles.panLeft, 'pan'],
  ['pan-down', ['Shift+ArrowDown'], { kind: 'pan', x: 0, y: 1 }, titles.panDown, 'pan'],
  ['pan-up', ['Shift+ArrowUp'], { kind: 'pan', x: 0, y: -1 }, titles.panUp, 'pan'],
  ['viewer-rotate', ['R'], { kind: 'rotate', turns: 1 }, titles.rotate],
  ['viewer-rotate-back', ['Shift+R'], { kind: 'rotate', turns: -1 }, titles.rotateBack],
  ['viewer-background', ['B'], { kind: 'background' }, titles.background],
  ['viewer-info', ['I'], { kind: 'info' }, titles.info],
  ['viewer-full-screen', ['Shift+F'], { kind: 'full-screen' }, titles.fullScreen],
  ['media-play', ['P'], { kind: 'play' }, titles.play],
  ['media-mute', ['M'], { kind: 'mute' }, titles.mute],
  ['media-loop', ['L'], { kind: 'loop' }, titles.loop],
  ['media-frame-back', [','], { kind: 'frame', step: -1 }, titles.frameBack],
  ['media-frame-on', ['.'], { kind: 'frame', step: 1 }, titles.frameOn],
  ['media-slower', ['['], { kind: 'speed', step: -1 }, titles.slower],
  ['media-faster', [']'], { kind: 'speed', step: 1 }, titles.faster],
  ['copy-picture', ['Mod+Shift+C'], { kind: 'copy-picture' }, clipboard.picture],
  ['copy-prompt', ['Mod+Shift+P'], { kind: 'copy-prompt' }, clipboard.prompt],
  ['viewer-close', ['Escape', 'Space', 'Enter'], { kind: 'close' }, titles.close],
]

/** What stands together in the native menu, where it is not among what is done to assets. */
const SECTIONS: readonly (readonly string[])[] = [
  ['viewer-next', 'viewer-previous', 'viewer-first', 'viewer-last'],
  ['viewer-line-on', 'viewer-line-back', 'viewer-page-on', 'viewer-page-back'],
  ['picture-zoom-in', 'picture-zoom-out', 'picture-fit', 'picture-actual-size'],
  ['pan-right', 'pan-left', 'pan-down', 'pan-up'],
  ['viewer-rotate', 'viewer-rotate-back', 'viewer-background', 'viewer-info', 'viewer-full-screen'],
  ['media-play', 'media-frame-back', 'media-frame-on', 'media-slower', 'media-faster', 'media-loop', 'media-mute'],
  ['viewer-close'],
]

function menuOf(id: string): Pick<Command, 'menu'> {
  const section = SECTIONS.findIndex((ids) => ids.includes(id))
  return section < 0 ? {} : { menu: { in: 'picture', section } }
}

const modes: readonly Mode[] = ['viewer', 'triage']
const ORGANISING = new Set(['keep', 'discard', 'favorite', 'collect', 'undo'])

/**
 * The commands of the viewer and of triage. Digits rate, as they do in the grid; with Ctrl or Cmd, 0 fits and 1 shows
 * actual size, as in browsers and image editors.
 */
export function viewerCommands(run: (command: ViewerCommand) => void): readonly Command[] {
  const ratings = [0, 1, 2, 3, 4, 5].map(
    (rating): Command => ({
      id: `rate-${rating}`,
      title: titles.rate(rating),
      group: commandGroups.organise,
      keys: [String(rating)],
      modes,
      series: { title: titles.rateSeries, keys: ['0', '–', '5'] },
      run: () => run({ kind: 'rate', rating }),
    }),
  )
  const others = LINES.map(
    ([id, keys, command, title, series]): Command => ({
      id,
      title,
      group: ORGANISING.has(id) ? commandGroups.organise : strings.title,
      keys,
      modes,
      ...menuOf(id),
      ...(series === undefined ? {} : { series: { title: titles.pan, keys: ['Shift', '+', '←'] } }),
      run: () => run(command),
    }),
  )
  return [...ratings, ...others]
}
