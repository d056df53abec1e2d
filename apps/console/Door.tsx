import type { ReactNode } from 'react'

/** A page outside of the frame: sign-in, the first change of the password. */
export function Door({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className="ag-door">
      <main className="ag-door-card">
        <h1>{title}</h1>
        <p>{note}</p>
        {children}
        <div className="ag-door-foot">忘记口令请联系本单位安全管理员重置</div>
      </main>
    </div>
  )
}
