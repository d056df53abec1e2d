import { describe, expect, it } from 'vitest'
import { ticketIn } from './ticket.ts'

const at = 'https://gate.example/angrid/field/'

describe('a ticket in the address', () => {
  it.each([
    ['before the hash', `${at}?platform=lanzheng&ticket=abc-12345678&from=app#/hazard/7`, `${at}?from=app#/hazard/7`],
    ['behind the hash', `${at}#/hazard/7?q=1&platform=lanzheng&ticket=abc-12345678`, `${at}#/hazard/7?q=1`],
    ['alone', `${at}?ticket=abc-12345678&platform=lanzheng`, at],
  ])('%s is read and taken out, the rest stays', (_, address, rest) => {
    expect(ticketIn(address)).toEqual({ found: { platform: 'lanzheng', ticket: 'abc-12345678' }, rest })
  })
  it('half of it is none', () => {
    expect(ticketIn(`${at}?platform=lanzheng#/`)).toBeUndefined()
    expect(ticketIn(`${at}?ticket=abc-12345678`)).toBeUndefined()
    expect(ticketIn(`${at}#/find?q=1`)).toBeUndefined()
  })
})
