import { type ChildProcess, spawn } from 'node:child_process'

/** `read` returns when the pipe's other end, which only we hold, closes: with us, however we end. */
const SCRIPT = 'read -r _; kill -INT "$0" 2>/dev/null'

/**
 * Ends the server when this process dies, where the kernel offers nothing for it. Dismiss it once
 * the server is gone, lest its pid be somebody else's when we end.
 */
export function watchOver(server: ChildProcess): { dismiss(): void } {
  const { pid } = server
  if (pid === undefined) return { dismiss: () => undefined }

  const dog = spawn('/bin/sh', ['-c', SCRIPT, String(pid)], {
    // Its own session: Ctrl-C in a terminal must not take the watchdog before the service.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  dog.on('error', () => undefined)
  dog.unref()
  const pipe = dog.stdin
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  return { dismiss: () => void dog.kill('SIGKILL') }
}
