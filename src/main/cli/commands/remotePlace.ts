import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { ParsedInput } from '../../../shared/contract/requests.ts'
import type { CommandContext } from '../commandContext.ts'
import { credentialsFrom } from '../environmentCredentials.ts'

/** Where a bucket or folder is, as options of a command. */
export interface PlaceOptions {
  readonly endpoint?: string
  readonly bucket?: string
  readonly region?: string
  readonly prefix?: string
  readonly pathStyle?: boolean
  readonly folder?: string
  readonly checksums?: 'required' | 'supported'
}

type Place = Pick<ParsedInput<'remotes.add'>, 'location' | 'credentials'>

/** Adds the options that name a place. */
export function withPlace(command: Command): Command {
  return command
    .option('--endpoint <url>', 'address of an S3 server, with http:// or https:// (none for AWS)')
    .option('--bucket <bucket>', 'bucket on it')
    .option('--region <region>', 'its region')
    .option('--prefix <prefix>', 'begin every key with this')
    .option('--path-style', 'address the bucket by path (default when --endpoint is given)')
    .option('--no-path-style', 'address the bucket by host name (default without --endpoint)')
    .addOption(
      new Option(
        '--checksums <which>',
        'checksums that requests carry: those that S3 asks for, or all (old Ceph and Swift reject them)',
      ).choices(['required', 'supported']),
    )
    .option('--folder <dir>', 'a folder instead of a bucket, for example on a network drive')
}

/** A command that is told a place and is about no library that is there already. */
export function locationCommand(name: string, summary: string): Command {
  return withPlace(new Command(name).description(summary))
}

/** @throws {VitrineError} `usage` when the options name no place, or two. */
export function placeOf(context: CommandContext, options: PlaceOptions): Place {
  const { endpoint, bucket, region, prefix, pathStyle, folder, checksums } = options
  if ((folder === undefined) === (bucket === undefined)) {
    throw new VitrineError('usage', 'Where is it? Either --folder DIR, or --bucket B (with --endpoint URL if not AWS).')
  }
  const prefixed = { prefix: (prefix ?? '').replace(/^\/+|\/+$/g, '') }
  if (folder !== undefined) {
    if (endpoint !== undefined) throw new VitrineError('usage', '--endpoint does not go with --folder.')
    return { location: { kind: 'folder', path: resolve(context.cwd, folder), ...prefixed } }
  }
  const credentials = credentialsFrom(context.env)
  return {
    location: {
      kind: 's3',
      endpoint: endpoint ?? null,
      bucket: bucket ?? '',
      pathStyle: pathStyle ?? endpoint !== undefined,
      region: region ?? 'us-east-1',
      ...(checksums !== undefined && { checksums }),
      ...prefixed,
    },
    ...(credentials && { credentials }),
  }
}
