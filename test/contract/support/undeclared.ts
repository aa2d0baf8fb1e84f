import { type Node, nodeAt } from './openapi-document.ts'

type Look = {
  readonly document: Node
  /** Whether a value fits the schema at a pointer: of the branches of a `oneOf` only that one counts. */
  fits(pointer: string, value: unknown): boolean
}

/**
 * Properties of a valid value that no schema names, each in one sentence. An object of which no
 * schema names any property is free, and so is one with `additionalProperties`.
 */
export function findUndeclared(look: Look, pointer: string, value: unknown): readonly string[] {
  return walk(look, [pointer], { value, at: '' })
}

type Place = { readonly value: unknown; readonly at: string }

function walk(look: Look, pointers: readonly string[], { value, at }: Place): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  const schemas = pointers.flatMap((pointer) => expand(look, pointer, value))
  const under = (keyword: string) => schemas.filter((pointer) => has(look, `${pointer}/${keyword}`))

  if (Array.isArray(value)) {
    const items = under('items').map((pointer) => `${pointer}/items`)
    return value.flatMap((item, index) => walk(look, items, { value: item, at: `${at}/${index}` }))
  }
  const naming = under('properties')
  if (naming.length === 0 || under('additionalProperties').length > 0) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = `properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const here = naming.map((pointer) => `${pointer}/${path}`).filter((each) => has(look, each))
    if (here.length === 0) return [`${at === '' ? '/' : at} has ${name}, undeclared`]
    return walk(look, here, { value: inner, at: `${at}/${name}` })
  })
}

/** The schemas that together describe a value: the one at the pointer, and what it is made of. */
function expand(look: Look, pointer: string, value: unknown): readonly string[] {
  const node = nodeAt(look.document, pointer)
  const named = typeof node.$ref === 'string' ? [node.$ref.slice(1)] : []
  const branches = ['oneOf', 'anyOf']
    .flatMap((keyword) => branchesOf(pointer, node, keyword))
    .filter((branch) => look.fits(branch, value))
  const parts = [...named, ...branchesOf(pointer, node, 'allOf'), ...branches]
  return [pointer, ...parts.flatMap((part) => expand(look, part, value))]
}

function branchesOf(pointer: string, node: Node, keyword: string): readonly string[] {
  const list = (node[keyword] ?? []) as readonly unknown[]
  return list.map((_, index) => `${pointer}/${keyword}/${index}`)
}

/** An empty schema is there too, so the keys of its owner are looked at. */
function has({ document }: Look, pointer: string): boolean {
  const end = pointer.lastIndexOf('/')
  const key = pointer
    .slice(end + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  return Object.hasOwn(nodeAt(document, pointer.slice(0, end)), key)
}
