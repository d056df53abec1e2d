import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { Db, Tx } from '../../../kernel/server/db.ts'
import { escaped } from '../../../kernel/server/html.ts'
import type { Edition } from '../briefing.ts'
import { figureLine, notReported } from '../briefing-page.ts'
import { rateText } from '../wording.ts'
import { editionsOf, published, publishedList, type StoredEdition } from './briefing-store.ts'

const STYLE = `body{font:17px/1.9 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2329;background:#f4f6f8;margin:0}
main{box-sizing:border-box;max-width:820px;margin:0 auto;background:#fff;min-height:100vh;padding:32px 40px}h1{font-size:28px;line-height:1.4;text-align:center;margin:8px 0}h2{font-size:19px;margin:28px 0 8px}
.head{text-align:center;color:#5c6672}.note{border-left:4px solid #b26a00;background:#fff7e8;padding:8px 16px;margin:16px 0}p{text-indent:2em;margin:10px 0}p.flat,li{text-indent:0}
a{color:#1f5fae;text-decoration:none;border-bottom:1px solid #a9c3e2}a:focus-visible{outline:3px solid #1f5fae;outline-offset:2px}section.f{border-top:1px solid #e3e8ee;padding:12px;scroll-margin-top:16px}section.f:target{background:#eef4fc}
section.f h3{margin:0;font-size:17px}section.f b{font-size:22px}dl{display:grid;grid-template-columns:7em 1fr;gap:2px 12px;margin:6px 0}dt{color:#5c6672}dd{margin:0}ul{padding-left:1.4em}.back{font-size:15px}
.big{display:none}#big:checked~main{font-size:22px}#big:checked~main h1{font-size:34px}label{cursor:pointer;border:1px solid #c5ced8;border-radius:4px;padding:6px 12px;display:inline-block}#big{position:absolute;opacity:0}#big:focus-visible~main label{outline:3px solid #1f5fae}
@media(max-width:600px){main{padding:20px 16px}h1{font-size:23px}dl{grid-template-columns:1fr}dt{margin-top:4px}}@media print{label,.back{display:none}body,main{background:#fff}a{color:inherit;border:0}section.f{break-inside:avoid}}`
// No script at all, nothing from elsewhere; the one sheet of styles is named by its hash.
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><input type="checkbox" id="big" aria-label="大字"><main>${body}</main></body></html>`

/** Published briefings for anybody: the numbers as printed, what they mean, and what was corrected. No list, no firm, no person but the credit. */
export function servePublicBriefings(app: FastifyInstance, db: Db): void {
  const tx = db.all as unknown as Tx
  const send = (reply: { header(name: string, value: string): typeof reply; status(code: number): typeof reply; type(type: string): typeof reply; send(body: string): unknown }, status: number, html: string) =>
    reply.status(status).header('content-security-policy', POLICY).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html)
  app.get('/public/briefings', async (_request, reply) => send(reply as never, 200, listPage(await publishedList(tx))))
  app.get<{ Params: { id: string } }>('/public/briefings/:id', async (request, reply) => {
    const { id } = request.params
    const state = ID.test(id) ? await published(tx, id) : undefined
    if (!state) return send(reply as never, 404, page('没有这份简报', '<h1>没有这份简报</h1><p class="flat">可能还没有发布。<a href="/public/briefings">查看已发布的简报</a></p>'))
    const editions = await editionsOf(tx, id)
    const last = editions.at(-1)!
    if (state.state === 'WITHDRAWN') return send(reply as never, 410, page(last.content.title, `<h1>${escaped(last.content.title)}</h1><div class="note" role="note">本简报已于${zhDateTime(state.withdrawnAt!)}撤回：${escaped(state.withdrawnWhy ?? '')}</div>`))
    return send(reply as never, 200, briefingPage(editions, last))
  })
}

const listPage = (rows: readonly { id: string; title: string; issue: string; publishedAt: string }[]): string =>
  page('简报', `<h1>简报</h1>${rows.length ? `<ul>${rows.map((row) => `<li><a href="/public/briefings/${row.id}">${escaped(row.title)}</a> ${escaped(row.issue)} ${zhDateTime(row.publishedAt)}</li>`).join('')}</ul>` : '<p class="flat">还没有发布简报。</p>'}`)

function briefingPage(editions: readonly StoredEdition[], last: StoredEdition): string {
  const { content } = last
  const notes = editions.filter((edition) => edition.note).map((edition) => `<div class="note" role="note">更正（${zhDateTime(edition.publishedAt)}，第${edition.number}版）：${escaped(edition.note!)}</div>`)
  const shown = new Set(content.figures.map((figure) => figure.metric))
  const text = content.paragraphs.map((pieces) => {
    const plain = pieces.map((piece) => piece.text).join('').trim()
    if (/^[一二三四五六七八九十]+、/.test(plain) && plain.length < 30) return `<h2>${escaped(plain)}</h2>`
    return `<p>${pieces.map((piece) => (piece.metric && shown.has(piece.metric) ? `<a href="#${piece.metric}" title="看口径和分子分母">${escaped(piece.text)}</a>` : escaped(piece.text))).join('')}</p>`
  })
  const credit = [content.credit.writer && `撰稿：${content.credit.writer}`, content.credit.editor && `责任编辑：${content.credit.editor}`, content.credit.reviewer && `审核：${content.credit.reviewer}`].filter(Boolean).join('　')
  return page(content.title, `<p class="flat back"><a href="/public/briefings">全部简报</a> <label for="big">大字</label></p><div class="head">${escaped(content.agency)} ${escaped(content.issue)}</div><h1>${escaped(content.title)}</h1>
<div class="head">发布 ${zhDateTime(editions[0]!.publishedAt)}　数据截至 ${zhDateTime(content.cutOff)}</div>${notes.join('')}${text.join('\n')}<p class="flat">${escaped(credit)}</p>
<h2>这些数是怎么来的</h2><p class="flat">应报${content.units.length}个单位，已报${content.units.filter((u) => u.reported).length}个${escaped(notReported(content))}。数在${zhDateTime(content.frozenAt)}冻结（快照第${content.snapshotNumber}版），此后不随数据变动；如有更正，另立新版并在此列出。</p>
${content.figures.map((figure) => figureHtml(figure, editions)).join('\n')}${content.sources.map((s) => `<section class="f"><h3>${escaped(s.text)}</h3><dl><dt>来源</dt><dd>${escaped(s.source)}</dd></dl></section>`).join('')}`)
}

const printed = (figure: Edition['figures'][number]): string => (figure.nature === 'RATE' ? rateText(figure.numerator ?? 0, figure.denominator ?? 0, figure.digits) : `${figure.value}${figure.unit}`)

function figureHtml(figure: Edition['figures'][number], editions: readonly StoredEdition[]): string {
  const history = editions.flatMap((edition) => {
    const then = edition.content.figures.find((one) => one.metric === figure.metric)
    return then ? [`<li>第${edition.number}版（${zhDateTime(edition.publishedAt)}）：${escaped(printed(then))}，数据截至${zhDateTime(edition.content.cutOff)}${edition.note ? `，${escaped(edition.note)}` : ''}</li>`] : []
  })
  const both = figure.nature === 'RATE' ? `<dt>分子</dt><dd>${figure.numerator}</dd><dt>分母</dt><dd>${figure.denominator}</dd>` : ''
  return `<section class="f" id="${figure.metric}" aria-label="${escaped(figureLine(figure))}"><h3>${escaped(figure.name)} <b>${escaped(printed(figure))}</b></h3><dl>${both}<dt>口径</dt><dd>${escaped(figure.definition)}</dd><dt>去重</dt><dd>${escaped(figure.once)}</dd><dt>口径版本</dt><dd>第${figure.definitionVersion}版${figure.changedOn ? `，自${figure.changedOn}起` : ''}</dd>
<dt>期间内数</dt><dd>截至冻结时</dd>${figure.source ? `<dt>来源</dt><dd>${escaped(figure.source)}</dd>` : ''}</dl>${history.length > 1 ? `<ul>${history.join('')}</ul>` : ''}</section>`
}
