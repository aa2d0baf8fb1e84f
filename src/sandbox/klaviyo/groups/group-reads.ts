import type { SandboxClock } from '../../core/clock.ts'
import type { Call } from '../api/call.ts'
import { showCollection } from '../api/collection.ts'
import { type Answer, refuseUnknown } from '../api/errors.ts'
import { type Resource, selfOf, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import { GROUP_SORTS, type Group, type GroupKind, isMatchingGroup } from './group.ts'
import { showMembers, toMemberResource } from './members.ts'

/** What lists and segments answer alike. */
export function createGroupReads<Of extends Group>(kind: GroupKind<Of>, clock: SandboxClock) {
  const { type } = kind
  const membersNow = (call: Call, group: Of) => kind.membersOf(call.account, group, clock.now())

  function members(call: Call, toResource: Parameters<typeof showMembers>[3]): Answer {
    return withGroup(kind, call, (group) =>
      showMembers(call, kind.memberRules, membersNow(call, group), toResource),
    )
  }

  function ofProfile(call: Call, toItem: (group: Of) => Resource | object): Answer {
    const hasProfile = (group: Of) =>
      membersNow(call, group).some(({ profile }) => profile.id === call.id)
    return showOfProfile(kind, call, hasProfile, toItem)
  }

  return {
    withGroup: (call: Call, then: (group: Of) => Answer) => withGroup(kind, call, then),
    show: (call: Call, group: Of, status: number) => show(kind, call, group, { status }),
    all: (call: Call) => showAll(kind, call),
    one: (call: Call) =>
      withGroup(kind, call, (group) => {
        const countOf = () => membersNow(call, group).length
        return showOne(kind, call, group, countOf)
      }),
    remove: (call: Call) =>
      withGroup(kind, call, ({ id }) => {
        kind.of(call.account).delete(id)
        return { status: 204 }
      }),

    members: (call: Call) =>
      members(call, (member, query) => toMemberResource(call, member, query, clock.now())),
    memberIds: (call: Call) => members(call, ({ profile: { id } }) => ({ type: 'profile', id })),
    ofProfile: (call: Call) => ofProfile(call, (group) => kind.toResource(group, call.url.origin)),
    idsOfProfile: (call: Call) => ofProfile(call, ({ id }) => ({ type, id })),

    /** Tags cannot be made here, and every flow is started by a metric: so there are none. */
    nothing: (call: Call) => withGroup(kind, call, () => showWhole(call, [])),
  }
}

function withGroup<Of extends Group>(
  { type, of }: GroupKind<Of>,
  { account, id }: Call,
  then: (group: Of) => Answer,
): Answer {
  const group = of(account).get(id)
  return group === undefined ? refuseUnknown(type, id) : then(group)
}

function showAll<Of extends Group>(kind: GroupKind<Of>, call: Call): Answer {
  return showCollection(call, {
    rules: kind.rules,
    items: [...kind.of(call.account).values()],
    sortKeys: GROUP_SORTS,
    keyOf: ({ id }) => id,
    isMatch: (group, comparison) => isMatchingGroup(group, kind.flagsOf(group), comparison),
    toResource: (group) => kind.toResource(group, call.url.origin),
  })
}

/** With how many belong, where that is asked for. */
function showOne<Of extends Group>(
  kind: GroupKind<Of>,
  call: Call,
  group: Of,
  countOf: () => number,
): Answer {
  const read = readQuery(call.url, { notEmulated: kind.rules.notEmulated ?? {} })
  if (!read.ok) return read.answer
  const isCounted = read.query.additionalOf(kind.type).includes('profile_count')
  return show(kind, call, group, {
    status: 200,
    more: isCounted ? { profile_count: countOf() } : {},
  })
}

function show<Of extends Group>(
  { type, toResource }: GroupKind<Of>,
  { url }: Call,
  group: Of,
  { status, more = {} }: { status: number; more?: Readonly<Record<string, unknown>> },
): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const resource = toResource(group, url.origin, more)
  const data = sparse(resource, read.query.fieldsOf(type))
  return { status, body: { data, links: { self: resource.links.self } } }
}

function showOfProfile<Of extends Group>(
  { type, of }: GroupKind<Of>,
  call: Call,
  hasProfile: (group: Of) => boolean,
  toItem: (group: Of) => Resource | object,
): Answer {
  const { account, id, url } = call
  if (account.profiles.get(id) === null) return refuseUnknown('profile', id)
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const fields = read.query.fieldsOf(type)
  const items = [...of(account).values()].filter(hasProfile).map(toItem)
  return showWhole(
    call,
    items.map((item) => ('links' in item ? sparse(item as Resource, fields) : item)),
  )
}

/** A list without pages. */
function showWhole({ url }: Call, data: readonly unknown[]): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
}
