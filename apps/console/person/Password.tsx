import { useNavigate } from 'react-router'
import { ChangePasswordForm } from '../../../capabilities/staff/web/public.tsx'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'

export default function Password() {
  const navigate = useNavigate()
  return (
    <>
      <PageHead title="修改口令" />
      <Section><ChangePasswordForm onDone={() => void navigate('/')} /></Section>
    </>
  )
}
