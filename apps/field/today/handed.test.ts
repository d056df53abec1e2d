import { describe, expect, it } from 'vitest'
import { handedBack } from './handed.ts'

const item = (state: 'waiting' | 'sending' | 'done' | 'refused' | 'held', baseVersion = 3, operation = 'visit.handBack') => ({ operation, aggregate: 'visit:v', state, input: { id: 'v', baseVersion, reason: '须回避' } })

describe('an arranged visit that I handed back', () => {
  it.each([['waiting', true], ['sending', true], ['done', true], ['refused', false], ['held', false]] as const)('%s: %s', (state, gone) => {
    expect(handedBack({ id: 'v', version: 3 }, [item(state)])).toBe(gone)
  })
  it('arranged anew it is mine again; another visit, and another act, are not meant', () => {
    expect(handedBack({ id: 'v', version: 4 }, [item('done')])).toBe(false)
    expect(handedBack({ id: 'w', version: 3 }, [item('done')])).toBe(false)
    expect(handedBack({ id: 'v', version: 3 }, [item('done', 3, 'visit.record')])).toBe(false)
  })
})
