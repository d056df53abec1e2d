export { ChangePasswordForm } from './ChangePasswordForm.tsx'
export { SignInForm } from './SignInForm.tsx'
