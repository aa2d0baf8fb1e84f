type SettingValue = string | number | boolean

type SettingDefinition<Value extends SettingValue> = {
  readonly name: string
  /** The allowed values, or `milliseconds` for any whole number from 0. */
  readonly values: readonly Value[] | 'milliseconds'
  readonly default: Value
  /** Where the doubt comes from: a page, an inference, an observation. */
  readonly source: string
  readonly about: string
}

type ListedSetting = SettingDefinition<SettingValue> & { readonly value: SettingValue }

export type Settings = {
  /** Registers a switch and answers how to read it. Defining a name twice is a mistake. */
  define<const Value extends SettingValue>(definition: SettingDefinition<Value>): () => Value
  get(name: string): SettingValue
  /** Changes a switch, or answers in words why not. `on`/`off` also accept true and false. */
  set(name: string, value: unknown): string | null
  list(): ListedSetting[]
  reset(): void
}

/** Each doubtful fact about a platform as a switch, so that both readings can be tried. */
export function createSettings(): Settings {
  const definitions = new Map<string, SettingDefinition<SettingValue>>()
  const values = new Map<string, SettingValue>()

  function get(name: string): SettingValue {
    const value = values.get(name)
    if (value === undefined) throw new Error(`no sandbox setting is called ${name}`)
    return value
  }

  return {
    define(definition) {
      if (definitions.has(definition.name)) throw new Error(`${definition.name} is defined twice`)
      definitions.set(definition.name, definition)
      values.set(definition.name, definition.default)
      // Safe: set() lets through nothing that the definition does not allow.
      return () => get(definition.name) as never
    },

    get,

    set(name, given) {
      const definition = definitions.get(name)
      if (definition === undefined) return `no sandbox setting is called ${name}`
      const value = understand(definition, given)
      if (value === null) return `${name} must be ${allowed(definition)}`
      values.set(name, value)
      return null
    },

    list: () =>
      [...definitions.values()].map((definition) => ({
        ...definition,
        value: get(definition.name),
      })),

    reset() {
      for (const definition of definitions.values()) values.set(definition.name, definition.default)
    },
  }
}

function understand(
  { values }: SettingDefinition<SettingValue>,
  given: unknown,
): SettingValue | null {
  if (values === 'milliseconds') {
    return typeof given === 'number' && Number.isInteger(given) && given >= 0 ? given : null
  }
  const exact = values.find((value) => value === given)
  if (exact !== undefined) return exact
  if (typeof given !== 'boolean') return null
  return values.find((value) => value === (given ? 'on' : 'off')) ?? null
}

function allowed({ values }: SettingDefinition<SettingValue>): string {
  if (values === 'milliseconds') return 'a whole number of milliseconds, 0 or more'
  return `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
}
