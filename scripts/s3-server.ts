// A real S3 server for tests: OpenStack Swift with its s3api from Debian, in a root folder and namespaces of its own,
// on loopback only. Needs Linux, root and apt; installs on first use (about 40 s, 400 MB).
//
//   node scripts/run.mjs scripts/s3-server.ts start [--port 4600] [--state DIR]   prints the settings as KEY=value
//   node scripts/run.mjs scripts/s3-server.ts kill  [--port 4600] [--state DIR]   SIGKILL of every server process
//   node scripts/run.mjs scripts/s3-server.ts wipe  [--port 4600] [--state DIR]   kill, and remove what it stored
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const RELEASE = 'trixie'
const PACKAGES = ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'memcached']
const BACKENDS = ['account', 'container', 'object'] as const
const START_TIMEOUT_MS = 180_000

export interface S3ServerOptions {
  /** Of the S3 endpoint; the four ports above it serve its parts. */
  readonly port: number
  /** Installed programs, shared by all servers of this machine. */
  readonly installFolder?: string
  /** What this one server stores, its log and its process id. */
  readonly stateFolder: string
  /** End with the process that started it. */
  readonly tied?: boolean
}

export interface S3Server {
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Keys of somebody who may do nothing here. */
  readonly stranger: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly logFile: string
}

/** Why a server of our own cannot run here, null when it can. */
export function s3ServerObstacle(): string | null {
  if (process.platform !== 'linux') return 'the S3 test server needs Linux'
  if (process.getuid?.() !== 0) return 'the S3 test server needs root (for a chroot)'
  if (!existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return 'the S3 test server needs Debian'
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status !== 0) {
    return 'the S3 test server needs the right to make namespaces'
  }
  return null
}

const defaultInstallFolder = '/var/tmp/vitrine-s3-server'

/** Installs what is missing, starts the server if it does not run, and waits until it answers. */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const server = describe(options)
  if (runningPid(options) !== null) return server
  const root = install(options.installFolder ?? defaultInstallFolder)
  const data = join(options.stateFolder, 'data')
  const conf = join(options.stateFolder, 'conf')
  mkdirSync(data, { recursive: true })
  mkdirSync(conf, { recursive: true })
  writeConfiguration(conf, options.port)
  const boot = join(conf, 'boot.sh')
  writeFileSync(boot, bootScript(options.port))
  chmodSync(boot, 0o755)
  const enter = join(options.stateFolder, 'enter.sh')
  writeFileSync(enter, ENTER_SCRIPT)

  const log = openSync(server.logFile, 'a')
  // One PID namespace holds every process of the server, so the end of its first process is the end of all.
  const command = ['unshare', '--mount', '--pid', '--fork', '--kill-child=KILL', '--propagation', 'private']
  const tied = options.tied ? ['setpriv', '--pdeathsig', 'KILL'] : []
  const [program = '', ...args] = [...tied, ...command, 'bash', enter, root, data, conf]
  const child = spawn(program, args, { stdio: ['ignore', log, log], detached: !options.tied })
  child.unref()
  if (child.pid === undefined) throw new Error('The S3 test server could not be started.')
  writeFileSync(pidFile(options), String(child.pid))
  await until(
    () => answers(options.port),
    START_TIMEOUT_MS,
    () => {
      return `The S3 test server did not answer in time. Its log:\n${readFileSync(server.logFile, 'utf8').slice(-4000)}`
    },
  )
  return server
}

/** Ends every process of the server with SIGKILL, as a crash would. What was acknowledged stays. */
export async function killS3Server(options: S3ServerOptions): Promise<void> {
  const pid = runningPid(options)
  rmSync(pidFile(options), { force: true })
  if (pid === null) return
  process.kill(pid, 'SIGKILL')
  await until(
    async () => !(await answers(options.port)),
    10_000,
    () => 'The S3 test server does not die.',
  )
}

/** Ends the server and removes all it stored; the installed programs stay. */
export async function wipeS3Server(options: S3ServerOptions): Promise<void> {
  await killS3Server(options)
  rmSync(options.stateFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

function describe(options: S3ServerOptions): S3Server {
  return {
    endpoint: `http://127.0.0.1:${options.port}`,
    region: 'us-east-1',
    accessKeyId: 'vitrine:owner',
    secretAccessKey: 'owner-secret',
    stranger: { accessKeyId: 'vitrine:stranger', secretAccessKey: 'stranger-secret' },
    logFile: join(options.stateFolder, 'server.log'),
  }
}

/** Makes the root folder once; a second caller waits for the first. Returns its path. */
function install(folder: string): string {
  const root = join(folder, 'root')
  const complete = join(folder, 'complete')
  if (existsSync(complete)) return root
  mkdirSync(folder, { recursive: true })
  console.error(`Installing the S3 test server into ${folder} (about 40 s, once) …`)
  const script = `set -e
    [ -e "$2" ] && exit 0
    command -v mmdebstrap >/dev/null || { apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq -y install mmdebstrap; }
    rm -rf "$1"
    mmdebstrap --quiet --variant=minbase --include=${PACKAGES.join(',')} ${RELEASE} "$1"
    touch "$2"`
  const done = spawnSync('flock', [join(folder, 'lock'), 'bash', '-c', script, 'install', root, complete], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`The S3 test server could not be installed:\n${done.stdout}${done.stderr}`)
  return root
}

function writeConfiguration(folder: string, port: number): void {
  const ini = (sections: Record<string, Record<string, string | number>>) =>
    Object.entries(sections)
      .map(([name, values]) => [`[${name}]`, ...Object.entries(values).map(([k, v]) => `${k} = ${v}`), ''].join('\n'))
      .join('\n')
  const write = (name: string, sections: Parameters<typeof ini>[0]) => writeFileSync(join(folder, name), ini(sections))

  write('swift.conf', {
    'swift-hash': { swift_hash_path_prefix: 'vitrine', swift_hash_path_suffix: 'tests' },
    'storage-policy:0': { name: 'single', default: 'yes' },
  })
  BACKENDS.forEach((kind, index) => {
    write(`${kind}-server.conf`, {
      DEFAULT: {
        bind_ip: '127.0.0.1',
        bind_port: port + 1 + index,
        workers: 0,
        user: 'root',
        devices: '/data/devices',
        mount_check: 'false',
        disable_fallocate: 'true',
        fallocate_reserve: 0,
      },
      'pipeline:main': { pipeline: `${kind}-server` },
      [`app:${kind}-server`]: { use: `egg:swift#${kind}` },
    })
  })
  const filters = [
    'catch_errors',
    'gatekeeper',
    'healthcheck',
    'listing_formats',
    'bulk',
    'copy',
    'slo',
    'dlo',
    'symlink',
  ]
  write('proxy-server.conf', {
    DEFAULT: { bind_ip: '127.0.0.1', bind_port: port, workers: 0, user: 'root' },
    'pipeline:main': {
      pipeline:
        'catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server',
    },
    'app:proxy-server': {
      use: 'egg:swift#proxy',
      account_autocreate: 'true',
      // There is one of each backend: without this, one failure would make the proxy give it up for a minute.
      error_suppression_limit: 1_000_000,
      conn_timeout: 10,
      node_timeout: 60,
    },
    ...Object.fromEntries(filters.map((name) => [`filter:${name}`, { use: `egg:swift#${name}` }])),
    'filter:cache': { use: 'egg:swift#memcache', memcache_servers: `127.0.0.1:${port + 4}` },
    'filter:s3api': { use: 'egg:swift#s3api', location: 'us-east-1' },
    'filter:tempauth': {
      use: 'egg:swift#tempauth',
      user_vitrine_owner: 'owner-secret .admin',
      user_vitrine_stranger: 'stranger-secret',
    },
    'filter:versioned_writes': {
      use: 'egg:swift#versioned_writes',
      allow_versioned_writes: 'true',
      allow_object_versioning: 'true',
    },
  })
}

/** Runs as the first process of the namespaces, with the root folder, the data and the configuration as arguments. */
const ENTER_SCRIPT = `set -e
root=$1 data=$2 conf=$3
mkdir -p "$root/data"
mount --bind "$data" "$root/data"
mount --bind "$conf" "$root/etc/swift"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/var/cache/swift" 2>/dev/null || { mkdir -p "$root/var/cache/swift"; }
exec chroot "$root" /etc/swift/boot.sh
`

/** Runs inside the root folder: makes the rings on the first start, then becomes the proxy. */
function bootScript(port: number): string {
  const ports = BACKENDS.map((kind, index) => ({ kind, port: port + 1 + index }))
  return `#!/bin/bash
mkdir -p /run/swift /data/devices/disk /data/rings
cd /data/rings
if [ ! -e complete ]; then
${ports
  .map(
    ({ kind, port: own }) => `  rm -f ${kind}.*
  swift-ring-builder ${kind}.builder create 4 1 1
  swift-ring-builder ${kind}.builder add r1z1-127.0.0.1:${own}/disk 1
  swift-ring-builder ${kind}.builder rebalance`,
  )
  .join('\n')}
  touch complete
fi
cp ./*.ring.gz /etc/swift/
memcached -u root -l 127.0.0.1 -p ${port + 4} -U 0 -m 32 &
${ports.map(({ kind }) => `swift-${kind}-server /etc/swift/${kind}-server.conf --verbose &`).join('\n')}
for p in ${[...ports.map((entry) => entry.port), port + 4].join(' ')}; do
  for attempt in $(seq 600); do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && break; sleep 0.05; done
done
exec swift-proxy-server /etc/swift/proxy-server.conf --verbose
`
}

function pidFile(options: S3ServerOptions): string {
  return join(options.stateFolder, 'pid')
}

function runningPid(options: S3ServerOptions): number | null {
  const file = pidFile(options)
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8'))
  const commandLine = `/proc/${pid}/cmdline`
  // The number may belong to another process by now.
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(options.stateFolder) ? pid : null
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

async function until(condition: () => Promise<boolean>, timeoutMs: number, failure: () => string): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(failure())
    await sleep(50)
  }
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '4600' }, state: { type: 'string' } },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1024 || port > 65_000)
    throw new Error('--port takes a number from 1024 to 65000')
  const options = { port, stateFolder: values.state ?? `/var/tmp/vitrine-s3-server-${port}` }
  const action = positionals[0]
  if (action === 'start') {
    const obstacle = s3ServerObstacle()
    if (obstacle) throw new Error(obstacle)
    const server = await startS3Server(options)
    console.log(`VITRINE_S3_ENDPOINT=${server.endpoint}\nVITRINE_S3_REGION=${server.region}`)
    console.log(`AWS_ACCESS_KEY_ID=${server.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${server.secretAccessKey}`)
  } else if (action === 'kill') await killS3Server(options)
  else if (action === 'wipe') await wipeS3Server(options)
  else throw new Error('Usage: s3-server.ts start|kill|wipe [--port N] [--state DIR]')
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
