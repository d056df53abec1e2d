import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { useMe } from '../../../kernel/web/me.ts'

export default function Home() {
  const me = useMe()
  return (
    <>
      <PageHead title="工作台" note={`${me.name} · ${me.posts.map((p) => `${p.roleName}（${p.reach}）`).join('、')}`} />
      <Section title="我的待办"><EmptyState title="没有待办" how="轮到您办理的事项会出现在这里。" /></Section>
    </>
  )
}
