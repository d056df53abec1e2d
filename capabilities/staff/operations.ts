import { z } from 'zod'
import { command, PUBLIC, query, SIGNED_IN } from '../../kernel/core/operation.ts'
import { peopleOperations } from './people-operations.ts'
import { Setup } from './setup.ts'
import { ChangePassword, Done, Me, MySession, SignIn } from './staff.ts'

export const operations = {
  signIn: command('POST /sign-in', { summary: '登录', input: SignIn, output: Me.extend({ setCookie: z.string().optional() }), verb: PUBLIC, keyless: true, perMinute: 120, problems: ['staff.wrong_password', 'staff.locked', 'staff.disabled'] }),
  signOut: command('POST /sign-out', { summary: '退出', input: z.strictObject({}), output: Done.extend({ setCookie: z.string().optional() }), verb: SIGNED_IN, keyless: true }),
  me: query('GET /me', { summary: '我是谁、能做什么', input: z.strictObject({}), output: Me, verb: SIGNED_IN }),
  sessions: query('GET /me/sessions', { summary: '自己最近的登录', input: z.strictObject({}), output: z.object({ rows: z.array(MySession) }), verb: SIGNED_IN }),
  changePassword: command('POST /me/password', { summary: '修改自己的口令', input: ChangePassword, output: Done, verb: SIGNED_IN, keyless: true, perMinute: 20, problems: ['staff.wrong_password', 'staff.password_short', 'staff.password_simple', 'staff.password_used'] }),
  setup: command('POST /setup', { summary: '首次设置：建立本局与三员', input: Setup, output: Done, verb: PUBLIC, keyless: true, perMinute: 20, problems: ['staff.setup_closed', 'staff.setup_area', 'staff.setup_same_person', 'staff.password_short', 'staff.password_simple', 'staff.password_has_login', 'staff.password_usual'] }),
  ...peopleOperations,
}
