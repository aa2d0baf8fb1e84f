import { ConversationEnum, ConversationMessageEnum } from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const PHONE = `/phones/${encodeURIComponent('+14155550111')}/messages`

let contract: ContractSandbox
let sdk: Sdk
let profileId: string
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(async () => {
  await contract.control('POST', '/reset')
  contract.unlimited()
  const text = { to: '+14155550101', body: 'Hello' }
  profileId = (await contract.control<{ profileId: string }>('POST', PHONE, text)).profileId
})
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('conversations', contract.exchanges)
})

function message(id: string, body = 'It left today.') {
  return {
    data: {
      type: ConversationMessageEnum.ConversationMessage,
      attributes: { body },
      relationships: { conversation: { data: { type: ConversationEnum.Conversation, id } } },
    },
  }
}

async function conversationId(): Promise<string> {
  const { body } = await sdk.profiles.getConversationsForProfile(profileId)
  return body.data[0]?.id ?? ''
}

describe("Klaviyo's SDK, of a conversation", () => {
  it('sends a message, which is taken without a word and comes from the number that was texted', async () => {
    const { response } = await sdk.conversations.createConversationMessage(
      message(await conversationId()),
    )
    expect([response.status, response.data]).toEqual([202, ''])
    const shown = () => contract.control<object[]>('GET', PHONE)
    await expect.poll(shown).toHaveLength(2)
    expect(await shown()).toMatchObject([
      { direction: 'sent' },
      { direction: 'received', from: '+14155550101', body: 'It left today.' },
    ])
  })

  it('finds none for somebody who never wrote', async () => {
    const { body } = await sdk.profiles.getProfiles({
      filter: 'equals(phone_number,"+14155550112")',
    })
    const id = body.data[0]?.id ?? ''
    expect((await sdk.profiles.getConversationsForProfile(id)).body.data).toEqual([])
    expect((await sdk.profiles.getConversationIdsForProfile(id)).body.data).toEqual([])
  })

  it('finds the one used last by the older, singular call', async () => {
    const { body } = await sdk.profiles.getConversationForProfile(profileId)
    expect(body.data?.attributes.channel).toBe('sms')
    const { data } = (await sdk.profiles.getConversationIdForProfile(profileId)).body
    expect(data?.id).toBe(body.data?.id)
  })

  it('finds one per channel', async () => {
    await contract.control('POST', PHONE, { to: '+18005550100', body: 'Hi', channel: 'whatsapp' })
    const { body } = await sdk.profiles.getConversationsForProfile(profileId)
    const channels = body.data.map(({ attributes }) => attributes.channel)
    expect(channels.toSorted()).toEqual(['sms', 'whatsapp'])
    const ids = await sdk.profiles.getConversationIdsForProfile(profileId)
    expect(ids.body.data.map(({ id }) => id)).toEqual(body.data.map(({ id }) => id))
  })

  it('reaches somebody on WhatsApp for 24 hours after their text, and then no more', async () => {
    await contract.control('POST', PHONE, { to: '+18005550100', body: 'Hi', channel: 'whatsapp' })
    const { body } = await sdk.profiles.getConversationsForProfile(profileId)
    const id = body.data.find(({ attributes }) => attributes.channel === 'whatsapp')?.id ?? ''
    const shown = async () => (await contract.control<object[]>('GET', PHONE)).length
    contract.sandbox.world.clock.advance(86_000_000)
    await sdk.conversations.createConversationMessage(message(id, 'In time.'))
    await expect.poll(shown).toBe(3)
    contract.sandbox.world.clock.advance(1_000_000)
    const late = await sdk.conversations.createConversationMessage(message(id, 'Too late.'))
    expect(late.response.status).toBe(202)
    contract.sandbox.world.clock.advance(10_000)
    await contract.control('PUT', '/settings', { expired_whatsapp_reply: 'refused' })
    const refused = sdk.conversations.createConversationMessage(message(id, 'Too late again.'))
    expect(await refusalOf(refused)).toMatchObject({ status: 400, code: 'invalid' })
    expect(await shown()).toBe(3)
  })

  it('may not send without the grant, to any conversation, but may read', async () => {
    const id = await conversationId()
    await contract.control('PUT', '/grants', { conversations: false })
    for (const each of [id, 'none']) {
      const refused = sdk.conversations.createConversationMessage(message(each))
      expect(await refusalOf(refused)).toMatchObject({ status: 403, code: 'permission_denied' })
    }
    expect(await conversationId()).toBe(id)
  })

  it('is refused a conversation that is not there, and an empty message', async () => {
    const none = sdk.conversations.createConversationMessage(message('none'))
    expect(await refusalOf(none)).toMatchObject({ status: 404, code: 'not_found' })
    const empty = sdk.conversations.createConversationMessage(message(await conversationId(), ''))
    expect(await refusalOf(empty)).toMatchObject({ status: 400, code: 'invalid' })
  })
})
