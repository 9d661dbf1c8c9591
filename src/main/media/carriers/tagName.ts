/**
 * What the short names of three containers mean, in the words that ffmpeg and Vorbis comments use, so that a `comment`
 * is found by that name whichever file it is in.
 * Sources: Microsoft RIFF (INFO); QuickTime file format, user data; ID3v2.4 native frames.
 */
const NAMES: Readonly<Record<string, string>> = {
  IART: 'artist',
  ICMT: 'comment',
  ICOP: 'copyright',
  ICRD: 'date',
  IGNR: 'genre',
  IKEY: 'keywords',
  INAM: 'title',
  IPRD: 'album',
  ISBJ: 'subject',
  ISFT: 'software',
  '©ART': 'artist',
  '©alb': 'album',
  '©cmt': 'comment',
  '©cpy': 'copyright',
  '©day': 'date',
  '©des': 'description',
  '©enc': 'encoder',
  '©gen': 'genre',
  '©inf': 'information',
  '©key': 'keywords',
  '©mak': 'make',
  '©mod': 'model',
  '©nam': 'title',
  '©swr': 'software',
  '©too': 'encoder',
  '©wrt': 'composer',
  auth: 'author',
  cprt: 'copyright',
  desc: 'description',
  dscp: 'description',
  keyw: 'keywords',
  ldes: 'synopsis',
  perf: 'artist',
  titl: 'title',
  COM: 'comment',
  COMM: 'comment',
  TALB: 'album',
  TCOP: 'copyright',
  TENC: 'encoded_by',
  TIT1: 'grouping',
  TIT2: 'title',
  TIT3: 'subtitle',
  TPE1: 'artist',
  TSSE: 'encoder',
  TT2: 'title',
  TP1: 'artist',
  TSS: 'encoder',
  ULT: 'lyrics',
  USLT: 'lyrics',
}

/** The usual name of a tag, or the short one itself where none is known. */
export function tagName(short: string): string {
  return Object.hasOwn(NAMES, short) ? (NAMES[short] ?? short) : short
}
