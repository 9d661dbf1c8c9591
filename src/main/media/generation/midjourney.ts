import { generationOf, seedFrom, textFrom } from './generationFacts.ts'
import type { Payload, Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const JOB = new RegExp(`\\bJob ID:\\s*(${UUID})\\s*$`, 'i')
const GUID = new RegExp(`^${UUID}$`, 'i')
/** Parameters of Midjourney; several texts that end with such flags are no prompt of it. */
const FLAGS: ReadonlySet<string> = new Set(
  'ar,aspect,v,version,niji,s,stylize,c,chaos,q,quality,no,seed,sameseed,stop,style,tile,iw,w,weird,video,repeat,r,raw,fast,relax,turbo,sref,sw,cref,cw,oref,ow,p,profile,personalize,draft,exp,hd,uplight,upbeta,test,testp,creative,stealth,public,motion,loop,end,bs,sv,upanime'.split(
    ',',
  ),
)
const MAX_FLAG_TEXT = 4_000

/**
 * Midjourney: `Description` of a PNG (or the same in EXIF or XMP) is the prompt with its parameters and `Job ID:`; XMP has
 * the job as DigImageGUID beside the digital source type. Source: files from midjourney.com; docs.midjourney.com,
 * "Parameter list".
 */
export function readMidjourney(payloads: Payloads): Reading | null {
  const author = payloads.find('author')
  const guid = trainedGuid(payloads)
  for (const payload of payloads.named('description', 'imagedescription')) {
    const job = JOB.exec(payload.text.slice(-200))
    const text = job === null ? payload.text : payload.text.slice(0, payload.text.lastIndexOf('Job ID:'))
    const { prompt, flags } = splitFlags(text)
    if (job === null && guid === null && !isTelling(flags)) continue
    const settings: [string, string][] = [...flags].map(([name, value]) => [`--${name}`, value === '' ? 'true' : value])
    const used = [payload, author, guid].filter((item) => item !== null)
    return {
      generation: generationOf({
        generator: 'Midjourney',
        version: flags.get('v') ?? flags.get('version') ?? null,
        model: modelOf(flags),
        prompt: textFrom(prompt),
        negative_prompt: textFrom(flags.get('no')),
        seed: seedFrom(flags.get('seed')),
        settings: [
          ...settings.filter(([name]) => !['--v', '--version', '--niji', '--no', '--seed'].includes(name)),
          ['Job ID', job?.[1] ?? guid?.text.trim() ?? ''],
          ['Author', author?.text ?? ''],
        ],
      }),
      used,
    }
  }
  return guid === null ? null : readGuid(guid)
}

function readGuid(guid: Payload): Reading {
  return {
    generation: generationOf({ generator: 'Midjourney', settings: [['Job ID', guid.text.trim()]] }),
    used: [guid],
  }
}

/** The GUID of a picture that is said to be made by a model, and by no other program. */
function trainedGuid(payloads: Payloads): Payload | null {
  const isTrained = payloads
    .named('digitalsourcetype')
    .some(({ text }) => /\btrainedAlgorithmicMedia$/.test(text.trim()))
  const other = payloads.find('creatortool', 'credit', 'aisystemused', 'software')
  const guid = payloads.find('digimageguid', 'digitalimageguid')
  return isTrained && other === null && guid !== null && GUID.test(guid.text.trim()) ? guid : null
}

/** Prompt and, at the end, parameters `--name value`, each with the words up to the next one. */
function splitFlags(text: string): { prompt: string; flags: ReadonlyMap<string, string> } {
  // A prompt may be long, the parameters behind it are not.
  const from = Math.max(0, text.length - MAX_FLAG_TEXT)
  const flags = new Map<string, string>()
  const starts = [...text.slice(from).matchAll(/(?:^|\s)(?:--|—)([a-z]{1,12})(?=\s|$)/gi)].filter(([, name = '']) =>
    FLAGS.has(name.toLowerCase()),
  )
  for (const [index, match] of starts.entries()) {
    const begin = from + match.index + match[0].length
    const next = starts[index + 1]
    const value = text.slice(begin, next === undefined ? text.length : from + next.index).trim()
    flags.set((match[1] ?? '').toLowerCase(), value)
  }
  const first = starts[0]
  return { prompt: first === undefined ? text : text.slice(0, from + first.index), flags }
}

/** A version of the model, and no words behind the last parameter: nobody else's prose ends like that. */
function isTelling(flags: ReadonlyMap<string, string>): boolean {
  const version = flags.get('v') ?? flags.get('version') ?? flags.get('niji')
  return version !== undefined && /^\d+(?:\.\d+)?$/.test(version) && flags.size >= 2
}

function modelOf(flags: ReadonlyMap<string, string>): string | null {
  const niji = flags.get('niji')
  const version = flags.get('v') ?? flags.get('version')
  if (niji !== undefined) return `Niji ${niji}`.trim()
  return version === undefined || version === '' ? null : `Midjourney ${version}`
}
