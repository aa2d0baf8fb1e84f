import type { Harm } from './bad-network.ts'
import type { Fault } from './fault.ts'
import { harmCalls } from './harms.ts'

const SHARE = 0.12
/** A call that hangs takes its whole time limit of 25 s, so fewer of them. */
const SLOW_SHARE = 0.01

const HTML = '<html>We will be back soon.</html>'
const HTML_200 = { status: 200, headers: { 'content-type': 'text/html' }, text: HTML }
const MOVED = { status: 301, headers: { location: 'https://example.com/' } }

/** Calls that are cut off, and answers that cannot be read. */
export const f08: readonly Fault[] = [
  spoilt('cut before the work', { kind: 'cut', when: 'before' }, SHARE),
  { ...spoilt('cut after the work', { kind: 'cut', when: 'after' }, SHARE), short: true },
  spoilt('half an answer', { kind: 'spoil', how: 'truncated' }, SHARE),
  spoilt('wrong JSON', { kind: 'rewrite', to: wrongJson }, 2 * SHARE),
  spoilt('HTML with 200, nothing done', { kind: 'answer', ...HTML_200 }, SHARE),
  spoilt('204, nothing done', { kind: 'answer', status: 204 }, SHARE),
  spoilt('a redirect', { kind: 'answer', ...MOVED }, SHARE, { onlyReads: true }),
  spoilt('100 MB', { kind: 'spoil', how: 'huge' }, SHARE / 3),
  spoilt('a gzip bomb', { kind: 'spoil', how: 'bomb' }, SHARE / 3),
  spoilt('1 byte a second', { kind: 'spoil', how: 'slow' }, SLOW_SHARE),
  spoilt('no answer at all', { kind: 'hang' }, SLOW_SHARE),
]

function wrongJson(answer: { readonly status: number; readonly text: string }) {
  if (answer.status > 299) return answer
  return { ...answer, text: '{"ticket":"yes","data":[7,null],"tickets":{"id":"none"}}' }
}

function spoilt(name: string, harm: Harm, share: number, { onlyReads = false } = {}): Fault {
  return {
    ...{ family: 'F8', name, mayTell: true },
    load: { phones: 10, rounds: 2 },
    shortLoad: { phones: 4, rounds: 1 },
    harm: (run) =>
      harmCalls(run, share, ({ method }) => (onlyReads && method !== 'GET' ? null : harm)),
  }
}
