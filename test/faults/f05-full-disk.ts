import { execFile } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Fault, FaultRun, Skipped } from './fault.ts'
import { within } from './harms.ts'
import type { SiteOptions } from './site.ts'

const run = promisify(execFile)
const DISK = '220m'
let mounted = ''

/** The database's disk has no space left, and later it has again. */
export const f05: readonly Fault[] = [
  {
    ...{ family: 'F5', name: 'the disk is full for 10 s', mayTell: true, site: onSmallDisk },
    load: { phones: 8, rounds: 1_000 },
    async harm(run) {
      await delay(2_000)
      for (let count = 0; count < run.dose(2, 1); count += 1) await fillFor(run, 10_000)
    },
    close: async () => {
      await run('umount', ['-l', mounted]).catch(() => undefined)
      await rm(mounted, { recursive: true, force: true })
    },
  },
]

async function onSmallDisk(): Promise<SiteOptions | Skipped> {
  mounted = await mkdtemp(join(tmpdir(), 'replyline-disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', mounted]
  const refused = await run('mount', options).then(
    () => null,
    ({ message }: Error) => message.split('\n').at(1) ?? message,
  )
  if (refused === null) return { copies: 2, shared: true, folder: mounted }
  return { skipped: `needs the right to mount a small disk (${refused.trim()})` }
}

/** The server may end of it; who runs it starts it again, once there is space. */
async function fillFor({ site, note }: FaultRun, ms: number): Promise<void> {
  const ballast = join(mounted, 'ballast')
  const { bavail, bsize } = await statfs(mounted)
  await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined)
  const left = await statfs(mounted)
  note(`${left.bavail * left.bsize} bytes left`)
  await delay(ms)
  await rm(ballast)
  const isBack = await within(20_000, async () => (await site.jobCount()) !== null)
  if (!isBack) throw new Error('no copy answers after the space came back')
  const answers = await site.database?.answers()
  if (answers === false) await site.database?.start()
}
