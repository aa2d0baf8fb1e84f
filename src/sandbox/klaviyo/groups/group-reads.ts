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
  const { type, membersOf } = kind

  function withGroup({ account, id }: Call, then: (group: Of) => Answer): Answer {
    const group = kind.of(account).get(id)
    return group === undefined ? refuseUnknown(type, id) : then(group)
  }

  function members(call: Call, toResource: Parameters<typeof showMembers>[3]): Answer {
    return withGroup(call, (group) => {
      const all = membersOf(call.account, group, clock.now())
      return showMembers(call, kind.memberRules, all, toResource)
    })
  }

  function ofProfile(call: Call, toItem: (group: Of) => Resource | object): Answer {
    const read = readQuery(call.url, {})
    if (!read.ok) return read.answer
    const { account, id, url } = call
    if (account.profiles.get(id) === null) return refuseUnknown('profile', id)
    const isIn = (group: Of) =>
      membersOf(account, group, clock.now()).some(({ profile }) => profile.id === id)
    const fields = read.query.fieldsOf(type)
    const data = [...kind.of(account).values()]
      .filter(isIn)
      .map(toItem)
      .map((item) => ('links' in item ? sparse(item, fields) : item))
    return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
  }

  function show(call: Call, group: Of, status: number, more: object = {}): Answer {
    const read = readQuery(call.url, {})
    if (!read.ok) return read.answer
    const resource = kind.toResource(group, call.url.origin, { ...more })
    const data = sparse(resource, read.query.fieldsOf(type))
    return { status, body: { data, links: { self: resource.links.self } } }
  }

  return {
    withGroup,

    show,

    all: (call: Call) =>
      showCollection(call, {
        rules: kind.rules,
        items: [...kind.of(call.account).values()],
        sortKeys: GROUP_SORTS,
        keyOf: ({ id }) => id,
        isMatch: (group, comparison) => isMatchingGroup(group, kind.flagsOf(group), comparison),
        toResource: (group) => kind.toResource(group, call.url.origin),
      }),

    one: (call: Call) =>
      withGroup(call, (group) => {
        const read = readQuery(call.url, { notEmulated: kind.rules.notEmulated ?? {} })
        if (!read.ok) return read.answer
        const isCounted = read.query.additionalOf(type).includes('profile_count')
        const { length } = isCounted ? membersOf(call.account, group, clock.now()) : []
        return show(call, group, 200, isCounted ? { profile_count: length } : {})
      }),

    remove: (call: Call) =>
      withGroup(call, ({ id }) => {
        kind.of(call.account).delete(id)
        return { status: 204 }
      }),

    members: (call: Call) =>
      members(call, (member, query) => toMemberResource(call, member, query, clock.now())),

    memberIds: (call: Call) => members(call, ({ profile: { id } }) => ({ type: 'profile', id })),

    ofProfile: (call: Call) => ofProfile(call, (group) => kind.toResource(group, call.url.origin)),

    idsOfProfile: (call: Call) => ofProfile(call, ({ id }) => ({ type, id })),

    /** Tags cannot be made here, and every flow is started by a metric: so there are none. */
    nothing: (call: Call) =>
      withGroup(call, () => {
        const read = readQuery(call.url, {})
        if (!read.ok) return read.answer
        return {
          status: 200,
          body: { data: [], links: { self: selfOf(call.url), next: null, prev: null } },
        }
      }),
  }
}
