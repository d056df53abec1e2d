import { z } from 'zod'
import { command, PUBLIC, query, SIGNED_IN } from '../../kernel/core/operation.ts'
import { peopleOperations } from './people-operations.ts'
import { Setup } from './setup.ts'
import { Bind, ChangePassword, Display, Done, Identity, Me, MySession, SignIn, SignInWays, TicketSignIn } from './staff.ts'

const identities = z.object({ rows: z.array(Identity) })

export const operations = {
  signIn: command('POST /sign-in', { summary: '登录', input: SignIn, output: Me.extend({ setCookie: z.string().optional() }), verb: PUBLIC, keyless: true, perMinute: 120, problems: ['staff.wrong_password', 'staff.locked', 'staff.disabled'] }),
  signInByTicket: command('POST /sign-in/ticket', { summary: '用平台票据登录', input: TicketSignIn, output: Me.extend({ setCookie: z.string().optional() }), verb: PUBLIC, keyless: true, perMinute: 60, problems: ['staff.ticket_refused', 'staff.ticket_used', 'staff.not_bound', 'staff.platform_away', 'staff.platform_unknown', 'staff.disabled'] }),
  signInWays: query('GET /sign-in/ways', { summary: '可以怎样登录', input: z.strictObject({}), output: SignInWays, verb: PUBLIC, perMinute: 300 }),
  identities: query('GET /people/:id/identities', { summary: '绑定的平台身份', input: z.strictObject({ id: z.uuid() }), output: identities, verb: 'staff.account' }),
  bindIdentity: command('POST /people/:id/identities', { summary: '绑定平台身份', input: Bind, output: identities, verb: 'staff.account', problems: ['staff.platform_unknown', 'staff.no_account', 'account.identity_once'] }),
  unbindIdentity: command('POST /people/:id/identities/:identityId/unbind', { summary: '解除平台身份绑定', input: z.strictObject({ id: z.uuid(), identityId: z.uuid() }), output: identities, verb: 'staff.account' }),
  signOut: command('POST /sign-out', { summary: '退出', input: z.strictObject({}), output: Done.extend({ setCookie: z.string().optional() }), verb: SIGNED_IN, keyless: true }),
  me: query('GET /me', { summary: '我是谁、能做什么', input: z.strictObject({}), output: Me, verb: SIGNED_IN }),
  sessions: query('GET /me/sessions', { summary: '自己最近的登录', input: z.strictObject({}), output: z.object({ rows: z.array(MySession) }), verb: SIGNED_IN }),
  startDisplay: command('POST /display-sessions', { summary: '大屏长期展示：在这块屏幕上连续显示画面；写明原来的一处即为续期', input: z.strictObject({ replaces: z.uuid().optional() }), output: Display.extend({ setCookie: z.string().optional() }), verb: 'statistics.read', keyless: true, perMinute: 20, problems: ['staff.display_many'] }),
  changePassword: command('POST /me/password', { summary: '修改自己的口令', input: ChangePassword, output: Done, verb: SIGNED_IN, keyless: true, perMinute: 20, problems: ['staff.wrong_password', 'staff.password_short', 'staff.password_simple', 'staff.password_used'] }),
  setup: command('POST /setup', { summary: '首次设置：建立本局与三员', input: Setup, output: Done, verb: PUBLIC, keyless: true, perMinute: 20, problems: ['staff.setup_closed', 'staff.setup_area', 'staff.setup_same_person', 'staff.password_short', 'staff.password_simple', 'staff.password_has_login', 'staff.password_usual'] }),
  ...peopleOperations,
}
