import type { Command } from '../../commands/command.ts'
import { commandGroups } from '../../strings/commands.ts'
import { compare as strings } from '../../strings/compare.ts'

/** What can be said to the comparison; `place` is that of an asset, the active one unless said. */
export type CompareCommand =
  | { readonly kind: 'close' }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'activate'; readonly place: number }
  | { readonly kind: 'swap' }
  | { readonly kind: 'remove'; readonly place?: number }
  | { readonly kind: 'winner'; readonly place?: number }
  | { readonly kind: 'keep-winner' }
  | { readonly kind: 'differences' }
  | { readonly kind: 'rate'; readonly rating: number; readonly place?: number }
  | { readonly kind: 'favorite'; readonly place?: number }
  | { readonly kind: 'keep'; readonly place?: number }
  | { readonly kind: 'discard'; readonly place?: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'zoom'; readonly direction: 1 | -1 }
  | { readonly kind: 'fit' }
  | { readonly kind: 'actual-size' }
  | { readonly kind: 'play' | 'mute' | 'loop' }
  | { readonly kind: 'speed'; readonly step: 1 | -1 }
  | { readonly kind: 'frame'; readonly step: 1 | -1 }
  | { readonly kind: 'pan'; readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 }

type Line = readonly [id: string, keys: readonly string[], command: CompareCommand, title: string, pan?: true]

const { commands: titles } = strings

const LINES: readonly Line[] = [
  ['compare-next', ['ArrowRight', 'ArrowDown'], { kind: 'step', by: 1 }, titles.next],
  ['compare-previous', ['ArrowLeft', 'ArrowUp'], { kind: 'step', by: -1 }, titles.previous],
  ['keep', ['K'], { kind: 'keep' }, titles.keep],
  ['discard', ['X'], { kind: 'discard' }, titles.discard],
  ['favorite', ['F'], { kind: 'favorite' }, titles.favorite],
  ['compare-winner', ['W'], { kind: 'winner' }, titles.winner],
  ['compare-keep-winner', ['Enter'], { kind: 'keep-winner' }, titles.keepWinner],
  ['compare-swap', ['S'], { kind: 'swap' }, titles.swap],
  ['compare-remove', ['Backspace', 'Delete'], { kind: 'remove' }, titles.remove],
  ['undo', ['Mod+Z', 'Z'], { kind: 'undo' }, titles.undo],
  ['compare-differences', ['D'], { kind: 'differences' }, titles.differences],
  ['picture-zoom-in', ['Plus', '=', 'Mod+Plus', 'Mod+='], { kind: 'zoom', direction: 1 }, titles.zoomIn],
  ['picture-zoom-out', ['-', '_', 'Mod+-'], { kind: 'zoom', direction: -1 }, titles.zoomOut],
  ['picture-fit', ['Mod+0'], { kind: 'fit' }, titles.fit],
  ['picture-actual-size', ['Mod+1'], { kind: 'actual-size' }, titles.actualSize],
  ['pan-right', ['Shift+ArrowRight'], { kind: 'pan', x: 1, y: 0 }, titles.panRight, true],
  ['pan-left', ['Shift+ArrowLeft'], { kind: 'pan', x: -1, y: 0 }, titles.panLeft, true],
  ['pan-down', ['Shift+ArrowDown'], { kind: 'pan', x: 0, y: 1 }, titles.panDown, true],
  ['pan-up', ['Shift+ArrowUp'], { kind: 'pan', x: 0, y: -1 }, titles.panUp, true],
  ['media-play', ['P'], { kind: 'play' }, titles.play],
  ['media-frame-back', [','], { kind: 'frame', step: -1 }, titles.frameBack],
  ['media-frame-on', ['.'], { kind: 'frame', step: 1 }, titles.frameOn],
  ['media-slower', ['['], { kind: 'speed', step: -1 }, titles.slower],
  ['media-faster', [']'], { kind: 'speed', step: 1 }, titles.faster],
  ['media-loop', ['L'], { kind: 'loop' }, titles.loop],
  ['media-mute', ['M'], { kind: 'mute' }, titles.mute],
  ['compare-close', ['Escape', 'C'], { kind: 'close' }, titles.close],
]

/** What stands together in the native menu. Zooming and playing stand among what the viewer can be told. */
const SECTIONS: readonly (readonly string[])[] = [
  ['compare-next', 'compare-previous'],
  ['compare-winner', 'compare-keep-winner', 'compare-swap', 'compare-remove'],
  ['compare-differences'],
  ['compare-close'],
]

function menuOf(id: string): Pick<Command, 'menu'> {
  const section = SECTIONS.findIndex((ids) => ids.includes(id))
  return section < 0 ? {} : { menu: { in: 'compare', section } }
}

/** The commands of the comparison. Where the viewer has a key for the same thing, it is the same key. */
export function compareCommands(run: (command: CompareCommand) => void): readonly Command[] {
  const modes = ['compare'] as const
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
  return [
    ...ratings,
    ...LINES.map(
      ([id, keys, command, title, pan]): Command => ({
        id,
        title,
        group: strings.action,
        keys,
        modes,
        ...menuOf(id),
        ...(pan ? { series: { title: titles.pan, keys: ['Shift', '+', '←'] } } : {}),
        run: () => run(command),
      }),
    ),
  ]
}
