import { dirname, join } from 'node:path'

/** A source file, by its path below `src/`. */
export type Source = { readonly file: string; readonly text: string }

/** Folder → the folders it may import. Anything absent is forbidden; the arrows only go down. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  conversations: ['kernel'],
  metrics: ['conversations', 'kernel'],
  outbound: ['kernel'],
  zendesk: ['outbound', 'kernel'],
  klaviyo: ['outbound', 'kernel'],
  embedded: ['kernel'],
  // The database's functions know the types they store, and nothing that acts.
  db: ['conversations', 'metrics', 'kernel'],
  engine: ['db', 'zendesk', 'klaviyo', 'outbound', 'metrics', 'conversations', 'kernel'],
  connections: ['engine', 'db', 'zendesk', 'klaviyo', 'outbound', 'conversations', 'kernel'],
  doctor: [
    'connections',
    'engine',
    'db',
    'zendesk',
    'klaviyo',
    'outbound',
    'conversations',
    'kernel',
  ],
  operators: ['db', 'kernel'],
  http: [
    'doctor',
    'connections',
    'operators',
    'engine',
    'db',
    'zendesk',
    'klaviyo',
    'conversations',
    'kernel',
  ],
  // An emulator that shares our code shares our mistakes.
  sandbox: [],
}

/** Folders, and islands elsewhere, without I/O, clock, randomness or environment. */
const PURE = [
  'kernel/',
  'conversations/',
  'metrics/',
  'engine/lanes.ts',
  'engine/outcome.ts',
  'engine/own-marks.ts',
  'engine/retry.ts',
  'engine/storable-json.ts',
  'engine/translate-klaviyo.ts',
  'engine/translate-zendesk.ts',
  'connections/settings.ts',
  'connections/zendesk-address.ts',
  'doctor/judge/',
  'http/parse-json.ts',
]

/** What only some files may do: a pattern, and where it may stand. */
const DOORS: readonly { readonly what: string; readonly pattern: RegExp; readonly at: RegExp }[] = [
  {
    what: 'reads the clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)/,
    at: /^(follow-clock\.ts|sandbox\/)/,
  },
  { what: 'reads the environment', pattern: /\bprocess\.env\b/, at: /^(cli|sandbox)\// },
  {
    what: 'uses chance',
    pattern: /\b(Math\.random|randomBytes|randomUUID|randomInt)\b/,
    at: /^(app\.ts|cli\/|sandbox\/|operators\/|connections\/(seal|secret-key|chance)\.ts)/,
  },
  {
    what: 'calls out over HTTP',
    pattern: /\bfetch\(|from 'undici'/,
    at: /^(outbound|sandbox|cli\/demo)\//,
  },
  {
    what: 'writes SQL',
    pattern: /['"`]\s*(select|insert into|update|delete from|create table)\s/i,
    at: /^(db|embedded|sandbox)\/|^engine\/(parking|claim)\.ts$/,
  },
]

const IMPURE =
  /\b(Date\.now|new Date\(\)|Math\.random|performance|process\.|fetch\()|from '(node:|pg|hono|undici)/

/** Every rule that a set of sources breaks, one sentence each. */
export function violations(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => [
    ...wrongImports(source),
    ...impurities(source),
    ...wrongDoors(source),
    ...mixedWorlds(source),
  ])
}

function wrongImports({ file, text }: Source): readonly string[] {
  const folder = folderOf(file)
  const allowed = MAY_IMPORT[folder]
  if (allowed === undefined) return []
  return importsOf({ file, text })
    .map((target) => folderOf(target))
    .filter((target) => target !== folder && !allowed.includes(target))
    .map((target) => `${file} imports ${target}, which ${folder} may not`)
}

function impurities({ file, text }: Source): readonly string[] {
  const isPure = PURE.some((place) =>
    place.endsWith('/') ? file.startsWith(place) : file === place,
  )
  const found = IMPURE.exec(withoutComments(text))
  return isPure && found !== null ? [`${file} must be pure, but has ${found[0]}`] : []
}

function wrongDoors({ file, text }: Source): readonly string[] {
  const code = withoutComments(text)
  return DOORS.filter(({ pattern, at }) => pattern.test(code) && !at.test(file)).map(
    ({ what }) => `${file} ${what}`,
  )
}

/** Only the engine joins a platform with the core. */
function mixedWorlds(source: Source): readonly string[] {
  const folders = importsOf(source).map(folderOf)
  const hasPlatform = folders.includes('zendesk') || folders.includes('klaviyo')
  const hasCore = folders.includes('conversations') || folders.includes('metrics')
  return hasPlatform && hasCore && folderOf(source.file) !== 'engine'
    ? [`${source.file} joins a platform with the core`]
    : []
}

/** The paths below `src/` that a file imports. */
function importsOf({ file, text }: Source): readonly string[] {
  return [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path]) =>
    join(dirname(file), path ?? ''),
  )
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
