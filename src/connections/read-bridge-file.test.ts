import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBridgeFile } from './read-bridge-file.ts'
import { notCarriedOut } from './settings.ts'

const MINIMAL = `
name: nordlys
zendesk: { url: nordlys, clientId: "replyline", clientSecret: secret }
klaviyo: { apiKey: "pk_1" }
`

/** A variable as the file names it. */
const variable = (name: string) => `\${${name}}`

/** What is wrong with the file; nothing when it is read. */
function problemsOf(text: string, env: Record<string, string> = {}): readonly string[] {
  const read = readBridgeFile(text, env)
  return read.ok ? [] : read.problem
}

function read(text: string, env: Record<string, string> = {}) {
  const file = readBridgeFile(text, env)
  if (!file.ok) throw new Error(file.problem.join('\n'))
  return file.value
}

describe('bridge.yaml', () => {
  it('needs no more than a name and two accounts', () => {
    expect(read(MINIMAL)).toEqual({
      name: 'nordlys',
      zendesk: { url: 'nordlys', clientId: 'replyline', clientSecret: 'secret' },
      klaviyo: { apiKey: 'pk_1' },
      tickets: { brands: 'all', resolvedOn: 'closed' },
      sms: {
        enabled: true,
        routes: [],
        tags: ['replyline'],
        keywords: { subscribe: ['JOIN'], automation: [] },
        keywordHoldSeconds: 8,
      },
      mirror: { campaigns: 'off', inboxReplies: false },
    })
  })

  it('is read as the example that comes with Replyline', () => {
    const example = readFileSync(new URL('../../examples/bridge.yaml', import.meta.url), 'utf8')
    expect(read(example, { SANDBOX_ZENDESK_URL: 'http://127.0.0.1:4010' })).toMatchObject({
      name: 'nordlys',
      zendesk: { url: 'http://127.0.0.1:4010' },
      sms: {
        brand: 'Nordlys',
        routes: [{ number: '+14155550101', brand: 'Fjell', tags: ['fjell'] }],
        keywords: { subscribe: ['JOIN'], automation: ['SIZE'] },
      },
    })
  })

  it('has its keywords in any case', () => {
    expect(
      read(`${MINIMAL}sms: { keywords: { subscribe: [' join '] } }`).sms.keywords.subscribe,
    ).toEqual(['JOIN'])
  })

  it.each([
    ['at the top', `${MINIMAL}webhooks: on`, /^the file: .*webhooks/],
    ['under sms', `${MINIMAL}sms: { enable: true }`, /^sms: .*enable/],
    [
      'under keywords',
      `${MINIMAL}sms: { keywords: { subscribed: [] } }`,
      /^sms\.keywords: .*subscribed/,
    ],
    [
      'in a route',
      `${MINIMAL}sms: { routes: [{ number: "+14155550101", tag: x }] }`,
      /^sms\.routes\.0: .*tag/,
    ],
    ['under mirror', `${MINIMAL}mirror: { inbox: true }`, /^mirror: .*inbox/],
  ])('refuses a word it does not know %s, by name', (_where, text, problem) => {
    const problems = problemsOf(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
  })

  it.each([
    [
      'a name with capitals',
      MINIMAL.replace('nordlys', 'Nordlys'),
      'name: use 1 to 40 lower-case letters, digits and dashes',
    ],
    [
      'a tag with a space',
      `${MINIMAL}sms: { tags: ['my tag'] }`,
      'sms.tags.0: a tag holds no spaces, commas or quotes',
    ],
    [
      'another resolution',
      `${MINIMAL}tickets: { resolvedOn: solved }`,
      'tickets.resolvedOn: only "closed" is carried out by this version',
    ],
  ])('refuses %s and says what to write', (_what, text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  it.each([
    ['0 seconds', 0, true],
    ['120 seconds', 120, true],
    ['less than nothing', -1, false],
    ['121 seconds', 121, false],
  ])('may hold a keyword for %s: %s', (_how, seconds, isRead) => {
    const text = `${MINIMAL}sms: { keywordHoldSeconds: ${seconds} }`
    expect(readBridgeFile(text, {}).ok).toBe(isRead)
  })

  it('names every problem at once, each with its place', () => {
    const problems = problemsOf(`
name: "Not a name"
zendesk: { url: "\${ZENDESK_URL}", clientId: a, clientSecret: b, extra: 1 }
sms: { tags: ["a b"], keywordHoldSeconds: soon }
`)
    const places = [
      variable('ZENDESK_URL'),
      'name:',
      'zendesk',
      'klaviyo:',
      'sms.tags.0:',
      'sms.keywordHoldSeconds:',
    ]
    for (const place of places) expect(problems.some((line) => line.startsWith(place))).toBe(true)
  })

  it.each([
    ['empty', ''],
    ['a list', '- a'],
    ['a word', 'nordlys'],
    ['broken', 'name: ['],
    ['two documents', 'name: a\n---\nname: b'],
    ['an alias without its anchor', `${MINIMAL}sms: { tags: *vip }`],
    ['a name given twice', `${MINIMAL}name: again`],
  ])('is refused in words when it is %s', (_what, text) => {
    expect(problemsOf(text)).toHaveLength(1)
  })

  it('refuses a file that unfolds without end', () => {
    const levels = 'bcdefghij'.split('').map((name, level) => {
      const inner = String.fromCharCode('a'.charCodeAt(0) + level)
      return `${name}: &${name} [${Array(10).fill(`*${inner}`).join(', ')}]`
    })
    expect(problemsOf(['a: &a [x]', ...levels].join('\n'))[0]).toMatch(/^not YAML: /)
  })
})

describe('a variable in bridge.yaml', () => {
  it('is replaced from the environment, also inside a text and more than once', () => {
    const text = MINIMAL.replace(
      'url: nordlys',
      `url: "${variable('SUB')}.${variable('DOMAIN')}/${variable('SUB')}"`,
    )
    const env = { SUB: 'nordlys', DOMAIN: 'zendesk.com' }
    expect(read(text, env).zendesk.url).toBe('nordlys.zendesk.com/nordlys')
  })

  it('is replaced in lists too', () => {
    expect(read(`${MINIMAL}sms: { tags: ["\${TAG}"] }`, { TAG: 'vip' }).sms.tags).toEqual(['vip'])
  })

  it('cannot change the form of the file, nor name another variable', () => {
    const text = MINIMAL.replace('pk_1', `${variable('KEY')}`)
    const hostile = `x }\nsms: { enabled: false } # ${variable('OTHER')} $& $1`
    const file = read(text, { KEY: hostile, OTHER: 'o' })
    expect([file.klaviyo.apiKey, file.sms.enabled]).toEqual([hostile, true])
  })

  it.each([
    ['not there', {}],
    ['empty', { KEY: '' }],
  ])('is named once when the variable is %s', (_what, env) => {
    const text = MINIMAL.replace('pk_1', `a${variable('KEY')}`).replace(
      'replyline',
      `b${variable('KEY')}`,
    )
    expect(problemsOf(text, env)).toEqual([
      `${variable('KEY')} is not set: put it into the environment or into .env`,
    ])
  })

  it('does not stop the rest of the file from being read', () => {
    expect(problemsOf(`${MINIMAL.replace('pk_1', `a${variable('KEY')}`)}unknown: 1`)).toHaveLength(
      2,
    )
  })
})

describe('a setting that is accepted but not carried out', () => {
  it('is named', () => {
    const file = read(`${MINIMAL}mirror: { campaigns: while_open, inboxReplies: true }`)
    expect(notCarriedOut(file).map((line) => line.split(':')[0])).toEqual([
      'mirror.campaigns',
      'mirror.inboxReplies',
    ])
  })

  it('is not named when it is off', () => {
    expect(notCarriedOut(read(MINIMAL))).toEqual([])
  })
})

describe("a route's number", () => {
  it.each([
    ['+1 (415) 555-0101', '+14155550101'],
    ['55501', '55501'],
  ])('%s is read as %s', (written, number) => {
    const read = readBridgeFile(`${MINIMAL}sms: { routes: [{ number: "${written}" }] }`, {})
    expect(read.ok && read.value.sms.routes[0]?.number).toBe(number)
  })

  it.each(['NORDLYS', '12', '+1415'])('%s is refused with the form it needs', (written) => {
    const read = readBridgeFile(`${MINIMAL}sms: { routes: [{ number: "${written}" }] }`, {})
    expect(read.ok ? [] : read.problem).toEqual([expect.stringContaining('+14155550101')])
  })
})
