import { readFile } from 'node:fs/promises'
import { runAs } from './run-command.ts'

const AS_OURSELVES = { prefix: [], spawnIds: null, owner: null, endsWithParent: false } as const

/**
 * Names a process so that a later one with the same pid is told apart: `<pid>@<start>`.
 * Null when there is none, or only a zombie that its parent has not yet collected.
 */
export async function stampOf(pid: number): Promise<string | null> {
  const found = process.platform === 'linux' ? await linuxProcess(pid) : await anyProcess(pid)
  return found === null ? null : `${pid}@${found}`
}

/** The pid in a stamp. */
export function pidOf(stamp: string): number {
  return Number.parseInt(stamp, 10)
}

/** Whether the process is a live postmaster of this cluster, and not somebody who got its old pid. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    return (await ps(pid, 'command=')).includes(cluster)
  }
  const commandLine = await readIfThere(`/proc/${pid}/cmdline`)
  return commandLine.split('\0').includes(cluster)
}

async function linuxProcess(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`)
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: (3) state, (22) starttime;
  // the name before them may itself hold spaces and brackets.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isGone = stat === '' || state === 'Z' || state === 'X'
  return isGone ? null : (rest[18] ?? null)
}

async function anyProcess(pid: number): Promise<string | null> {
  const started = await ps(pid, 'lstart=')
  const state = await ps(pid, 'stat=')
  return started === '' || state.startsWith('Z') ? null : started.replace(/\W+/g, '-')
}

async function ps(pid: number, column: string): Promise<string> {
  const end = await runAs(AS_OURSELVES, ['ps', '-ww', '-o', column, '-p', String(pid)])
  return end.code === 0 ? end.output : ''
}

async function readIfThere(file: string): Promise<string> {
  // A process may end between any two reads: gone and unreadable mean the same here.
  return readFile(file, 'utf8').catch(() => '')
}
