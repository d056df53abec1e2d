import { expect, it } from 'vitest'
import { isTooOld } from './release.ts'

it.each([
  ['the newest', '7', false], ['with its build', '7+3fa9c2', false], ['the one before', '6', false], ['two before', '5', true], ['older with a build', '5+x', true],
  ['newer than the server', '8', false], ['nothing said: the desk', undefined, false], ['a word', 'web', false],
])('%s', (_, app, expected) => {
  expect(isTooOld(app, ['7', '6', '5'])).toBe(expected)
})
it('with one release known, nothing is too old but what came before it', () => {
  expect([isTooOld('1', ['1']), isTooOld('0', ['1'])]).toEqual([false, true])
})
