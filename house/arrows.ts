/**
 * Which capability may know which: its pure root files and its `server/public.ts`, and between screens `web/public.tsx`.
 * Read it as "a visit stands on hazards". Deleting a capability: its name here shows who still stands on it.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  district: [],
  checklist: [],
  system: [],
  staff: ['district'],
  attachment: ['staff'],
  todo: ['staff'],
  exchange: ['todo'],
  enterprise: ['district', 'staff'],
  hazard: ['enterprise', 'checklist', 'attachment', 'todo', 'staff', 'district'],
  visit: ['hazard', 'enterprise', 'checklist', 'attachment', 'todo', 'staff', 'district'],
  campaign: ['visit', 'hazard', 'enterprise', 'checklist', 'todo', 'staff', 'district'],
  enforcement: ['visit', 'hazard', 'enterprise', 'checklist', 'attachment', 'todo', 'staff', 'district'],
  // The phone's working set: rows of everything a person walks with.
  sync: ['enforcement', 'visit', 'hazard', 'enterprise', 'checklist', 'attachment', 'todo', 'staff', 'district'],
  // Reads every table and calls nobody: only the words and shapes of the others.
  statistics: ['district', 'staff', 'enterprise', 'checklist', 'visit', 'hazard', 'campaign', 'enforcement', 'todo', 'attachment'],
}
