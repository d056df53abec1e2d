import { useMemo, useState } from 'react'
import { HAZARD_CATEGORIES } from '../../../capabilities/checklist/taxonomy.ts'
import type { ChecklistRow } from '../../../capabilities/sync/rows.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { AfterPhoto } from '../parts/AfterPhoto.tsx'
import { Photos } from '../parts/camera.tsx'
import { Block } from '../parts/page.tsx'
import { Refusal, Tag } from '../parts/states.tsx'
import { type DraftFinding, findingOfItem, type Place } from '../visit/draft.ts'
import { dictionaryOf, type Guess, guessesOf, type Habit } from './guess.ts'
import { LevelHelp } from './LevelHelp.tsx'

const PLACES = ['店内', '门口', '厨房', '仓库', '车间', '配电箱旁', '楼梯间', '疏散通道'] as const

interface Props {
  readonly finding: DraftFinding
  readonly site: Place
  readonly lists: readonly ChecklistRow[]
  readonly habit: Habit
  readonly onChange: (more: Partial<DraftFinding>) => void
  readonly gaps: readonly string[]
  /** The item is known: it came from a checklist. */
  readonly fixedItem?: boolean
}

/** One finding: picture, what it is, where, how grave, put right or until when. Everything but the picture is filled in already. */
export function FindingForm({ finding, site, lists, habit, onChange, gaps, fixedItem }: Props) {
  const known = finding.itemCode !== undefined || finding.description !== ''
  return (
    <>
      <Block><Photos ids={finding.before} label="拍隐患" place={site.address} onChange={(before) => onChange({ before })} auto={finding.before.length === 0} /></Block>
      {fixedItem ? null : <ItemPick finding={finding} site={site} lists={lists} habit={habit} onChange={onChange} />}
      <Block title="部位">
        <div className="f-chips">{PLACES.map((place) => <button key={place} type="button" aria-pressed={finding.location === place} onClick={() => onChange({ location: place })}>{place}</button>)}</div>
        <input className="f-input" value={finding.location} maxLength={100} placeholder="或写明，如：1楼东侧喷漆房" aria-label="部位" onChange={(event) => onChange({ location: event.target.value })} />
      </Block>
      {known ? <Details finding={finding} site={site} onChange={onChange} /> : null}
      {gaps.length > 0 ? <Refusal title={gaps.join('；')} /> : null}
    </>
  )
}

/** Three guesses from the dictionary on the phone: by what was typed, else by what is found at such places. */
function ItemPick({ finding, site, lists, habit, onChange }: Pick<Props, 'finding' | 'site' | 'lists' | 'habit' | 'onChange'>) {
  const [words, setWords] = useState('')
  const dictionary = useMemo(() => dictionaryOf(lists, site), [lists, site])
  const guesses = useMemo(() => guessesOf(dictionary, words, habit, words.trim() ? 5 : 3), [dictionary, words, habit])
  const chosen = dictionary.find((guess) => guess.item.code === finding.itemCode)
  const take = ({ versionId, item }: Guess) => {
    const { id: _, before: _b, after: _a, fixed: _f, location: _l, ...defaults } = findingOfItem(finding.id, versionId, item, finding.fixed)
    onChange({ ...defaults, clauseId: defaults.clauseId, ...(finding.location ? {} : { location: PLACES[0] }) })
  }
  const free = () => onChange({ itemCode: undefined, versionId: undefined, category: 'XC-99', description: words.trim(), requirement: finding.requirement || '立即整改，消除隐患', ...(finding.location ? {} : { location: PLACES[0] }) })
  if (chosen) {
    return (
      <Block title="是什么问题" right={<button type="button" className="f-link" onClick={() => onChange({ itemCode: undefined, versionId: undefined, description: '' })}>换一项</button>}>
        <p>{chosen.item.content} <Tag>{chosen.item.code}</Tag></p>
      </Block>
    )
  }
  return (
    <Block title="是什么问题">
      <input className="f-input" value={words} placeholder="看到什么说什么，如：煤气罐在店里" aria-label="看到什么" onChange={(event) => setWords(event.target.value)} />
      <div className="f-guesses">
        {guesses.map((guess) => <button key={guess.item.code} type="button" className="f-guess" onClick={() => take(guess)}>{guess.item.content}<span className="f-quiet">{guess.list} {guess.item.code}</span></button>)}
        {words.trim() ? <button type="button" className="f-guess" onClick={free}>都不是，就按“{words.trim().slice(0, 20)}”上报</button> : null}
      </div>
    </Block>
  )
}

function Details({ finding, site, onChange }: Pick<Props, 'finding' | 'site' | 'onChange'>) {
  const day = localDate(serverNow())
  return (
    <Block title="情况与要求">
      <label className="f-field">情况<textarea className="f-area" value={finding.description} maxLength={500} onChange={(event) => onChange({ description: event.target.value })} /></label>
      <label className="f-field">整改要求<textarea className="f-area" value={finding.requirement} maxLength={500} onChange={(event) => onChange({ requirement: event.target.value })} /></label>
      {finding.itemCode ? null : <label className="f-field">类别<select className="f-input" value={finding.category} onChange={(event) => onChange({ category: event.target.value })}>{HAZARD_CATEGORIES.map((category) => <option key={category.code} value={category.code}>{category.name}</option>)}</select></label>}
      <LevelHelp finding={finding} site={site} onChange={onChange} />
      <div className="f-choice" role="radiogroup" aria-label="整改方式">
        <button type="button" role="radio" aria-checked={!finding.fixed} onClick={() => onChange({ fixed: false })}>限期整改</button>
        <button type="button" role="radio" aria-checked={finding.fixed} disabled={finding.level === 'MAJOR'} onClick={() => onChange({ fixed: true })}>现场已改</button>
      </div>
      {finding.fixed ? (
        <AfterPhoto before={finding.before[0]} ids={finding.after} place={site.address} onChange={(after) => onChange({ after })} />
      ) : (
        <>
          <div className="f-chips" role="radiogroup" aria-label="整改天数">{[0, 3, 7, 15, 30].map((days) => <button key={days} type="button" role="radio" aria-checked={finding.days === days} aria-pressed={finding.days === days} onClick={() => onChange({ days })}>{days === 0 ? '立即' : `${days} 天`}</button>)}</div>
          <p className="f-quiet">{finding.days === 0 ? '要求立即整改' : `建议 ${zhDate(addDays(day, finding.days))} 前改完；以核定和文书为准`}；责任人：{site.principal ?? '企业负责人'}</p>
        </>
      )}
    </Block>
  )
}
