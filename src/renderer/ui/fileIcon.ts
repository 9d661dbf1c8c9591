import {
  Aperture,
  Archive,
  AudioLines,
  BookOpen,
  Box,
  Braces,
  Captions,
  File,
  FileText,
  Film,
  Image,
  Layers,
  type LucideIcon,
  PenTool,
  Presentation,
  Table2,
  Type,
} from 'lucide-react'
import type { AssetType } from '../../shared/domain/asset.ts'

const OF_TYPE: Readonly<Record<AssetType, LucideIcon>> = {
  image: Image,
  video: Film,
  audio: AudioLines,
  document: FileText,
  model: Box,
  font: Type,
  other: File,
}

/** Kinds that a person tells apart although they are of one type. */
const OF_EXTENSION: readonly (readonly [icon: LucideIcon, extensions: string])[] = [
  [Layers, 'psd psb kra ora procreate clip xcf afphoto af pxd'],
  [PenTool, 'ai eps ps svg svgz afdesign sketch fig xd cdr'],
  [Aperture, 'nef cr2 cr3 arw dng raf orf rw2 pef srw 3fr iiq'],
  [BookOpen, 'epub mobi cbz cbr cb7 indd idml afpub'],
  [Presentation, 'pptx ppt odp key ppsx potx'],
  [Table2, 'xlsx xls ods csv tsv numbers'],
  [Braces, 'json jsonl xml html htm css js ts tsx jsx py rs go c h cpp java sh yaml yml toml glsl ipynb'],
  [Captions, 'srt vtt ass'],
  [Archive, 'zip rar 7z gz tgz tar zst xz bz2'],
]
const byExtension = new Map(
  OF_EXTENSION.flatMap(([icon, extensions]) => extensions.split(' ').map((extension) => [extension, icon] as const)),
)

/** The icon of a kind of file: by its extension where that says more than its type. */
export function fileIcon(type: AssetType, extension: string): LucideIcon {
  return byExtension.get(extension) ?? OF_TYPE[type]
}
