#!/usr/bin/env node
/**
 * Starts Replyline on a Node that can run it.
 *
 * Written for any Node since 12, so that an old one answers in a sentence and not with a syntax
 * error. npm scripts find the Node that `npm ci` brought first on their PATH and go straight
 * through; `npx replyline` and a bare `bin/replyline.js` may start on an older one and change over.
 *
 * A Node that cannot replace itself (`process.execve`) starts the newer one as a child. The child
 * holds the end of a pipe: when this launcher dies, even by SIGKILL, the pipe closes and the
 * service ends in order.
 */
// biome-ignore-all lint/style/useNodejsImportProtocol: Node 12.17 does not know the protocol.
// biome-ignore-all lint/complexity/useOptionalChain: nor this syntax.
import { spawn } from 'child_process'
import { existsSync } from 'fs'
import { Socket } from 'net'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

const LAUNCHED = 'REPLYLINE_LAUNCHED_BY'
const PIPE_FD = 3
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const launchedBy = process.env[LAUNCHED]
delete process.env[LAUNCHED]

if (isSupported(process.versions.node)) {
  if (launchedBy === 'spawn') endWithLauncher()
  void import('../src/cli/main.ts')
} else {
  changeOver(launchedBy === undefined ? findNewerNode() : undefined)
}

/** Types are stripped without a flag since 22.18 and 23.6; 22.19 is the oldest that is tested. */
function isSupported(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major === 22) return minor >= 19
  if (major === 23) return minor >= 6
  return major > 23
}

/** The Node from our optional dependency: linked by npm, beside us when we are a dependency too. */
function findNewerNode() {
  const packageName = `node-${process.platform}-${process.arch}`
  const places = [
    join(ROOT, 'node_modules', '.bin', 'node'),
    join(ROOT, 'node_modules', packageName, 'bin', 'node'),
    join(ROOT, '..', packageName, 'bin', 'node'),
  ]
  return places.find((place) => existsSync(place))
}

function changeOver(node) {
  if (node === undefined) {
    console.error(
      `Replyline needs Node.js 22.19 or newer and this is ${process.versions.node}: install Node.js 24, or run "npm ci" in ${ROOT}, which brings one for Linux.`,
    )
    process.exit(1)
  }

  const args = process.execArgv.concat(fileURLToPath(import.meta.url), process.argv.slice(2))
  if (typeof process.execve === 'function') {
    process.execve(node, [node].concat(args), withMark('execve'))
  } else {
    runAsChild(node, args)
  }
}

function withMark(how) {
  return Object.assign({}, process.env, { [LAUNCHED]: how })
}

function runAsChild(node, args) {
  const stdio = ['inherit', 'inherit', 'inherit', 'pipe']
  const child = spawn(node, args, { stdio, env: withMark('spawn') })

  // A terminal sends Ctrl-C to parent and child alike; passed on, it would look like a second one.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => atTerminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))

  child.on('error', (error) => {
    console.error(`Replyline could not start ${node}: ${error.message}. Install Node.js 24.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function endWithLauncher() {
  const pipe = new Socket({ fd: PIPE_FD })
  pipe.on('error', () => {})
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
}
