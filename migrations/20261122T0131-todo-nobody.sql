-- The command that would leave a todo to nobody fails by this rule: its name is the problem's.
alter table todo rename constraint todo_for_somebody to todo_nobody;
