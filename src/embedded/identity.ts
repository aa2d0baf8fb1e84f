/**
 * Whom the server runs as, and how it is made to end with us.
 *
 * PostgreSQL refuses uid 0. As root we try, in this order, until one can enter the data folder and
 * run the program:
 *
 * 1. the data folder's owner, where that is somebody else, so that `sudo replyline …` leaves no
 *    file behind that its owner cannot read;
 * 2. a user namespace in which we are called 65534: no second user, no change of ownership;
 * 3. the real uid 65534 (nobody), where namespaces are forbidden, as in most containers;
 * 4. the same with the one capability to pass closed folders: a data folder or an installation
 *    below a mode-700 home, such as /root, stays where it is and nothing is copied or opened up.
 *
 * `setpriv --pdeathsig` has the kernel tell the server when its parent dies. A parent that died
 * before the signal was armed would be missed, so a shell compares its parent first. Where there is
 * no setpriv (macOS, small containers) `endsWithParent` is false and the server gets a watchdog.
 */
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { err, ok, type Result } from '../kernel/result.ts'
import { cannotRun, type EmbeddedProblem, rootRefused } from './problem.ts'
import { runAs } from './run-command.ts'

type Ids = { readonly uid: number; readonly gid: number }

export type Identity = {
  /** The words before the command. */
  readonly prefix: readonly string[]
  /** For `spawn` itself, where no program can change the user for us. */
  readonly spawnIds: Ids | null
  /** Who must own the server's files; null when that is whoever we are. */
  readonly owner: Ids | null
  readonly endsWithParent: boolean
}

const NOBODY: Ids = { uid: 65534, gid: 65534 }
const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534']
/** access(2) ignores capabilities unless the last word is said, and PostgreSQL looks for itself with it. */
const PASS_CLOSED_FOLDERS = [
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--securebits=+no_setuid_fixup',
] as const
const ARMED = ['--pdeathsig', 'INT', 'sh', '-c', '[ "$PPID" = "$0" ] && exec "$@"']

/** Finds the first identity under which the server's program runs and reaches the data folder. */
export async function chooseIdentity(places: {
  readonly dataDir: string
  readonly postgres: string
}): Promise<Result<Identity, EmbeddedProblem>> {
  const isRoot = process.getuid?.() === 0
  const candidates = isRoot ? candidatesOfRoot(await ownerOf(places.dataDir)) : ordinaryCandidates()

  let detail = ''
  for (const candidate of candidates) {
    const check = ['sh', '-c', 'cd "$0" && "$1" --version', places.dataDir, places.postgres]
    const end = await runAs(candidate, check)
    if (end.code === 0) return ok(candidate)
    detail = end.output.split('\n').at(-1) ?? ''
  }
  return err(isRoot ? rootRefused(detail) : cannotRun(detail))
}

function candidatesOfRoot(owner: Ids): readonly Identity[] {
  if (owner.uid !== 0 && owner.uid !== NOBODY.uid) return changedTo(owner)
  const inNamespace = {
    prefix: [...NAMESPACE, ...armed()],
    spawnIds: null,
    owner: { uid: 0, gid: 0 },
    endsWithParent: true,
  }
  return [inNamespace, ...changedTo(NOBODY)]
}

function changedTo(ids: Ids): readonly Identity[] {
  const change = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups']
  const arms = { spawnIds: null, owner: ids, endsWithParent: true }
  return [
    { ...arms, prefix: armed(...change) },
    { ...arms, prefix: armed(...change, ...PASS_CLOSED_FOLDERS) },
    { prefix: [], spawnIds: ids, owner: ids, endsWithParent: false },
  ]
}

/** A uid without a name (`docker run --user 1234`) stops initdb; in a namespace it has nobody's. */
function ordinaryCandidates(): readonly Identity[] {
  const ours = { spawnIds: null, owner: null }
  const direct = [
    { ...ours, prefix: armed(), endsWithParent: true },
    { ...ours, prefix: [], endsWithParent: false },
  ]
  if (hasName()) return direct
  return [{ ...ours, prefix: [...NAMESPACE, ...armed()], endsWithParent: true }, ...direct]
}

function armed(...options: readonly string[]): readonly string[] {
  return ['setpriv', ...options, ...ARMED, String(process.pid)]
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    // Node reports a uid that no user database knows as a system error.
    return false
  }
}

async function ownerOf(folder: string): Promise<Ids> {
  const { uid, gid } = await stat(folder)
  return { uid, gid }
}
