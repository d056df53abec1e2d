import type { ChecklistItem } from '../../../capabilities/checklist/checklist.ts'
import { isMeantFor } from '../../../capabilities/checklist/checklist.ts'
import { suggestItems } from '../../../capabilities/checklist/search.ts'
import type { ChecklistRow, SiteRow } from '../../../capabilities/sync/rows.ts'

export interface Guess {
  readonly versionId: string
  readonly list: string
  readonly item: ChecklistItem
}

/** What was found how often on this phone: `versionId/itemCode` → times. */
export type Habit = Readonly<Record<string, number>>
export const habitKey = (guess: Pick<Guess, 'item'>): string => guess.item.code

/** Every item of the lists that may be named here: those meant for the place first, each code once. */
export function dictionaryOf(lists: readonly ChecklistRow[], site: Pick<SiteRow, 'kind' | 'tags' | 'sector'> | undefined): Guess[] {
  const fits = (list: ChecklistRow) => (site && isMeantFor(list.appliesTo, site) ? (list.appliesTo.siteKinds.length > 0 ? 0 : 1) : 2)
  const seen = new Set<string>()
  return [...lists]
    .filter((list) => list.state === 'PUBLISHED')
    .sort((a, b) => fits(a) - fits(b))
    .flatMap((list) => list.items.map((item) => ({ versionId: list.id, list: list.name, item })))
    .filter((guess) => !seen.has(guess.item.code) && seen.add(guess.item.code))
}

/** Three guesses: by the words typed; without words by what is found here most often, then by weight. */
export function guessesOf(dictionary: readonly Guess[], words: string, habit: Habit, limit = 3): Guess[] {
  if (words.trim() !== '') {
    const byItem = new Map(dictionary.map((guess) => [guess.item, guess]))
    return suggestItems(words, dictionary.map((guess) => guess.item), limit).flatMap(({ found }) => byItem.get(found) ?? [])
  }
  const weight = (guess: Guess) => (habit[habitKey(guess)] ?? 0) * 10 + (guess.item.severity === 'STOP_USE' ? 2 : guess.item.severity === 'MAJOR' ? 0 : 1)
  const ranked = dictionary.map((guess, at) => ({ guess, at, weight: weight(guess) + (guess.item.evidence === 'PHOTO' ? 3 : 0) }))
  return ranked.sort((a, b) => b.weight - a.weight || a.at - b.at).slice(0, limit).map(({ guess }) => guess)
}
