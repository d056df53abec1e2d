import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

const STYLE = `body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b2733;background:#f3f5f8;margin:0}
main{max-width:960px;margin:24px auto;background:#fff;padding:20px 28px;border-radius:8px;box-sizing:border-box}h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:24px 0 8px}
table{width:100%;border-collapse:collapse;font-size:14px}td,th{border-bottom:1px solid #dde3ea;padding:7px 8px;text-align:left;vertical-align:top}th{color:#5a6775;font-weight:600;white-space:nowrap}
code{font:12px/1.6 ui-monospace,Consolas,monospace;word-break:break-all;color:#465361}.quiet{color:#5a6775}.gone{color:#6f7b88;text-decoration:line-through}.why{color:#8a5a00}a{color:#1d5bb8}
@media(max-width:640px){main{margin:0;border-radius:0;padding:16px}table,tbody,tr,td{display:block}thead{display:none}td{border:0;padding:2px 0}tr{border-bottom:1px solid #dde3ea;padding:8px 0}td[data-l]:before{content:attr(data-l)"：";color:#5a6775}}`

const SCRIPT = `const id = location.pathname.split('/').pop(), main = document.querySelector('main');
const el = (tag, text, cls) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (cls) e.className = cls; return e; };
const when = (t) => t ? new Date(t).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }) : '—';
const table = (heads, rows) => { const t = el('table'), h = el('thead'), r = el('tr'); heads.forEach((x) => r.append(el('th', x))); h.append(r); t.append(h); const b = el('tbody'); rows.forEach((cells) => { const tr = el('tr'); cells.forEach((c, i) => { const td = el('td'); td.dataset.l = heads[i]; if (c instanceof Node) td.append(c); else td.textContent = c; tr.append(td); }); b.append(tr); }); t.append(b); return t; };
const code = (text) => el('code', text || '—');
const stateZh = { FROZEN: '名单已冻结，等待承诺、揭示', DRAWN: '已抽取，尚未公示', PUBLISHED: '已公示', VOID: '已作废' };
fetch('../../api/public/draws/' + encodeURIComponent(id)).then(async (answer) => {
  const d = await answer.json();
  main.replaceChildren(el('h1', '随机抽取公示'));
  if (!answer.ok) { main.append(el('p', d.title || '打不开，请稍后再试')); return; }
  main.append(el('p', d.no + ' · ' + d.title + (d.campaignName ? ' · ' + d.campaignName : '') + ' · ' + stateZh[d.state], 'quiet'));
  if (d.voidReason) main.append(el('p', '作废理由：' + d.voidReason, 'why'));
  main.append(el('h2', '怎样保证谁也不能挑选'), el('p', '名单先冻结并公布摘要；两方以上各交一个看不出内容的承诺；在公共随机值产生之前全部揭示；冻结摘要、各方原文、公共随机值合成种子，由种子算出结果。任何人可以下载文件重算。'));
  main.append(table(['项目', '内容'], [['冻结名单', d.poolSize + ' 家，' + when(d.frozenAt) + '，' + d.frozenByName], ['名单和规则的摘要', code(d.poolHash)], ['公共随机值', d.publicSource + '，' + when(d.publicAt) + '产生' + (d.publicValue ? '：' + d.publicValue : '')], ['种子', code(d.seed)], ['抽取人', d.drawnByName ? d.drawnByName + '，' + when(d.drawnAt) : '—']]));
  main.append(el('h2', '承诺与揭示'), d.parties.length ? table(['承诺方', '承诺（SHA-256）', '承诺时间', '揭示的原文'], d.parties.map((p) => [p.name + (p.organisation ? '（' + p.organisation + '）' : ''), code(p.commitment), when(p.committedAt), p.secret || (p.revealedAt ? '已揭示，公示时列出' : '未揭示')])) : el('p', '还没有人交承诺', 'quiet'));
  main.append(el('h2', '分层'), table(['层', '名单家数', '抽取家数', '备选家数'], d.strata.filter((s) => s.size > 0).map((s) => [s.name, String(s.size), String(s.asked), String(s.reserves)])));
  if (d.results.length) {
    main.append(el('h2', '结果'), table(['次序', '对象', '执法人员', '说明'], d.results.filter((r) => !r.reserve).map((r) => [r.stratum + '-' + r.order, el('span', r.name, r.replaced ? 'gone' : ''), r.officers.map((o) => o.name + '（' + o.certificate + '）').join('、') || '—', el('span', [r.replaced ? '已更换：' + r.replaced.reason + '，' + r.replaced.note + '（' + r.replaced.byName + '，' + when(r.replaced.at) + '）' : '', ...r.notes].filter(Boolean).join('；'), 'why')])));
    const link = el('a', '下载可重算的文件'); link.href = '../../api/public/draws/' + encodeURIComponent(id) + '/file'; const p = el('p'); p.append(link, document.createTextNode('，用 npm run verify-draw -- 文件名 重算。')); main.append(p);
  }
}).catch(() => main.replaceChildren(el('h1', '随机抽取公示'), el('p', '网络不通，请稍后再试')));`

/** 公示: a page of its own without an account; the numbers come from the public operation. */
export function serveDrawPage(app: FastifyInstance): void {
  app.get('/public/draws/:id', (_request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`
    return reply.header('content-security-policy', policy).header('cache-control', 'no-store').type('text/html; charset=utf-8')
      .send(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>随机抽取公示</title><style nonce="${nonce}">${STYLE}</style></head><body><main><h1>随机抽取公示</h1><p>正在读取…</p></main><script nonce="${nonce}">${SCRIPT}</script></body></html>`)
  })
}
