/** Code of any language: shown as such, told apart by its extension. */
const CODE = 'text/x-source-code'
const CODE_EXTENSIONS =
  'asm bash bat bib c cc cfg cfm clj cmake cmd conf cpp cs cshtml cu dart diff el elm env erl ex exs f90 frag fs glsl go gradle ' +
  'graphql groovy h hlsl hpp hs hx inc java jl jsx kt kts less lisp lua m mel metal mjs cjs mm nix osl pas patch php pl pm ' +
  'properties proto ps1 psm1 pug r rb reg rs sass scala scss sh shader sol sql svelte swift tcl tex tf tsx usda v vb vert ' +
  'vex vue wgsl zig zsh'

/** Extensions of plain text that say more than `txt`, and their types. */
export const TEXT_BY_NAME: Readonly<Record<string, string>> = {
  ...Object.fromEntries(CODE_EXTENSIONS.split(' ').map((extension) => [extension, CODE])),
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  ts: 'text/x-typescript',
  py: 'text/x-python',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  toml: 'application/toml',
  ini: 'text/plain',
  log: 'text/plain',
  rst: 'text/plain',
  adoc: 'text/plain',
  org: 'text/plain',
  fountain: 'text/plain',
  nfo: 'text/plain',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ssa',
  lrc: 'text/plain',
  jsonl: 'application/jsonl',
  obj: 'model/obj',
  mtl: 'model/mtl',
  ply: 'model/x-ply',
  stl: 'model/stl',
  fbx: 'application/x-ft-fbx',
  gcode: 'text/x-source-code',
  cube: 'text/x-cube-lut',
}

/** Extensions of XML documents that say more than `xml`. */
export const XML_BY_NAME: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  xmp: 'application/xml',
  kml: 'application/xml',
  gpx: 'application/xml',
  rss: 'application/xml',
  plist: 'application/xml',
  opml: 'application/xml',
  xhtml: 'application/xml',
  xsd: 'application/xml',
  xsl: 'application/xml',
  fcpxml: 'application/xml',
  musicxml: 'application/xml',
  drawio: 'application/xml',
  ttml: 'application/xml',
  x3d: 'application/xml',
  dae: 'model/vnd.collada+xml',
}

/** Extensions of JSON documents that say more than `json`. */
export const JSON_BY_NAME: ReadonlySet<string> = new Set([
  'json',
  'json5',
  'geojson',
  'topojson',
  'ipynb',
  'webmanifest',
  'excalidraw',
  'har',
  'map',
])
