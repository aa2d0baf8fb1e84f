import { codeOf, detailOf } from './detail.ts'

/** Why the embedded database cannot be had. `message` is one line for a person, remedy included. */
export type EmbeddedProblem = {
  readonly kind: EmbeddedProblemKind
  readonly message: string
}

type EmbeddedProblemKind =
  | 'folder_not_writable'
  | 'folder_occupied'
  | 'in_use'
  | 'still_held'
  | 'no_binaries'
  | 'cannot_run'
  | 'root_refused'
  | 'disk_full'
  | 'socket_folder'
  | 'other_version'
  | 'did_not_start'

const OR_URL = 'or set DATABASE_URL to a PostgreSQL of your own'

export function folderNotWritable(folder: string, detail: string): EmbeddedProblem {
  return {
    kind: 'folder_not_writable',
    message: `The data folder ${folder} cannot be written (${detail}): give this user write access, choose another data folder, ${OR_URL}.`,
  }
}

export function folderOccupied(cluster: string): EmbeddedProblem {
  return {
    kind: 'folder_occupied',
    message: `${cluster} holds files that are no database of Replyline's: move them away or choose another data folder.`,
  }
}

export function inUse(folder: string, pid: number): EmbeddedProblem {
  return {
    kind: 'in_use',
    message: `The data folder ${folder} is used by a running Replyline service (pid ${pid}): stop that one first, or choose another data folder.`,
  }
}

export function stillHeld(folder: string, holder: string): EmbeddedProblem {
  return {
    kind: 'still_held',
    message: `The database in ${folder} is still held by ${holder} after 30 s: wait for it to end or stop it, then start again.`,
  }
}

export function noBinaries(platform: string): EmbeddedProblem {
  return {
    kind: 'no_binaries',
    message: `No PostgreSQL for ${platform} is installed with Replyline: run "npm ci" without --omit=optional, ${OR_URL}.`,
  }
}

export function cannotRun(detail: string): EmbeddedProblem {
  return {
    kind: 'cannot_run',
    message: `The PostgreSQL that comes with Replyline does not run here (${detail}): set DATABASE_URL to a PostgreSQL of your own.`,
  }
}

export function rootRefused(detail: string): EmbeddedProblem {
  return {
    kind: 'root_refused',
    message: `PostgreSQL refuses to run as root, and no other user could be taken on (${detail}): start Replyline as an ordinary user, ${OR_URL}.`,
  }
}

export function diskFull(folder: string): EmbeddedProblem {
  return {
    kind: 'disk_full',
    message: `The disk that holds ${folder} is full: free some space (a new database needs 50 MB) and start again.`,
  }
}

export function socketFolderNotOurs(folder: string): EmbeddedProblem {
  return {
    kind: 'socket_folder',
    message: `The path of the data folder is too long for a socket, and ${folder}, used in its stead, is not a private folder of this user: remove it, or use a data folder with a shorter path.`,
  }
}

export function otherVersion(found: string, expected: string): EmbeddedProblem {
  return {
    kind: 'other_version',
    message: `The data folder holds a PostgreSQL ${found} database, this Replyline brings PostgreSQL ${expected}: make a backup with the release that wrote it, then restore it into an empty data folder with this one.`,
  }
}

export function didNotStart(reason: string, logFile: string): EmbeddedProblem {
  return {
    kind: 'did_not_start',
    message: `The embedded PostgreSQL did not start: ${reason} (see ${logFile}).`,
  }
}

const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']

/** Reads a caught file system error about the data folder; null for one that nobody foresaw. */
export function problemOf(error: unknown, folder: string): EmbeddedProblem | null {
  const detail = detailOf(error)
  if (saysDiskFull(detail)) return diskFull(folder)
  return FORBIDDEN.includes(codeOf(error)) ? folderNotWritable(folder, detail) : null
}

/** Recognises a full disk in what Node or PostgreSQL said. */
export function saysDiskFull(text: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/.test(text)
}
