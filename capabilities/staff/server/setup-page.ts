import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type AdministratorKind, administratorKinds } from '../setup.ts'

const desks: Record<AdministratorKind, { title: string; note: string }> = {
  system: { title: '系统管理员', note: '建账号、管参数、看运行；不能授权，不能看审计' },
  security: { title: '安全管理员', note: '授角色、重置口令、管证件；不能建账号' },
  auditor: { title: '安全审计员', note: '看审计、查账本；不能改任何内容' },
}

const field = (name: string, label: string, type = 'text', hint = '') =>
  `<label>${label}<input name="${name}" type="${type}" required autocomplete="off">${hint ? `<small>${hint}</small>` : ''}<em data-for="${name}"></em></label>`

const deskHtml = (kind: AdministratorKind) => `<fieldset><legend>${desks[kind].title}</legend><p>${desks[kind].note}</p>
${field(`${kind}.name`, '姓名')}${field(`${kind}.login`, '账号', 'text', '小写字母开头，3–30 位')}${field(`${kind}.password`, '临时口令', 'password', '至少 8 位，含三种字符；本人首次登录时须更换')}</fieldset>`

const STYLE = `body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2329;background:#f5f6f7;margin:0}
main{max-width:640px;margin:32px auto;background:#fff;padding:24px 32px;border-radius:8px}fieldset{border:1px solid #dee0e3;border-radius:6px;margin:20px 0;padding:8px 16px 16px}
legend{font-weight:600;padding:0 6px}label{display:block;margin-top:12px}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:7px 10px;border:1px solid #bbbfc4;border-radius:5px}
input:focus{outline:2px solid #1664ff55;border-color:#1664ff}small{color:#646a73}em{display:block;color:#c02a10;font-style:normal}em:empty{display:none}
button{font:inherit;background:#1664ff;color:#fff;border:0;border-radius:5px;padding:9px 24px}button[disabled]{opacity:.6}#said{margin-left:16px;color:#c02a10}`

const SCRIPT = `const form = document.querySelector('form'), said = document.getElementById('said'), button = form.querySelector('button');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  for (const box of document.querySelectorAll('em')) box.textContent = '';
  said.textContent = ''; button.disabled = true;
  const body = { token: new URLSearchParams(location.hash.slice(1)).get('token') || '' };
  for (const input of form.querySelectorAll('input')) {
    const [desk, key] = input.name.split('.');
    if (key) (body[desk] = body[desk] || {})[key] = input.value; else body[desk] = input.value;
  }
  try {
    const answer = await fetch('api/setup', { method: 'POST', headers: { 'content-type': 'application/json', 'x-angrid': '1' }, body: JSON.stringify(body) });
    if (answer.ok) { document.querySelector('main').innerHTML = '<h1>已建立</h1><p>三名管理员可以登录了，各自首次登录须更换口令。</p><p><a href="./">去登录</a></p>'; return; }
    const problem = await answer.json();
    said.textContent = problem.title;
    for (const wrong of problem.fields || []) { const box = document.querySelector('em[data-for="' + wrong.path + '"]'); if (box) box.textContent = wrong.message; }
  } catch { said.textContent = '网络不通，已填写的内容仍在，请重试'; }
  button.disabled = false;
});`

/** The page behind the set-up link. The token stands after `#`, so that it reaches no log of any proxy. */
export function serveSetupPage(app: FastifyInstance): void {
  app.get('/setup', (_request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`
    return reply.header('content-security-policy', policy).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>安格 首次设置</title><style nonce="${nonce}">${STYLE}</style></head><body><main>
<h1>首次设置</h1><p>填写本局和三名管理员（三员）。三人不得兼任，建账号与授权须由两人分别办理。本页只能使用一次。</p>
<form>${field('bureau', '本局全称')}${field('areaName', '区划名称', 'text', '如：××区')}${field('areaCode', '区划代码', 'text', '12 位统计用区划代码，区县一级后六位为 0')}
${administratorKinds.map(deskHtml).join('')}<button>建立</button><span id="said"></span></form></main><script nonce="${nonce}">${SCRIPT}</script></body></html>`)
  })
}
